"""What events.toml says, and on which days it takes place when the demo is started today."""

import tomllib
from dataclasses import dataclass
from datetime import date, time, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from events.models import Activity
from events.recurrence import Span, span_on

WEEK = timedelta(days=7)
_FILE = Path(__file__).with_name("events.toml")

Line = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Day:
    """One date of an activity.

    Attributes:
        number: 0 is the first one today or later, or the first of a course.
    """

    line: Line
    number: int
    on: date

    @property
    def plan(self) -> Line:
        """What has become of it; of a course, by its first date."""
        plan: Line = self.line.get("dates", {}).get(str(self.number), {})
        return plan

    @property
    def name(self) -> str:
        return f"{self.line['key']} {self.on:%Y-%m-%d}"

    @property
    def pool_name(self) -> str:
        is_course = self.line["kind"] == Activity.Kind.COURSE
        return f"pool {self.line['key'] if is_course else self.name}"

    def span(self, *, moved_by: int = 0) -> Span:
        starts, ends = map(time.fromisoformat, self.line["hours"])
        return span_on(self.on + timedelta(days=moved_by), starts, ends)


@cache
def content() -> Line:
    with _FILE.open("rb") as file:
        return tomllib.load(file)


def days_of(line: Line, today: date) -> list[Day]:
    """The dates that are on the calendar of somebody who starts the demo on this day."""
    start = today + timedelta(days=line.get("in_days", 0))
    start += timedelta(days=(line["weekday"] - start.isoweekday()) % 7)
    step = line.get("every", 1) * WEEK
    # Every second week is the same one, whenever the demo is started.
    start += start.toordinal() % step.days // 7 * WEEK
    first, last = line.get("shown", (0, line.get("meetings", 1) - 1))
    return [Day(line, number, start + number * step) for number in range(first, last + 1)]
