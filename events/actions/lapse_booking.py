from django.utils import timezone

from events import giving_back, messages
from events.busy import in_time
from events.models import Booking, Participation
from portal.audit.models import record


@in_time()
def lapse_booking(*, booking: Booking) -> None:
    """Nobody confirmed it by the link in time: the places go to whoever waits. Harmless when it was
    confirmed, or is not due."""
    locked = giving_back.locked(booking)
    if locked.confirm_by is None or locked.confirm_by > timezone.now():
        return
    going = [
        one for one in giving_back.active(locked)
        if one.status == Participation.Status.UNVERIFIED
    ]  # fmt: skip
    if not going:
        return
    giving_back.give_back(locked, going, Participation.Status.CANCELLED_BY_PARTICIPANT)
    record("booking.cancelled", actor=None, of=locked, person=locked.booker_id, people=len(going))
    messages.tell_given_back(locked, going)
