from django.utils import timezone

from events.busy import in_time
from portal.accounts.models import User
from portal.audit.models import record
from volunteering import ending, messages, searching
from volunteering.models import Assignment, HelpRequest
from volunteering.refusals import AlreadyChanged, TooLate

Status = Assignment.Status


@in_time()
def give_task_back(*, assignment: Assignment, acting_user: User | None) -> Assignment:
    """The volunteer cannot come after all; somebody else is looked for at once, and whoever asked
    is told. Harmless when it was done before.

    Args:
        acting_user: None of whoever came by the link; somebody of the office whom they called.

    Raises:
        AlreadyChanged: it is a shift, or has ended otherwise.
        TooLate: it is over; then somebody says what became of it.
    """
    stored = ending.locked(assignment)
    request = stored.request
    if stored.status == Status.CANCELLED_BY_VOLUNTEER:
        return stored
    if request is None or not stored.is_active:
        raise AlreadyChanged
    now = timezone.now()
    if stored.ends_at <= now:
        raise TooLate
    ending.end(stored, Status.CANCELLED_BY_VOLUNTEER, now)
    record(
        "help.given_back", actor=acting_user.pk if acting_user else None, of=stored,
        person=stored.profile.person_id,
    )  # fmt: skip
    messages.tell_given_back(stored)
    if request.status in (HelpRequest.Status.ARRANGED, HelpRequest.Status.SEARCHING):
        searching.begin(request, now)
    return stored
