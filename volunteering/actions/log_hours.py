from datetime import timedelta
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from events.busy import in_time
from portal.accounts.models import User
from portal.audit.models import record
from volunteering import ending
from volunteering.models import Assignment, HoursEntry
from volunteering.refusals import AlreadyChanged, TooEarly

Status = Assignment.Status


@in_time()
def log_hours(
    *,
    assignment: Assignment,
    minutes: int | None = None,
    note: str = "",
    acting_user: User | None,
) -> HoursEntry:
    """Write down the time somebody gave, once; the same again is the same entry.

    Args:
        minutes: None is as long as it was planned.
        acting_user: somebody of the office is named in the entry, the volunteer is not.

    Raises:
        TooEarly: it is not over.
        AlreadyChanged: it did not take place, or other hours are written down.
        ValidationError: nobody works so little, or so long, in one go.
    """
    stored = ending.locked(assignment)
    if stored.status == Status.IN_PROGRESS and stored.ends_at > timezone.now():
        raise TooEarly
    if stored.status not in Assignment.HAPPENED:
        raise AlreadyChanged
    if minutes is None:
        minutes = (stored.ends_at - stored.starts_at) // timedelta(minutes=1)
    earlier = HoursEntry.objects.filter(assignment=stored).first()
    if earlier is not None:
        if (earlier.minutes, earlier.note) != (minutes, note):
            raise AlreadyChanged(_("The hours of this task are written down already."))
        return earlier
    entry = HoursEntry(
        profile=stored.profile,
        assignment=stored,
        on=timezone.localdate(stored.starts_at),
        minutes=minutes,
        note=note,
        logged_by=_staff(stored, acting_user),
    )
    entry.full_clean(exclude=["assignment", "profile"])
    entry.save()
    record(
        "hours.logged", actor=acting_user.pk if acting_user else None, of=entry,
        person=stored.profile.person_id, minutes=minutes,
    )  # fmt: skip
    return entry


def _staff(assignment: Assignment, acting_user: User | None) -> UUID | None:
    if acting_user is None or acting_user.person_id == assignment.profile.person_id:
        return None
    return acting_user.pk
