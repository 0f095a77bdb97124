from datetime import datetime

from django.db import transaction
from django.utils import timezone

from portal.accounts.models import User
from portal.audit.models import record
from portal.messaging.audiences import NoSuchAudience, people_in
from portal.messaging.models import Broadcast
from portal.messaging.refusals import AlreadySent, CalledOff, NobodyToWriteTo
from portal.messaging.tasks import send_announcement
from portal.realtime.today import today_changed


@transaction.atomic
def schedule_broadcast(
    *, broadcast: Broadcast, moment: datetime | None, acting_user: User
) -> Broadcast:
    """Have it sent at ``moment``, or at once when that is None or past; again with another moment,
    it is moved. The page only writes this down, a job sends.

    Raises:
        AlreadySent, CalledOff: it is too late.
        NobodyToWriteTo: it would go out at once, to nobody.
    """
    stored = Broadcast.objects.select_for_update().get(pk=broadcast.pk)
    if stored.state == Broadcast.State.SENT:
        raise AlreadySent
    if stored.state == Broadcast.State.CANCELLED:
        raise CalledOff
    now = timezone.now()
    is_later = moment is not None and moment > now
    if not is_later and not _has_people(stored):
        raise NobodyToWriteTo
    stored.schedule(moment if moment is not None and is_later else now)
    if stored.send_at is not None and is_later:
        send_announcement.defer_at(stored.send_at, broadcast=str(stored.pk))
    else:
        send_announcement.defer(broadcast=str(stored.pk))
    record("broadcast.scheduled", actor=acting_user.pk, of=stored, is_later=is_later)
    today_changed()
    return stored


def _has_people(broadcast: Broadcast) -> bool:
    try:
        return people_in(broadcast.audiences).exists()
    except NoSuchAudience:
        return False
