from django.utils import timezone

from events.busy import in_time
from portal.accounts.models import User
from portal.audit.models import record
from volunteering import ending, messages, searching
from volunteering.models import Assignment, HelpRequest
from volunteering.refusals import AlreadyChanged

Status = HelpRequest.Status


@in_time()
def cancel_request(
    *, request: HelpRequest, acting_user: User | None, by_requester: bool
) -> HelpRequest:
    """Nobody is looked for any more, nobody comes, and everybody concerned is told. Harmless when
    it was done before.

    Args:
        acting_user: None of whoever came by the link.

    Raises:
        AlreadyChanged: it is done, or closed otherwise.
    """
    stored = searching.locked(request)
    if stored.status == Status.CANCELLED:
        return stored
    if Status.CANCELLED not in HelpRequest.FOLLOWS[stored.status]:
        raise AlreadyChanged
    now = timezone.now()
    stored.next_wave_at = None
    stored.save(update_fields=["next_wave_at"])
    stored.change_status(Status.CANCELLED)
    searching.withdraw_open(stored, now)
    tasks = Assignment.objects.active().filter(request=stored)
    for task in tasks.select_related("profile__person", "invitation__profile").in_order():
        task.request = stored
        ending.end(
            task,
            Assignment.Status.CANCELLED_BY_REQUESTER
            if by_requester
            else Assignment.Status.CANCELLED_BY_STAFF,
            now,
        )
        messages.tell_task_cancelled(task)
    record(
        "help.cancelled", actor=acting_user.pk if acting_user else None, of=stored,
        person=stored.requester_id, by_requester=by_requester,
    )  # fmt: skip
    messages.tell_request_cancelled(stored, by_requester=by_requester)
    return stored
