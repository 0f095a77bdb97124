from django.db import transaction
from django.utils import timezone

from portal.accounts.models import User
from portal.audit.models import record
from volunteering.calling_off_shifts import call_off
from volunteering.models import Opportunity
from volunteering.opportunity_states import lock_opportunity, lock_shift, lock_to_become


@transaction.atomic
def close_opportunity(*, opportunity: Opportunity, acting_user: User) -> Opportunity:
    """Volunteers are not wanted any more. Shifts to come are called off, and whoever has a place
    is told. Harmless when pressed twice.

    Raises:
        NotPossibleNow: it waits for the office.
    """
    if (stored := lock_opportunity(opportunity)).status == Opportunity.Status.CLOSED:
        return stored
    stored = lock_to_become(opportunity, Opportunity.Status.CLOSED)
    now = timezone.now()
    for shift in stored.shifts.upcoming(now).filter(starts_at__gt=now).in_order():
        call_off(lock_shift(shift), "", now)
    stored.status = Opportunity.Status.CLOSED
    stored.save(update_fields=["status"])
    record("opportunity.closed", actor=acting_user.pk, of=stored)
    return stored
