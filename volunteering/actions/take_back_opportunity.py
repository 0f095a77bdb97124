from django.db import transaction

from portal.accounts.models import User
from portal.audit.models import record
from volunteering.models import Opportunity
from volunteering.opportunity_states import lock_opportunity, lock_to_become

Status = Opportunity.Status


@transaction.atomic
def take_back_opportunity(*, opportunity: Opportunity, acting_user: User) -> Opportunity:
    """An organisation takes back what it has sent, to correct it; harmless when pressed twice.

    Raises:
        NotPossibleNow: the office has decided on it meanwhile.
    """
    if (stored := lock_opportunity(opportunity)).status == Status.DRAFT:
        return stored
    # What is over is not begun again by the organisation.
    lock_opportunity(opportunity, only_while=[Status.SUBMITTED])
    stored = lock_to_become(opportunity, Status.DRAFT)
    stored.status = Status.DRAFT
    stored.save(update_fields=["status"])
    record("opportunity.taken_back", actor=acting_user.pk, of=stored)
    return stored
