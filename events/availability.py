"""When a place can be had, and what stands in the way; the only place that reckons it."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from enum import StrEnum

from django.utils import timezone

from events.models import Activity, CapacityPool, Session
from events.occasions import Occasion
from events.refusals import Closed, NotOpen, NotTakingPlace
from portal.places.reach import reach

# Bookings that open some days before open when offices do.
OPENS_AT = time(8)


class State(StrEnum):
    NO_BOOKING = "no_booking"  # people just come
    NOT_OPEN = "not_open"
    OPEN = "open"
    FULL = "full"  # one may join the waiting list
    WAITING_LIST_FULL = "waiting_list_full"
    CLOSED = "closed"  # by phone only
    CANCELLED = "cancelled"
    OVER = "over"


@dataclass(frozen=True, slots=True)
class Availability:
    state: State
    capacity: int = 0
    free: int = 0
    waiting: int = 0
    opens_at: datetime | None = None
    closes_at: datetime | None = None
    cancel_until: datetime | None = None

    @property
    def can_book(self) -> bool:
        return self.state == State.OPEN

    @property
    def can_wait(self) -> bool:
        return self.state == State.FULL


def opens_at(activity: Activity, starts_at: datetime) -> datetime | None:
    """8:00 of the clock in Warsaw, so many days before; None is as soon as it is published."""
    if activity.opens_days_before is None:
        return None
    day = timezone.localdate(starts_at) - timedelta(days=activity.opens_days_before)
    return timezone.make_aware(datetime.combine(day, OPENS_AT))


def closes_at(activity: Activity, starts_at: datetime) -> datetime:
    return starts_at - timedelta(hours=activity.closes_hours_before)


def cancel_until(activity: Activity, starts_at: datetime) -> datetime:
    return starts_at - timedelta(hours=activity.cancel_hours_before)


def availability(session: Session, *, waiting: int, now: datetime | None = None) -> Availability:
    """Of the session, or of the course it begins.

    Args:
        session: with ``activity`` and its pool; of a course, its first date.
        waiting: people on the waiting list.
    """
    now = now or timezone.now()
    activity, pool = session.activity, session.places
    if session.is_cancelled:
        return Availability(State.CANCELLED)
    if session.ends_at <= now:
        return Availability(State.OVER)
    if not activity.takes_bookings or pool is None:
        return Availability(State.NO_BOOKING)
    opens = opens_at(activity, session.starts_at)
    closes = closes_at(activity, session.starts_at)
    return Availability(
        state=_state(pool, waiting, opens, closes, now),
        capacity=pool.capacity,
        free=pool.free,
        waiting=waiting,
        opens_at=opens,
        closes_at=closes,
        cancel_until=cancel_until(activity, session.starts_at),
    )


def check_bookable(occasion: Occasion, *, at_desk: bool = False) -> None:
    """Whether somebody may book it, or join its line, now. Staff book until it is over.

    Raises:
        NotTakingPlace: cancelled, not public, or without booking.
        NotOpen, Closed: too early, too late.
    """
    now = timezone.now()
    activity, first = occasion.activity, occasion.first
    if (
        occasion.is_cancelled
        or activity.status != Activity.Status.PUBLISHED
        or first.status not in (*Session.TAKING_PLACE, Session.Status.HELD)
    ):
        raise NotTakingPlace
    has_ended = now >= closes_at(activity, first.starts_at) or not activity.takes_bookings
    if now >= occasion.ends_at or (has_ended and not at_desk):
        raise Closed(office_phone(activity))
    opens = opens_at(activity, first.starts_at)
    if not at_desk and opens is not None and now < opens:
        raise NotOpen(opens)


def office_phone(activity: Activity) -> str:
    """Whom to call about the activity."""
    numbers = activity.contact.numbers if activity.contact else []
    return numbers[0].number if numbers else reach().phone


def _state(
    pool: CapacityPool, waiting: int, opens: datetime | None, closes: datetime, now: datetime
) -> State:
    if now >= closes:
        return State.CLOSED
    if opens is not None and now < opens:
        return State.NOT_OPEN
    if pool.free > 0:
        return State.OPEN
    if pool.waitlist_limit is not None and waiting >= pool.waitlist_limit:
        return State.WAITING_LIST_FULL
    return State.FULL
