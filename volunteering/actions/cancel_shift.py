from django.db import transaction
from django.utils import timezone

from portal.accounts.models import User
from portal.audit.models import record
from volunteering.calling_off_shifts import call_off
from volunteering.models import Shift
from volunteering.opportunity_states import lock_shift
from volunteering.shift_refusals import ShiftOver


@transaction.atomic
def cancel_shift(*, shift: Shift, note: str = "", acting_user: User) -> Shift:
    """Nobody need come: the volunteers are told. Harmless when pressed twice.

    Args:
        note: what volunteers should know.

    Raises:
        ShiftOver: it has passed.
    """
    stored = lock_shift(shift)
    if stored.cancelled_at is not None:
        return stored
    now = timezone.now()
    if stored.ends_at <= now:
        raise ShiftOver
    tasks = call_off(stored, note, now)
    record("shift.cancelled", actor=acting_user.pk, of=stored, people=len(tasks))
    return stored
