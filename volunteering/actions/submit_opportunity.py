from django.db import transaction

from events.editing_refusals import NotYours
from portal.accounts.models import Organisation, User
from portal.audit.models import record
from volunteering.models import Opportunity
from volunteering.opportunity_states import lock_opportunity, lock_to_become


@transaction.atomic
def submit_opportunity(*, opportunity: Opportunity, acting_user: User) -> Opportunity:
    """An organisation sends its proposal to the office; harmless when pressed twice.

    Raises:
        NotPossibleNow: the office has decided on it meanwhile.
        NotYours: the organisation is not verified.
    """
    if lock_opportunity(opportunity).status == Opportunity.Status.SUBMITTED:
        return opportunity
    stored = lock_to_become(opportunity, Opportunity.Status.SUBMITTED)
    if stored.organisation is None or stored.organisation.status != Organisation.Status.VERIFIED:
        raise NotYours
    stored.status = Opportunity.Status.SUBMITTED
    stored.save(update_fields=["status"])
    record("opportunity.submitted", actor=acting_user.pk, of=stored)
    return stored
