from django.utils import timezone
from django.utils.translation import gettext as _

from events.busy import in_time
from portal.accounts.models import User
from portal.audit.models import record
from volunteering.models import HoursEntry
from volunteering.refusals import AlreadyChanged

Status = HoursEntry.Status


@in_time()
def decide_hours(*, entry: HoursEntry, is_confirmed: bool, acting_user: User) -> HoursEntry:
    """Somebody of the office confirms the hours, or says that they have to be cleared up; once. The
    same again is harmless.

    Raises:
        AlreadyChanged: decided otherwise, or they are the office worker's own.
    """
    stored = (
        HoursEntry.objects.select_for_update(of=("self",), no_key=True)
        .select_related("profile")
        .get(pk=entry.pk)
    )
    status = Status.CONFIRMED if is_confirmed else Status.DISPUTED
    if stored.status == status:
        return stored
    if stored.status != Status.LOGGED:
        raise AlreadyChanged
    person = stored.profile.person_id
    if acting_user.person_id == person:
        raise AlreadyChanged(_("Your own hours are confirmed by somebody else."))
    stored.status, stored.decided_by, stored.decided_at = status, acting_user.pk, timezone.now()
    stored.save(update_fields=["status", "decided_by", "decided_at"])
    record("hours.decided", actor=acting_user.pk, of=stored, person=person, status=status)
    return stored
