from django.utils import timezone

from events.busy import in_time
from portal.accounts.models import User
from portal.audit.models import record
from volunteering import searching
from volunteering.models import HelpRequest
from volunteering.refusals import AlreadyChanged, TooLate

Status = HelpRequest.Status


@in_time()
def start_search(*, request: HelpRequest, acting_user: User) -> HelpRequest:
    """Begin to ask volunteers, in the next hour in which people are awake. Harmless when it was
    done before.

    Raises:
        AlreadyChanged: nobody has looked at it yet, or it is past searching.
        TooLate: the time of the help has come.
    """
    stored = searching.locked(request)
    if stored.status == Status.SEARCHING:
        return stored
    if stored.status not in (Status.TRIAGED, Status.ESCALATED):
        raise AlreadyChanged
    now = timezone.now()
    if stored.starts_at <= now:
        raise TooLate
    searching.begin(stored, now)
    record("help.search_started", actor=acting_user.pk, of=stored, person=stored.requester_id)
    return stored
