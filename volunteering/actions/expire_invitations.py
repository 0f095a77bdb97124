from django.utils import timezone

from events.busy import in_time
from volunteering import searching
from volunteering.models import HelpRequest


@in_time()
def expire_invitations(*, request: HelpRequest) -> int:
    """Wait no longer for whoever has not answered in time, and go on with the search, or leave it
    to the office; how many those were."""
    stored = searching.locked(request)
    now = timezone.now()
    expired = searching.expire_overdue(stored, now)
    searching.go_on_or_give_up(stored, now)
    return expired
