from django.db import transaction
from django.utils import timezone

from portal.accounts.models import User
from portal.audit.models import record
from volunteering.models import Assignment
from volunteering.opportunity_states import lock_shift
from volunteering.refusals import AlreadyChanged
from volunteering.shift_refusals import NotBegun


@transaction.atomic
def record_shift_attendance(
    *, assignment: Assignment, was_there: bool, acting_user: User
) -> Assignment:
    """Whether a volunteer came to a shift. The same again changes nothing, the other takes the
    place of the first.

    Raises:
        AlreadyChanged: the place is not theirs (any more).
        NotBegun: nobody can have come yet.
    """
    if assignment.shift is None:
        raise AlreadyChanged
    shift = lock_shift(assignment.shift)
    stored = Assignment.objects.select_for_update(of=("self",)).get(pk=assignment.pk)
    status = Assignment.Status.DONE if was_there else Assignment.Status.NO_SHOW
    if stored.status == status:
        return stored
    if status not in Assignment.FOLLOWS[stored.status]:
        raise AlreadyChanged
    if shift.starts_at > timezone.now():
        raise NotBegun
    stored.status, stored.ended_at = status, timezone.now()
    stored.save(update_fields=["status", "ended_at"])
    record(
        "shift.attendance", actor=acting_user.pk, of=stored,
        person=assignment.profile.person_id, status=status,
    )  # fmt: skip
    return stored
