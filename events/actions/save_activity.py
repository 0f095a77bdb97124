from collections.abc import Collection

from django.db import transaction

from events.editing_refusals import KindIsFixed, PeopleAreBooked
from events.listing import listing_changed
from events.models import Activity
from events.slugs import free_slug
from events.states import lock_activity
from events.whom_to_tell import booked_people
from portal.accounts.models import User
from portal.audit.models import record

# Its rules. Status, places and dates have actions of their own.
WRITTEN = (
    "kind", "organisation_id", "contact_id", "project", "audience", "age_min", "age_max",
    "residents_only", "fee", "fee_note", "takes_bookings", "needs_approval", "must_confirm",
    "party_limit", "offers_transport", "opens_days_before", "closes_hours_before",
    "cancel_hours_before",
)  # fmt: skip


@transaction.atomic
def save_activity(
    *,
    activity: Activity,
    title: str = "",
    only_while: Collection[Activity.Status] = (),
    acting_user: User,
) -> Activity:
    """Begin an activity, or write the changed rules of one.

    Args:
        activity: with its new values.
        title: of a new one: its address is made of it.
        only_while: the states in which whoever acts may write.

    Raises:
        KindIsFixed: it has dates already.
        NotPossibleNow: it is in another state.
        PeopleAreBooked: it would stop taking bookings.
    """
    if Activity.objects.filter(pk=activity.pk).exists():
        return _changed(activity, only_while, acting_user)
    activity.slug = free_slug(title)
    activity.save(force_insert=True)
    record("activity.saved", actor=acting_user.pk, of=activity, is_new=True)
    return activity


def _forget_places(stored: Activity) -> None:
    """Of a course that it no longer is; without dates nobody could book them."""
    pool, stored.pool = stored.pool, None
    stored.save(update_fields=["pool"])
    if pool is not None:
        pool.delete()


def _changed(
    activity: Activity, only_while: Collection[Activity.Status], acting_user: User
) -> Activity:
    stored = lock_activity(activity, only_while=only_while)
    changed = [name for name in WRITTEN if getattr(stored, name) != getattr(activity, name)]
    if "kind" in changed:
        if stored.sessions.exists():
            raise KindIsFixed
        _forget_places(stored)
    stops_booking = "takes_bookings" in changed and not activity.takes_bookings
    if stops_booking and (number := booked_people(stored)):
        raise PeopleAreBooked(number)
    if not changed:
        return stored
    for name in changed:
        setattr(stored, name, getattr(activity, name))
    stored.save(update_fields=[*changed, "changed_at"])
    record("activity.saved", actor=acting_user.pk, of=stored, fields=changed)
    if stored.status == Activity.Status.PUBLISHED:
        listing_changed()
    return stored
