from events.busy import in_time
from portal.accounts.models import User
from portal.audit.models import record
from volunteering import searching
from volunteering.models import HelpRequest
from volunteering.refusals import AlreadyChanged

Status = HelpRequest.Status


@in_time()
def escalate_request(*, request: HelpRequest, acting_user: User) -> HelpRequest:
    """Nobody was found, and the office takes it in hand. Harmless when it was done before.

    Raises:
        AlreadyChanged: somebody was found, or it is closed.
    """
    stored = searching.locked(request)
    if stored.status == Status.ESCALATED:
        return stored
    if stored.status != Status.UNMET:
        raise AlreadyChanged
    stored.change_status(Status.ESCALATED)
    record("help.escalated", actor=acting_user.pk, of=stored, person=stored.requester_id)
    return stored
