from django.db import transaction

from events.editing_refusals import WordsMissing
from portal.accounts.models import User
from portal.audit.models import record
from volunteering.models import Opportunity
from volunteering.opportunity_states import lock_to_become
from volunteering.shift_messages import tell_opportunity_reviewed


@transaction.atomic
def send_back_opportunity(*, opportunity: Opportunity, note: str, acting_user: User) -> Opportunity:
    """The office asks, or says no; the organisation may change it and send it again.

    Raises:
        NotPossibleNow: it does not wait for the office.
        WordsMissing: nothing is said.
    """
    if not note.strip():
        raise WordsMissing
    stored = lock_to_become(opportunity, Opportunity.Status.REFUSED)
    stored.status, stored.review_note = Opportunity.Status.REFUSED, note.strip()
    stored.save(update_fields=["status", "review_note"])
    record("opportunity.sent_back", actor=acting_user.pk, of=stored)
    tell_opportunity_reviewed(stored, acting_user)
    return stored
