"""What becomes of a proposal, and of its request once nothing is left to decide; under the lock of
the request's row."""

from datetime import datetime
from uuid import UUID

from volunteering import searching
from volunteering.models import HelpRequest, Proposal
from volunteering.refusals import AlreadyChanged

Status = Proposal.Status


def locked(proposal: Proposal) -> Proposal:
    """With its request, which is locked."""
    request = searching.locked(proposal.request)
    stored = Proposal.objects.select_related("profile__person").get(pk=proposal.pk)
    stored.request = request
    return stored


def decide(proposal: Proposal, status: Proposal.Status, *, by: UUID, now: datetime) -> None:
    """
    Raises:
        AlreadyChanged: somebody decided otherwise, or nobody is looked for any more.
    """
    if proposal.status != Status.PROPOSED or not proposal.request.is_open:
        raise AlreadyChanged
    proposal.status, proposal.decided_by, proposal.decided_at = status, by, now
    proposal.save(update_fields=["status", "decided_by", "decided_at"])
    if not Proposal.objects.filter(request=proposal.request, status=Status.PROPOSED).exists():
        search_on(proposal.request, now)


def search_on(request: HelpRequest, now: datetime) -> None:
    """Nothing is left to confirm: the search goes on, and waves that came due meanwhile with it.
    Whoever was just asked has time to answer first."""
    if request.status != HelpRequest.Status.PENDING:
        return
    request.change_status(HelpRequest.Status.SEARCHING)
    is_due = request.next_wave_at is None or request.next_wave_at <= now
    if is_due and searching.may_ask_more(request, now):
        searching.plan_wave(request, searching.wave_after(request, now))
