"""When somebody may ask for help: days and hours by the clock in Poland, in the choices of the
form."""

from datetime import date, datetime, time, timedelta

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

# Two hours each: what most volunteers can give in a week.
PARTS = {
    "morning": (time(9), time(11)),
    "noon": (time(11), time(13)),
    "afternoon": (time(14), time(16)),
    "evening": (time(17), time(19)),
}
PART_WORDS = {
    "morning": _("in the morning"),
    "noon": _("around noon"),
    "afternoon": _("in the afternoon"),
    "evening": _("in the evening"),
}
EXACT = "exact"
EARLIEST, LATEST = time(8), time(21)
LONGEST = timedelta(hours=8)
SHORTEST = timedelta(minutes=15)
_FURTHEST = timedelta(days=60)
# Shown as a list; for the others one writes the date.
DAYS_SHOWN = 7


def first_day() -> date:
    """Tomorrow: somebody has to be found first."""
    return timezone.localdate() + timedelta(days=1)


def last_day() -> date:
    return timezone.localdate() + _FURTHEST


def is_possible(day: date) -> bool:
    return first_day() <= day <= last_day()


def days_shown() -> list[date]:
    return [first_day() + timedelta(days=number) for number in range(DAYS_SHOWN)]


def moments(day: date, starts: time, ends: time) -> tuple[datetime, datetime]:
    return (
        timezone.make_aware(datetime.combine(day, starts)),
        timezone.make_aware(datetime.combine(day, ends)),
    )


def length(starts: time, ends: time) -> timedelta:
    """Negative where the end comes first."""
    on = date(2000, 1, 1)
    return datetime.combine(on, ends) - datetime.combine(on, starts)
