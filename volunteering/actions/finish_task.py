from django.utils import timezone

from events.busy import in_time
from portal.accounts.models import User
from portal.audit.models import record
from volunteering import ending
from volunteering.models import Assignment

Status = Assignment.Status


@in_time()
def finish_task(*, assignment: Assignment, acting_user: User | None) -> Assignment:
    """The help was given, as either of the two or the office says. With the last task of a request
    that is over, the request is done. Harmless when it was said before.

    Args:
        acting_user: None of whoever came by the link.

    Raises:
        AlreadyChanged: it was called off or given back.
        TooEarly: it has not begun.
    """
    stored = ending.locked(assignment)
    if stored.status == Status.DONE:
        return stored
    ending.refuse_before_it_begins(stored)
    now, actor = timezone.now(), acting_user.pk if acting_user else None
    ending.end(stored, Status.DONE, now)
    record("help.task_done", actor=actor, of=stored, person=stored.profile.person_id)
    if stored.request is not None and ending.complete_when_over(stored.request, now):
        record("help.completed", actor=actor, of=stored.request, person=stored.request.requester_id)
    return stored
