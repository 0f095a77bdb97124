from django.utils import timezone

from events.busy import in_time
from events.calling_off import call_off, end_bookings
from events.models import Activity, Session
from events.states import lock_activity
from portal.accounts.models import User
from portal.audit.models import record

Status = Session.Status


@in_time()
def cancel_activity(*, activity: Activity, note: str, acting_user: User) -> int:
    """No date to come takes place; how many were to. The bookings of a course end with it, and
    whoever booked it is told once, not once a date.

    Raises:
        NotPossibleNow: it is not published.
    """
    stored = lock_activity(activity, only_while=[Activity.Status.PUBLISHED])
    now = timezone.now()
    dates = list(
        Session.objects.select_for_update(of=("self",))
        .select_related("activity", "pool")
        .filter(activity=stored, status__in=[Status.DRAFT, *Session.TAKING_PLACE])
        .upcoming(now)
        .in_order()
    )
    for number, date in enumerate(dates):
        call_off(date, note=note, now=now, tells=not stored.is_course or number == 0)
        record("session.cancelled", actor=acting_user.pk, of=date)
    if dates and stored.pool is not None:
        end_bookings(stored.pool, now)
    return len(dates)
