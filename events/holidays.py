"""Days off work in Poland, printed red: Sundays and the holidays of the Act of 18 January 1951."""

from datetime import date, timedelta
from functools import lru_cache

from dateutil.easter import easter
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

CHRISTMAS_EVE_SINCE = 2025
_FIXED = (
    (1, 1, _("New Year")),
    (1, 6, _("Epiphany")),
    (5, 1, _("Labour Day")),
    (5, 3, _("Constitution Day")),
    (8, 15, _("Assumption of Mary")),
    (11, 1, _("All Saints' Day")),
    (11, 11, _("Independence Day")),
    (12, 25, _("Christmas Day")),
    (12, 26, _("second day of Christmas")),
)
_AFTER_EASTER = (
    (0, _("Easter Sunday")),
    (1, _("Easter Monday")),
    (49, _("Pentecost")),
    (60, _("Corpus Christi")),
)


@lru_cache(maxsize=32)
def holidays(year: int) -> dict[date, Promise]:
    """Each with its name."""
    days: dict[date, Promise] = {date(year, month, day): name for month, day, name in _FIXED}
    if year >= CHRISTMAS_EVE_SINCE:
        days[date(year, 12, 24)] = _("Christmas Eve")
    for later, name in _AFTER_EASTER:
        days[easter(year) + timedelta(days=later)] = name
    return days


def holiday_on(day: date) -> str:
    """Name of the holiday; "" of every other day, ordinary Sundays too."""
    return str(holidays(day.year).get(day, ""))


def is_holiday(day: date) -> bool:
    return day in holidays(day.year)


def is_red(day: date) -> bool:
    return day.isoweekday() == 7 or is_holiday(day)
