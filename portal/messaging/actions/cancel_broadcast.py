from django.db import transaction

from portal.accounts.models import User
from portal.audit.models import record
from portal.messaging.models import Broadcast
from portal.messaging.refusals import AlreadySent
from portal.realtime.today import today_changed


@transaction.atomic
def cancel_broadcast(*, broadcast: Broadcast, acting_user: User) -> None:
    """It will not go out; its job finds that, whenever it comes. A second time changes nothing.

    Raises:
        AlreadySent: the job was first.
    """
    stored = Broadcast.objects.select_for_update().get(pk=broadcast.pk)
    if stored.state == Broadcast.State.SENT:
        raise AlreadySent
    if stored.state == Broadcast.State.CANCELLED:
        return
    stored.call_off()
    record("broadcast.cancelled", actor=acting_user.pk, of=stored)
    today_changed()
