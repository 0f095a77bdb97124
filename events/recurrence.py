"""Dates that repeat, in the wall time of Warsaw: what starts at 10:00 starts at 10:00 all year."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from itertools import islice

from dateutil.rrule import rrulestr
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from events.editing_refusals import NoDates, TooManyDates

# A year of two meetings a week, and a slip of the finger is still noticed.
MAX_DATES = 200
# What ends before it begins goes on after midnight, unless it would take this long: then it is a
# slip of the finger.
LONGEST_NIGHT = timedelta(hours=12)

_CODES = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")


class Rhythm(models.TextChoices):
    WEEKLY = "weekly", gettext_lazy("every week")
    FORTNIGHTLY = "fortnightly", gettext_lazy("every two weeks")
    MONTHLY = "monthly", gettext_lazy("every month, on the same day of the week")


class Which(models.IntegerChoices):
    """Of a month's Tuesdays."""

    FIRST = 1, pgettext_lazy("day of the week in a month", "the first")
    SECOND = 2, pgettext_lazy("day of the week in a month", "the second")
    THIRD = 3, pgettext_lazy("day of the week in a month", "the third")
    FOURTH = 4, pgettext_lazy("day of the week in a month", "the fourth")
    LAST = -1, pgettext_lazy("day of the week in a month", "the last")


@dataclass(frozen=True, slots=True)
class Span:
    """When something takes place, as instants."""

    starts_at: datetime
    ends_at: datetime

    @property
    def day(self) -> date:
        return timezone.localdate(self.starts_at)

    @property
    def ends_next_day(self) -> bool:
        return timezone.localdate(self.ends_at) > self.day


@dataclass(frozen=True, slots=True)
class Pattern:
    """
    Attributes:
        weekdays: 1 is Monday (ISO 8601); none is the weekday of the first date.
        which: of the month; None is the place that the first date has in its month.
        until, number: the last possible date, or how many dates; one of them.
    """

    rhythm: Rhythm
    first_on: date
    starts: time
    ends: time
    weekdays: Sequence[int] = ()
    which: int | None = None
    until: date | None = None
    number: int | None = None

    @property
    def rrule(self) -> str:
        """RFC 5545, without DTSTART: ``FREQ=WEEKLY;BYDAY=TU,TH;COUNT=10``."""
        codes = [_CODES[day - 1] for day in sorted(self.weekdays or [self.first_on.isoweekday()])]
        if self.rhythm == Rhythm.MONTHLY:
            which = self.which or _place_in_month(self.first_on)
            parts = ["FREQ=MONTHLY", "BYDAY=" + ",".join(f"{which}{code}" for code in codes)]
        else:
            interval = ["INTERVAL=2"] if self.rhythm == Rhythm.FORTNIGHTLY else []
            parts = ["FREQ=WEEKLY", *interval, "BYDAY=" + ",".join(codes)]
        if self.number is not None:
            parts.append(f"COUNT={self.number}")
        if self.until is not None:
            parts.append(f"UNTIL={self.until:%Y%m%d}T235959")
        return ";".join(parts)

    def dates(self) -> list[date]:
        """In order.

        Raises:
            NoDates: no day fits before the end.
            TooManyDates: more than :data:`MAX_DATES`.
        """
        if self.number is not None and self.number > MAX_DATES:
            raise TooManyDates(MAX_DATES, self.number)
        rule = rrulestr(self.rrule, dtstart=datetime.combine(self.first_on, time.min))
        found = [moment.date() for moment in islice(rule, MAX_DATES + 1)]
        if len(found) > MAX_DATES:
            raise TooManyDates(MAX_DATES)
        if not found:
            raise NoDates
        return found

    def spans(self) -> list[Span]:
        """The dates as instants, each by the clock of its own day."""
        return [span_on(day, self.starts, self.ends) for day in self.dates()]


def _place_in_month(day: date) -> int:
    """The fifth Tuesday is the last one; not every month has five."""
    place = (day.day - 1) // 7 + 1
    return place if place < 5 else int(Which.LAST)


def hours_problem(starts: time, ends: time) -> str:
    """Why nothing can take place from … to …; "" when it can."""
    if starts == ends:
        return _("The end is the same as the beginning.")
    if ends < starts and _on_paper(starts, ends) >= LONGEST_NIGHT:
        return _("The end comes before the beginning.")
    return ""


def span_on(day: date, starts: time, ends: time) -> Span:
    """From … to … of the clock on that day, or until the small hours of the next.

    An hour that the clocks leave out in March is the one after it. Where the change would swallow
    the whole meeting, it lasts as long as the two hours say.
    """
    last_day = day if ends > starts else day + timedelta(days=1)
    starts_at, ends_at = _instant(day, starts), _instant(last_day, ends)
    if ends_at <= starts_at:
        ends_at = starts_at + _on_paper(starts, ends)
    return Span(starts_at, ends_at)


def _instant(day: date, hour: time) -> datetime:
    """In UTC, so that arithmetic with it does not ask what the clocks say."""
    return timezone.make_aware(datetime.combine(day, hour)).astimezone(UTC)


def _on_paper(starts: time, ends: time) -> timedelta:
    """How long it lasts where no clock is changed."""
    between = datetime.combine(date.min, ends) - datetime.combine(date.min, starts)
    return between % timedelta(days=1)
