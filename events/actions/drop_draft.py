from events import holding
from events.busy import in_time
from events.models import BookingDraft


@in_time()
def drop_draft(*, draft: BookingDraft) -> None:
    """Let a form go, with what was answered and the places it held. One that has become a booking
    stays: the booking is cancelled in its own way."""
    try:
        own = holding.locked(draft)
    except BookingDraft.DoesNotExist:
        return
    if own.booking_id is not None:
        return
    holding.let_go(own)
    own.delete()
