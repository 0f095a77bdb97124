from django.db import transaction

from events.arranging import Places
from events.listing import listing_changed
from events.models import Activity, CapacityPool, Session
from events.states import lock_activity, lock_session
from portal.accounts.models import User
from portal.audit.models import record


@transaction.atomic
def open_places(
    *, activity: Activity, session: Session | None = None, places: Places, acting_user: User
) -> CapacityPool:
    """Say how many may come where nobody has said so yet: to a date, or to a whole course. What
    was said meanwhile stays.

    Raises:
        DateIsOver, NotPossibleNow: the date has passed, or is cancelled.
    """
    stored = lock_activity(activity)
    owner = stored if session is None else lock_session(session)
    if owner.pool is not None:
        return owner.pool
    owner.pool = places.make_pool()
    owner.save(update_fields=["pool"])
    record("pool.resized", actor=acting_user.pk, of=owner.pool, capacity=places.capacity)
    if stored.status == Activity.Status.PUBLISHED:
        listing_changed()
    return owner.pool
