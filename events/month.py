"""A month as a sheet of a wall calendar."""

from calendar import Calendar
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from django.db.models import Max, Min
from django.utils import timezone

from events.days import between
from events.models import Session
from events.models.session import SessionQuerySet
from events.shown import Leaf, Times


@dataclass(frozen=True)
class Cell(Leaf):
    sessions: list[Session] = field(default_factory=list)

    @property
    def count(self) -> int:
        """How much takes place: what is cancelled is shown, but not counted."""
        return sum(not session.is_cancelled for session in self.sessions)


@dataclass(frozen=True)
class Month:
    """``weeks`` begin on Monday; days of other months are None. ``before`` and ``after`` are the
    neighbouring months, where there is anything on that side at all."""

    first: date
    weeks: list[list[Cell | None]]
    before: date | None
    after: date | None

    @property
    def last(self) -> date:
        return next_month(self.first) - timedelta(days=1)

    @property
    def count(self) -> int:
        shown = {
            session.pk for week in self.weeks for cell in week if cell for session in cell.sessions
        }
        return len(shown)

    @property
    def weekdays(self) -> list[date]:
        """A Monday to a Sunday, for the names of the columns."""
        monday = self.first - timedelta(days=self.first.weekday())
        return [monday + timedelta(days=number) for number in range(7)]


def month_of(sessions: SessionQuerySet, first: date, *, with_titles: bool = False) -> Month:
    """The month that begins on ``first``: two queries, one more for the titles."""
    last = next_month(first) - timedelta(days=1)
    listed = sessions.filter(between(first, last)).in_order()
    if with_titles:
        listed = listed.select_related("activity").prefetch_related("activity__texts")
    days = _by_day(listed)
    ends = sessions.aggregate(earliest=Min("starts_at"), latest=Max("starts_at"))
    weeks = [
        [Cell(day, days[day]) if day.month == first.month else None for day in week]
        for week in Calendar().monthdatescalendar(first.year, first.month)
    ]
    return Month(
        first=first,
        weeks=weeks,
        before=previous_month(first) if _is_before(ends["earliest"], first) else None,
        after=next_month(first) if _is_after(ends["latest"], last) else None,
    )


def _by_day(sessions: SessionQuerySet) -> dict[date, list[Session]]:
    days: dict[date, list[Session]] = defaultdict(list)
    for session in sessions:
        times = Times(session.starts_at, session.ends_at)
        last = times.starts if times.is_on_one_day else times.ends - timedelta(microseconds=1)
        for number in range((last.date() - times.starts.date()).days + 1):
            days[times.starts.date() + timedelta(days=number)].append(session)
    return days


def _is_before(moment: datetime | None, first: date) -> bool:
    return moment is not None and timezone.localdate(moment) < first


def _is_after(moment: datetime | None, last: date) -> bool:
    return moment is not None and timezone.localdate(moment) > last


def next_month(first: date) -> date:
    return (first + timedelta(days=31)).replace(day=1)


def previous_month(first: date) -> date:
    return (first - timedelta(days=1)).replace(day=1)
