"""Sessions as people are shown them: in their language, with places left, day by day."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property
from itertools import groupby
from typing import Any, Generic, Protocol, TypeVar

from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import get_language, gettext

from events.availability import Availability, State, availability
from events.holidays import holiday_on, is_red
from events.models import Activity, ActivityText, Session
from portal.places.models import Known
from tenants.formats import month

WEEK = timedelta(days=7)


@dataclass(frozen=True)
class Times:
    """From when to when, by the clock in Poland."""

    starts_at: datetime
    ends_at: datetime

    @cached_property
    def starts(self) -> datetime:
        return timezone.localtime(self.starts_at)

    @cached_property
    def ends(self) -> datetime:
        return timezone.localtime(self.ends_at)

    @property
    def is_on_one_day(self) -> bool:
        """What ends in the night after its day still belongs to that day."""
        return self.ends_at - self.starts_at < timedelta(days=1)

    @property
    def are_now(self) -> bool:
        return self.starts_at <= timezone.now() < self.ends_at


@dataclass(frozen=True)
class Leaf:
    """Of a calendar."""

    on: date

    @property
    def is_red(self) -> bool:
        return is_red(self.on)

    @property
    def holiday(self) -> str:
        """Its name, of a public holiday."""
        return holiday_on(self.on)

    @property
    def is_today(self) -> bool:
        return self.on == timezone.localdate()


@dataclass(frozen=True)
class Named:
    """A session by its title, day and hours, which do not change by the minute."""

    session: Session

    @property
    def activity(self) -> Activity:
        return self.session.activity

    @cached_property
    def text(self) -> ActivityText | None:
        return self.activity.text

    @property
    def title(self) -> str:
        return self.activity.title

    @property
    def lang(self) -> str:
        """Of the words, where it is not the reader's."""
        return foreign(self.text)

    @cached_property
    def times(self) -> Times:
        return Times(self.session.starts_at, self.session.ends_at)

    @property
    def day(self) -> date:
        return self.times.starts.date()

    @property
    def leaf(self) -> Leaf:
        return Leaf(self.day)

    @property
    def is_moved(self) -> bool:
        moved = self.session.status == Session.Status.RESCHEDULED
        return moved and self.session.previous_start is not None


@dataclass(frozen=True)
class Shown(Named):
    """A session with its places. Of a course, ``dates`` are all that take place, in order."""

    availability: Availability
    dates: Sequence[Session] = ()

    @property
    def number(self) -> int:
        """Which date of its course it is; 0 where that says nothing."""
        keys = [other.pk for other in self.dates]
        return keys.index(self.session.pk) + 1 if self.session.pk in keys else 0

    @property
    def is_bookable(self) -> bool:
        """Whether the site takes a booking or a place in line now."""
        return self.availability.state in {State.OPEN, State.FULL}

    @property
    def is_step_free(self) -> bool:
        place, room = self.session.place, self.session.room_id
        if place is None:
            return False
        known = {facts.room_id: facts.step_free for facts in place.access_facts.all()}
        return known.get(None) == Known.YES and (room is None or known.get(room) != Known.NO)


def foreign(text: ActivityText | None) -> str:
    """The language of a text that is not in the reader's."""
    return text.language if text is not None and text.language != get_language() else ""


def show(sessions: Iterable[Session], *, now: datetime | None = None) -> list[Shown]:
    """Sessions read ``with_everything()``; one more query if courses are among them."""
    now = now or timezone.now()
    listed = list(sessions)
    courses = _dates_of_courses(listed)
    return [_show(session, courses.get(session.activity_id, ()), now) for session in listed]


def _show(session: Session, dates: Sequence[Session], now: datetime) -> Shown:
    waiting: int = session.people_waiting  # type: ignore[attr-defined]
    if session.is_cancelled or session.ends_at <= now or not dates:
        return Shown(session, availability(session, waiting=waiting, now=now), dates)
    # A course is booked as a whole: its first date says until when, also after that date.
    first = dates[0]
    first.activity = session.activity
    whole = availability(first, waiting=waiting, now=min(now, first.starts_at))
    return Shown(session, whole, dates)


def _dates_of_courses(sessions: Iterable[Session]) -> dict[Any, list[Session]]:
    courses = {session.activity_id for session in sessions if session.activity.is_course}
    dates: dict[Any, list[Session]] = defaultdict(list)
    if courses:
        of_courses = Session.objects.filter(activity__in=courses)
        for session in of_courses.exclude(status=Session.Status.CANCELLED).in_order():
            dates[session.activity_id].append(session)
    return dates


# In an agenda


class Dated(Protocol):
    @property
    def day(self) -> date: ...


D = TypeVar("D", bound=Dated)


@dataclass(frozen=True)
class Day(Leaf, Generic[D]):
    """A leaf and what is on it."""

    items: list[D]


@dataclass(frozen=True)
class Span(Generic[D]):
    """A week or a month of the agenda."""

    title: str
    days: list[Day[D]]


def by_day(items: Iterable[D]) -> list[Day[D]]:
    return [Day(on, list(same)) for on, same in groupby(items, key=lambda item: item.day)]


def by_week(items: Iterable[D], today: date) -> list[Span[D]]:
    """This week and the next one by themselves, everything further away by months."""
    return [
        Span(title, list(days))
        for title, days in groupby(by_day(items), key=lambda day: _title(day.on, today))
    ]


def _title(day: date, today: date) -> str:
    monday = today - timedelta(days=today.isoweekday() - 1)
    if monday <= day < monday + WEEK:
        return gettext("This week")
    if monday + WEEK <= day < monday + 2 * WEEK:
        return gettext("Next week")
    return capfirst(month(day))
