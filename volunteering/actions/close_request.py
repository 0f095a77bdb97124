from django.utils import timezone

from events.busy import in_time
from portal.accounts.models import User
from portal.audit.models import record
from volunteering import searching
from volunteering.models import HelpRequest
from volunteering.refusals import AlreadyChanged

Status = HelpRequest.Status


@in_time()
def close_request(
    *, request: HelpRequest, is_referred: bool, reason: str, acting_user: User
) -> HelpRequest:
    """No neighbour will help: somebody else sees to it, or nobody can. Whoever asked hears it from
    the office, by telephone. Harmless when it was done before.

    Args:
        is_referred: handed on, to whom says the reason; otherwise closed without help.

    Raises:
        AlreadyChanged: it is not with the office.
        ValidationError: no reason.
    """
    to = Status.REFERRED if is_referred else Status.CLOSED_UNMET
    stored = searching.locked(request)
    if stored.status == to:
        return stored
    if to not in HelpRequest.FOLLOWS[stored.status]:
        raise AlreadyChanged
    stored.next_wave_at = None
    stored.save(update_fields=["next_wave_at"])
    stored.change_status(to, reason.strip())
    searching.withdraw_open(stored, timezone.now())
    record(
        "help.closed", actor=acting_user.pk, of=stored, person=stored.requester_id,
        is_referred=is_referred,
    )  # fmt: skip
    return stored
