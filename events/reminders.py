"""Reminders, a week and a day before: which dates they are about on a given night."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

from django.utils import timezone

from events.models import Activity, Session, Told
from events.telling import locked_session, tell_reminder
from portal.notifications.quiet import next_waking_moment

# Of each reminder: so many days before, and how many days late it may still go out.
DAYS_BEFORE = {Told.About.WEEK_BEFORE: 7, Told.About.DAY_BEFORE: 1}
LATE = timedelta(days=1)


def send_reminders() -> None:
    """All that are due, and those of the night before should it have been missed."""
    now = timezone.now()
    for about, days in DAYS_BEFORE.items():
        for candidate in _dates(about, now):
            session = locked_session(candidate.pk)
            if session is not None and session.status in Session.TAKING_PLACE:
                day = timezone.localdate(session.starts_at) - timedelta(days=days)
                tell_reminder(session, about, due=_start_of(day))


def _dates(about: Told.About, now: datetime) -> Iterator[Session]:
    """Dates for which this is the time, and whose people read it before they set out."""
    last = timezone.localdate(now) + timedelta(days=DAYS_BEFORE[about])
    sessions = (
        Session.objects.taking_place()
        .filter(
            activity__status=Activity.Status.PUBLISHED,
            starts_at__gte=max(_start_of(last - LATE), next_waking_moment(now)),
            starts_at__lt=_start_of(last + timedelta(days=1)),
        )
        .select_related("activity")
        .in_order()
    )
    for session in sessions:
        if about == Told.About.DAY_BEFORE or _begins_something(session):
            yield session


def _begins_something(session: Session) -> bool:
    """Every week there is a next date of a course; only the first needs a week's notice."""
    if not session.activity.is_course:
        return True
    earlier = Session.objects.filter(
        activity=session.activity, starts_at__lt=session.starts_at
    ).exclude(status__in=[Session.Status.CANCELLED, Session.Status.DRAFT])
    return not earlier.exists()


def _start_of(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time()))
