"""What events.toml says, and on which days it takes place when the demo is started today."""

import tomllib
from dataclasses import dataclass
from datetime import date, time, timedelta
from functools import cache
from pathlib import Path
from typing import Any
from zlib import crc32

from events.models import Activity
from events.recurrence import Span, span_on
from tenants.models import Tenant

WEEK = timedelta(days=7)
WORKING_DAYS = 5
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


def days_of(line: Line, today: date, tenant: Tenant, *, is_new: bool = False) -> list[Day]:
    """The dates that are on the gmina's calendar when the demo is started on this day; of what is
    new there, also those of months ago, which figures are made of."""
    start = today + timedelta(days=line.get("in_days", 0))
    start += timedelta(days=(_weekday(line, tenant) - start.isoweekday()) % 7)
    step = line.get("every", 1) * WEEK
    # Every second week is the same one, whenever the demo is started.
    start += start.toordinal() % step.days // 7 * WEEK
    first, last = line.get("shown", (0, line.get("meetings", 1) - 1))
    numbers = [*(line.get("long_ago", ()) if is_new else ()), *range(first, last + 1)]
    return [Day(line, number, start + number * step) for number in numbers]


def _weekday(line: Line, tenant: Tenant) -> int:
    """Gminas have their working days in another order, so that the leader's list is not the same
    line twenty times over. What names its day keeps it."""
    weekday: int = line["weekday"]
    if weekday > WORKING_DAYS or line.get("names_its_day", False):
        return weekday
    return (weekday - 1 + crc32(tenant.schema_name.encode())) % WORKING_DAYS + 1
