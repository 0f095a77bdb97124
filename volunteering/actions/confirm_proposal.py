from django.utils import timezone

from events.busy import in_time
from portal.accounts.models import User
from portal.audit.models import record
from volunteering import proposals
from volunteering.models import Proposal


@in_time()
def confirm_proposal(*, proposal: Proposal, acting_user: User) -> Proposal:
    """A human says yes to a pair of a run; whoever confirms it asks the volunteer then. Harmless
    when it was done before.

    Raises:
        AlreadyChanged: it was rejected, or nobody is looked for any more.
    """
    stored = proposals.locked(proposal)
    if stored.status == Proposal.Status.CONFIRMED:
        return stored
    proposals.decide(stored, Proposal.Status.CONFIRMED, by=acting_user.pk, now=timezone.now())
    record(
        "help.proposal_confirmed", actor=acting_user.pk, of=stored, person=stored.profile.person_id
    )
    return stored
