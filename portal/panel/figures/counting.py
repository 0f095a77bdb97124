"""Counting, in PostgreSQL: a fixed number of queries, however many rows there are."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext as _

from portal.panel.figures.kinds import Kind
from portal.panel.figures.period import Period
from tenants.models import Project, Tenant


@dataclass(frozen=True, slots=True)
class Cell:
    """``people``: how many different ones the number is about."""

    number: int
    people: int


@dataclass(frozen=True, slots=True)
class Counted:
    """One figure of the bound site. Somebody of two projects is in both of their columns and once
    in ``by_month``; somebody of two months once in ``whole``: so nothing here is added up.

    Attributes:
        groups: project, None without, each with its name.
    """

    kind: Kind
    period: Period
    groups: list[tuple[UUID | None, str]]
    cells: dict[tuple[date, UUID | None], int]
    by_month: dict[date, int]
    by_group: dict[UUID | None, int]
    whole: int

    @property
    def headings(self) -> list[str]:
        """Of the columns after the month."""
        return [*(name for _project, name in self._columns), _("All together")]

    @property
    def rows(self) -> list[tuple[date, list[int]]]:
        return [
            (
                month,
                [
                    *(self.cells.get((month, project), 0) for project, _name in self._columns),
                    self.by_month.get(month, 0),
                ],
            )
            for month in self.period.months
        ]

    @property
    def foot(self) -> list[int]:
        return [*(self.by_group.get(project, 0) for project, _name in self._columns), self.whole]

    @property
    def _columns(self) -> list[tuple[UUID | None, str]]:
        """Where everything is without a project, the total says it all."""
        has_projects = any(project for project, _name in self.groups)
        return self.groups if self.kind.has_projects and has_projects else []


def projects_of(site: Tenant) -> "QuerySet[Project]":
    """Those a gmina takes part in; those a leader leads."""
    return Project.objects.filter(
        Q(partners__municipality=site.municipality_id) if site.municipality_id
        else Q(leader_site=site)
    ).distinct()  # fmt: skip


def counted(kind: Kind, period: Period, projects: Iterable[Project]) -> Counted:
    """
    Args:
        projects: of the site; activities of another one are named by its title too.
    """
    rows = kind.rows(period)
    split = cells_of(kind, rows, "month", "project") if kind.has_projects else {}
    by_group = cells_of(kind, rows, "project") if kind.has_projects else {}
    names = {project.pk: project.title for project in projects}
    strangers = [pk for (pk,) in by_group if pk is not None and pk not in names]
    names |= {pk: _("another project") for pk in strangers}
    return Counted(
        kind=kind,
        period=period,
        groups=[*names.items(), (None, _("without a project"))],
        cells={key: _shown(kind, cell) for key, cell in split.items()},
        by_month={
            month: _shown(kind, cell) for (month,), cell in cells_of(kind, rows, "month").items()
        },
        by_group={pk: _shown(kind, cell) for (pk,), cell in by_group.items()},
        whole=sum(_shown(kind, cell) for cell in cells_of(kind, rows).values()),
    )


def cells_of(kind: Kind, rows: "QuerySet[Any, Any]", *by: str) -> dict[tuple[Any, ...], Cell]:
    """One query; without ``by`` one cell, or none where there are no rows."""
    people = Count("who", distinct=True)
    if not by:
        found = rows.order_by().aggregate(number=kind.number, people=people)
        return {(): Cell(found["number"] or 0, found["people"])}
    counted_rows = (
        rows.order_by().values(*by).annotate(number=kind.number, people=people)
    )  # fmt: skip
    return {
        tuple(row[name] for name in by): Cell(row["number"], row["people"]) for row in counted_rows
    }


def _shown(kind: Kind, cell: Cell) -> int:
    return round(cell.number / kind.per)
