"""The week as volunteers say it, three parts of each day, and as matching reads it: windows."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

DAYS: tuple[Promise, ...] = (
    _("Monday"), _("Tuesday"), _("Wednesday"), _("Thursday"), _("Friday"), _("Saturday"),
    _("Sunday"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class PartOfDay:
    """
    Attributes:
        starts, ends: minutes after midnight.
    """

    key: str
    label: Promise
    starts: int
    ends: int

    @property
    def hours(self) -> str:
        return _clock(self.starts, self.ends)


PARTS = (
    PartOfDay("rano", pgettext_lazy("part of the day", "morning"), 8 * 60, 12 * 60),
    PartOfDay("dzien", pgettext_lazy("part of the day", "afternoon"), 12 * 60, 16 * 60),
    PartOfDay("wieczor", pgettext_lazy("part of the day", "evening"), 16 * 60, 20 * 60),
)


class Window(NamedTuple):
    """A time of every week; Monday is 0, minutes are after midnight."""

    weekday: int
    starts: int
    ends: int

    @property
    def hours(self) -> str:
        return _clock(self.starts, self.ends)


def slot_of(weekday: int, part: PartOfDay) -> str:
    """``0-rano``: how a box of the grid is called."""
    return f"{weekday}-{part.key}"


SLOTS: dict[str, Window] = {
    slot_of(weekday, part): Window(weekday, part.starts, part.ends)
    for weekday in range(len(DAYS))
    for part in PARTS
}


def windows_of(slots: Iterable[str]) -> list[Window]:
    """The ticked boxes as windows, in order; parts that meet are one window.

    Raises:
        KeyError: there is no such box.
    """
    windows: list[Window] = []
    for window in sorted(SLOTS[slot] for slot in set(slots)):
        last = windows[-1] if windows else None
        if last is not None and last.weekday == window.weekday and last.ends == window.starts:
            windows[-1] = Window(last.weekday, last.starts, window.ends)
        else:
            windows.append(window)
    return windows


def slots_of(windows: Iterable[Window]) -> list[str]:
    """The boxes to tick: the parts that lie within a window from beginning to end."""
    known = list(windows)
    return [
        slot
        for slot, (weekday, starts, ends) in SLOTS.items()
        if any(
            window.weekday == weekday and window.starts <= starts and window.ends >= ends
            for window in known
        )
    ]


def week_in_words(windows: Iterable[Window]) -> list[str]:
    """``Monday: 8–12, 16–20``; a line for each day that has something."""
    by_day: dict[int, list[str]] = {}
    for window in sorted(windows):
        by_day.setdefault(window.weekday, []).append(window.hours)
    return [f"{DAYS[weekday]}: {', '.join(hours)}" for weekday, hours in by_day.items()]


def _clock(starts: int, ends: int) -> str:
    """``8–12``, ``8:30–12``"""
    return "–".join(
        f"{hour}:{minute:02}" if minute else str(hour)
        for hour, minute in (divmod(starts, 60), divmod(ends, 60))
    )
