from django.utils import timezone

from events.busy import in_time
from events.calling_off import call_off
from events.models import Session
from events.states import lock_session
from portal.accounts.models import User
from portal.audit.models import record


@in_time()
def cancel_session(*, session: Session, note: str, acting_user: User) -> Session:
    """One date does not take place: its bookings end, nobody gets its places, everybody booked is
    told once. The bookings of a course stay. Harmless when pressed twice.

    Raises:
        DateIsOver: it has passed.
    """
    stored = lock_session(session, also_cancelled=True)
    if stored.is_cancelled:
        return stored
    call_off(stored, note=note, now=timezone.now())
    record("session.cancelled", actor=acting_user.pk, of=stored)
    return stored
