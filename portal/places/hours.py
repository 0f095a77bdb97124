"""When a place is open: the week, the days that differ, and „closed until”.

Pure: the caller brings the rows and the moment. Hours are what the clock in Warsaw shows; two
moments are compared as instants, because on the night the clock goes back one reading of it means
two of them.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

WARSAW = ZoneInfo("Europe/Warsaw")
# How far ahead a change is looked for; a place that is closed for longer announces a date itself.
HORIZON = timedelta(days=370)


class Span(NamedTuple):
    """Open from ``opens`` up to, not including, ``closes`` of the same day."""

    opens: time
    closes: time


@dataclass(frozen=True, slots=True)
class SpecialDay:
    """A date on which the week's hours do not hold; no spans: closed all day."""

    on: date
    spans: tuple[Span, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True)
class Day:
    """What a row of the table of hours says about one date."""

    on: date
    spans: tuple[Span, ...]
    usual: tuple[Span, ...]
    note: str = ""
    is_special: bool = False
    is_today: bool = False

    @property
    def weekday(self) -> int:
        """1 is Monday, 7 Sunday (ISO 8601)."""
        return self.on.isoweekday()

    @property
    def is_closed(self) -> bool:
        return not self.spans


@dataclass(frozen=True, slots=True)
class Timetable:
    """Hours of a place. „Closed until” (that day included) wins over everything, a special day
    over the week."""

    week: Mapping[int, tuple[Span, ...]] = field(default_factory=dict)
    special: Mapping[date, SpecialDay] = field(default_factory=dict)
    closed_until: date | None = None
    closed_note: str = ""
    by_appointment: bool = False

    @property
    def is_stated(self) -> bool:
        """Whether anything is known about the hours; if not, say so and print no table."""
        return bool(self.week or self.special or self.closed_until or self.by_appointment)

    def on(self, day: date, *, today: date | None = None) -> Day:
        usual = self.week.get(day.isoweekday(), ())
        if self.closed_until is not None and day <= self.closed_until:
            return Day(day, (), usual, self.closed_note, True, day == today)
        if (special := self.special.get(day)) is not None:
            return Day(day, special.spans, usual, special.note, True, day == today)
        return Day(day, usual, usual, is_today=day == today)

    def rows(self, today: date) -> list[Day]:
        """Monday to Sunday, each on its next date from today on, so that what differs this week
        is shown and what has passed is not."""
        days = (self.on(today + timedelta(days=ahead), today=today) for ahead in range(7))
        return sorted(days, key=lambda day: day.weekday)

    def special_days(self, today: date, *, ahead: timedelta = timedelta(days=60)) -> list[Day]:
        """The days that differ, from today on, in order."""
        return [
            self.on(day, today=today)
            for day in sorted(self.special)
            if today <= day <= today + ahead
        ]

    def is_open_at(self, moment: datetime) -> bool:
        """Whether somebody answers the door at this (aware) moment."""
        day = moment.astimezone(WARSAW).date()
        return any(
            _instant(day, span.opens) <= moment < _instant(day, span.closes)
            for span in self.on(day).spans
        )

    def next_change(self, moment: datetime) -> datetime | None:
        """The next moment at which an open place closes or a closed one opens.

        None when nothing changes within ``HORIZON``.
        """
        is_open = self.is_open_at(moment)
        for edge in self._edges(moment):
            if self.is_open_at(edge) != is_open:
                return edge.astimezone(WARSAW)
        return None

    def _edges(self, moment: datetime) -> Iterator[datetime]:
        first = moment.astimezone(WARSAW).date()
        for ahead in range(HORIZON.days):
            day = first + timedelta(days=ahead)
            instants = {_instant(day, at) for span in self.on(day).spans for at in span}
            yield from (instant for instant in sorted(instants) if instant > moment)


def timetable_of(
    hours: Iterable[Mapping[str, Any]], exceptions: Iterable[Mapping[str, Any]], **fields: Any
) -> Timetable:
    """A timetable of rows ``weekday, opens, closes`` and ``on, opens, closes, note``.

    Dates and times may be ISO texts, as they come out of JSON. Rows of one date are one special
    day; one of them that has no times closes it.
    """
    week = defaultdict(list)
    for row in hours:
        week[row["weekday"]].append(Span(_time(row["opens"]), _time(row["closes"])))
    by_date = defaultdict(list)
    for row in exceptions:
        by_date[_date(row["on"])].append(row)
    return Timetable(
        week={weekday: tuple(sorted(spans)) for weekday, spans in week.items()},
        special={on: _special_day(on, rows) for on, rows in by_date.items()},
        **fields,
    )


def _special_day(on: date, rows: list[Mapping[str, Any]]) -> SpecialDay:
    note = "; ".join(dict.fromkeys(row["note"] for row in rows if row["note"]))
    if any(row["opens"] is None for row in rows):
        return SpecialDay(on, (), note)
    spans = sorted(Span(_time(row["opens"]), _time(row["closes"])) for row in rows)
    return SpecialDay(on, tuple(spans), note)


def _time(value: time | str) -> time:
    return time.fromisoformat(value) if isinstance(value, str) else value


def _date(value: date | str) -> date:
    return date.fromisoformat(value) if isinstance(value, str) else value


def overlap(spans: Iterable[Span]) -> bool:
    """Whether two spans of one day share a moment; touching ones do not."""
    return any(earlier.closes > later.opens for earlier, later in pairwise(sorted(spans)))


def _instant(day: date, at: time) -> datetime:
    return datetime.combine(day, at, WARSAW).astimezone(UTC)
