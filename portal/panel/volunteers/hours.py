"""Hours volunteers have written down: those that wait for a decision, and how many there are."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any
from uuid import UUID

from django.db.models import Count, QuerySet, Sum
from django.db.models.functions import TruncMonth

from tenants.formats import count
from volunteering.models import HoursEntry, VolunteerProfile

Status = HoursEntry.Status
_LISTED = 100


@dataclass(frozen=True, slots=True)
class Entry:
    row: HoursEntry

    @property
    def length(self) -> str:
        return in_hours(self.row.minutes)


@dataclass(frozen=True, slots=True)
class OfVolunteer:
    """Entries of one volunteer that wait."""

    profile: VolunteerProfile
    entries: list[Entry]

    @property
    def total(self) -> str:
        return in_hours(sum(entry.row.minutes for entry in self.entries))


@dataclass(frozen=True, slots=True)
class InMonth:
    """What one volunteer gave in one month; hours in words."""

    month: date
    profile: UUID
    first_name: str
    last_name: str
    confirmed: str
    logged: str
    disputed: str
    tasks: int


def in_hours(minutes: int) -> str:
    """``90`` → ``1:30``"""
    return f"{count(minutes // 60)}:{minutes % 60:02}"


def waiting() -> "QuerySet[HoursEntry]":
    """To be confirmed, those of one volunteer together, the oldest first."""
    return _with_tasks().filter(status=Status.LOGGED).order_by(*_BY_VOLUNTEER)


def disputed() -> "QuerySet[HoursEntry]":
    return _with_tasks().filter(status=Status.DISPUTED).order_by(*_BY_VOLUNTEER)


_BY_VOLUNTEER = ("profile__person__sort_key", "profile_id", "on", "id")


def _with_tasks() -> "QuerySet[HoursEntry]":
    return HoursEntry.objects.select_related(
        "profile__person", "assignment__request", "assignment__shift__opportunity"
    )


def by_volunteer(entries: Iterable[HoursEntry]) -> list[OfVolunteer]:
    """Of entries in the order of :func:`waiting`."""
    return [
        OfVolunteer(mine[0].row.profile, mine)
        for _pk, group in groupby(entries, key=lambda entry: entry.profile_id)
        if (mine := [Entry(entry) for entry in group])
    ]


def months(most: int | None = _LISTED) -> list[InMonth]:
    """Volunteer by volunteer and month by month, the newest month first; one query."""
    rows = (
        HoursEntry.objects.annotate(month=TruncMonth("on"))
        .values(
            "month", "status", "profile_id", "profile__person__first_name",
            "profile__person__last_name", "profile__person__sort_key",
        )
        .annotate(minutes=Sum("minutes"), tasks=Count("id"))
        .order_by(
            "-month", "profile__person__sort_key", "profile_id", "status"
        )
    )  # fmt: skip
    groups = [
        _in_month([dict(row) for row in group])
        for _key, group in groupby(rows, key=lambda row: (row["month"], row["profile_id"]))
    ]
    return groups[:most]


def _in_month(rows: list[dict[str, Any]]) -> InMonth:
    minutes = {row["status"]: row["minutes"] for row in rows}
    first = rows[0]
    return InMonth(
        month=first["month"],
        profile=first["profile_id"],
        first_name=first["profile__person__first_name"],
        last_name=first["profile__person__last_name"],
        confirmed=in_hours(minutes.get(Status.CONFIRMED, 0)),
        logged=in_hours(minutes.get(Status.LOGGED, 0)),
        disputed=in_hours(minutes.get(Status.DISPUTED, 0)),
        tasks=sum(row["tasks"] for row in rows),
    )
