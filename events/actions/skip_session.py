from django.utils import timezone

from events.busy import in_time
from events.calling_off import call_off
from events.models import Series, Session
from events.states import lock_session
from portal.accounts.models import User
from portal.audit.models import record


@in_time()
def skip_session(*, session: Session, note: str, acting_user: User) -> Session:
    """One date of a series falls out; the others, and who is booked on them, stay as they are.
    Everybody booked on this one is told once. Harmless when pressed twice.

    Raises:
        DateIsOver: it has passed.
    """
    stored = lock_session(session, also_cancelled=True)
    if stored.is_cancelled:
        return stored
    call_off(stored, note=note, now=timezone.now())
    if stored.series_id is not None:
        series = Series.objects.select_for_update().get(pk=stored.series_id)
        day = timezone.localdate(stored.original_start or stored.starts_at)
        series.skipped_on = sorted({*series.skipped_on, day})
        series.save(update_fields=["skipped_on"])
    record("session.skipped", actor=acting_user.pk, of=stored)
    return stored
