from django.utils import timezone

from events.busy import in_time
from portal.accounts.models import User
from portal.audit.models import record
from volunteering import ending
from volunteering.models import Assignment, HoursEntry
from volunteering.refusals import AlreadyChanged

Status = Assignment.Status


@in_time()
def mark_no_show(*, assignment: Assignment, acting_user: User | None) -> Assignment:
    """The volunteer did not come, as whoever waited or the office says. Harmless when it was said
    before.

    Args:
        acting_user: None of whoever came by the link.

    Raises:
        AlreadyChanged: it was called off or given back, or hours of it are written down.
        TooEarly: it has not begun.
    """
    stored = ending.locked(assignment)
    if stored.status == Status.NO_SHOW:
        return stored
    ending.refuse_before_it_begins(stored)
    if HoursEntry.objects.filter(assignment=stored).exists():
        raise AlreadyChanged
    now, actor = timezone.now(), acting_user.pk if acting_user else None
    ending.end(stored, Status.NO_SHOW, now)
    record("help.no_show", actor=actor, of=stored, person=stored.profile.person_id)
    if stored.request is not None and ending.complete_when_over(stored.request, now):
        record("help.completed", actor=actor, of=stored.request, person=stored.request.requester_id)
    return stored
