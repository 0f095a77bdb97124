from django.db import transaction

from events.capacity import resize
from portal.accounts.models import User
from portal.audit.models import record
from volunteering.models import Shift
from volunteering.opportunity_states import lock_shift_to_come


@transaction.atomic
def change_shift_places(*, shift: Shift, places: int, acting_user: User) -> Shift:
    """
    Raises:
        CapacityBelowTaken: more volunteers come already.
        ShiftOver: it has passed, or is called off.
    """
    stored = lock_shift_to_come(shift)
    before = stored.pool.capacity
    if before == places:
        return stored
    resize(stored.pool_id, places)
    record("shift.resized", actor=acting_user.pk, of=stored, before=before, capacity=places)
    return stored
