"""Activities with dates, as tests need them; every one in the bound site."""

from datetime import datetime, time, timedelta
from typing import Any

from django.utils import timezone

from events.models import Activity, ActivityText, CapacityPool, Session
from portal.places.models import AccessFacts, Place

WEEK = timedelta(days=7)


def in_days(days: float, hour: int = 10) -> datetime:
    """So many days from now, at a full hour of the clock in Poland."""
    day = timezone.localdate() + timedelta(days=days)
    return timezone.make_aware(datetime.combine(day, time(hour)))


def make_place(name: str = "Świetlica", *, step_free: str = "yes") -> Place:
    place = Place.objects.create(name=name, street="ul. Długa 3", postcode="63-100", city="Śrem")
    AccessFacts.objects.create(place=place, step_free=step_free)
    return place


def make_activity(title: str = "Smartfon bez strachu", **rules: Any) -> Activity:
    """A published one, without dates."""
    number = Activity.objects.count() + 1
    rules = {"slug": f"zajecia-{number}", "status": "published", "kind": "open_series", **rules}
    if rules["kind"] == "course" and "pool" not in rules:
        rules["pool"] = CapacityPool.objects.create(capacity=rules.pop("capacity", 12))
    activity = Activity.objects.create(**rules)
    ActivityText.objects.create(
        activity=activity, language="pl", title=title, live=True,
        lead="Uczymy się dzwonić z wideo.", body="Przy herbacie.\n\n- telefon\n- ładowarka",
    )  # fmt: skip
    return activity


def make_session(
    activity: Activity | None = None,
    *,
    starts_at: datetime | None = None,
    capacity: int | None = 12,
    waitlist_limit: int | None = None,
    **fields: Any,
) -> Session:
    """A published date in ten days; ``capacity=None`` takes no bookings."""
    activity = activity or make_activity()
    starts_at = starts_at or in_days(10)
    pool = None
    if capacity is not None and not activity.is_course:
        pool = CapacityPool.objects.create(capacity=capacity, waitlist_limit=waitlist_limit)
    fields = {"status": "published", "ends_at": starts_at + timedelta(hours=2), **fields}
    return Session.objects.create(activity=activity, starts_at=starts_at, pool=pool, **fields)
