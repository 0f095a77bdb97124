from django.db import transaction
from django.utils import timezone

from portal.accounts.models import User
from portal.audit.models import record
from volunteering import ending
from volunteering.models import HelpRequest


@transaction.atomic
def complete_requests(*, acting_user: User | None) -> int:
    """Requests whose time has passed and of whose every task it is known what became of it, said
    before it ended; how many."""
    now = timezone.now()
    ended = (
        HelpRequest.objects.select_for_update(of=("self",), no_key=True)
        .filter(status=HelpRequest.Status.ARRANGED, ends_at__lte=now)
        .order_by("pk")
    )
    done = [request for request in ended if ending.complete_when_over(request, now)]
    for request in done:
        record(
            "help.completed", actor=acting_user.pk if acting_user else None, of=request,
            person=request.requester_id,
        )  # fmt: skip
    return len(done)
