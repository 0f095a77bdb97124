from django.db import transaction
from django.utils import timezone

from events.capacity import give_back
from portal.accounts.models import User
from portal.audit.models import record
from volunteering.models import Assignment
from volunteering.opportunity_states import lock_shift
from volunteering.refusals import AlreadyChanged
from volunteering.shift_conversation import changed_who_comes
from volunteering.shift_refusals import HasBegun


@transaction.atomic
def give_shift_back(*, assignment: Assignment, acting_user: User) -> Assignment:
    """The volunteer cannot come after all: the place is free for somebody else at once. Harmless
    when pressed twice.

    Raises:
        AlreadyChanged: it is no shift, or has ended otherwise.
        HasBegun: it is too late to do this on the site.
    """
    if assignment.shift is None:
        raise AlreadyChanged
    shift = lock_shift(assignment.shift)
    stored = Assignment.objects.select_for_update(of=("self",)).get(pk=assignment.pk)
    if stored.status == Assignment.Status.CANCELLED_BY_VOLUNTEER:
        return stored
    if not stored.is_active:
        raise AlreadyChanged
    now = timezone.now()
    if shift.starts_at <= now:
        raise HasBegun
    stored.status, stored.ended_at = Assignment.Status.CANCELLED_BY_VOLUNTEER, now
    stored.sequence += 1
    stored.save(update_fields=["status", "ended_at", "sequence"])
    give_back(shift.pool_id, 1)
    changed_who_comes(shift)
    record("shift.given_back", actor=acting_user.pk, of=stored, person=assignment.profile.person_id)
    return stored
