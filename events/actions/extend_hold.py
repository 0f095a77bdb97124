from django.utils import timezone

from events import holding, tasks
from events.busy import in_time
from events.models import BookingDraft
from events.refusals import AlreadyExtended, HoldExpired


@in_time()
def extend_hold(*, draft: BookingDraft) -> BookingDraft:
    """Keep the places of a form for as long again, once.

    Raises:
        AlreadyExtended: it was done before.
        HoldExpired: nothing is held any more.
    """
    own = holding.locked(draft)
    if own.booking_id is not None:
        return own
    if own.was_extended:
        raise AlreadyExtended
    if own.held_until is None:
        raise HoldExpired
    own.held_until = max(own.held_until, timezone.now()) + holding.LASTS
    own.was_extended = True
    own.save(update_fields=["held_until", "was_extended"])
    tasks.free_lapsed_holds.defer_at(own.held_until, pool=str(own.pool_id))
    return own
