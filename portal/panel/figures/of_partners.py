"""What partners told their leader (``suppression``), and sums of it."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext as _

from portal.panel.figures.kinds import KINDS, Kind
from portal.panel.figures.period import Period
from tenants.formats import count
from tenants.models import MonthFigure, Tenant

_Key = tuple[UUID, date, str]


@dataclass(frozen=True, slots=True)
class Sum:
    """Of what was told; something was hidden where it ``is_at_least`` this."""

    number: int = 0
    is_at_least: bool = False

    def __add__(self, other: "Sum") -> "Sum":
        return Sum(self.number + other.number, self.is_at_least or other.is_at_least)

    def __str__(self) -> str:
        if not self.is_at_least:
            return count(self.number)
        if not self.number:
            return _("not told")
        return _("at least %(number)s") % {"number": count(self.number)}


@dataclass(frozen=True, slots=True)
class OfPartners:
    """One figure: a column a partner, in the order of ``partners``, and all together."""

    kind: Kind
    rows: list[tuple[date, list[Sum]]]
    foot: list[Sum]


@dataclass(frozen=True, slots=True)
class Figures:
    """``silent`` partners have told nothing yet, which is not the same as nothing to tell."""

    partners: list[Tenant]
    silent: list[Tenant]
    of_kinds: list[OfPartners]

    @property
    def overview(self) -> list[tuple[str, list[Sum]]]:
        """Partner, and each figure of the whole period."""
        return [
            (partner.official_place, [one.foot[place] for one in self.of_kinds])
            for place, partner in enumerate(self.partners)
        ]

    @property
    def total(self) -> list[Sum]:
        return [one.foot[-1] for one in self.of_kinds]


def figures_of_partners(leader_site: Tenant, period: Period) -> Figures:
    """Two queries, both of the registry."""
    everybody = list(_partners(leader_site))
    partners = [one for one in everybody if one.has_told]
    told = MonthFigure.objects.of_partners(leader_site).filter(
        month__gte=period.first, month__lte=period.last
    )
    cells: dict[_Key, Sum] = defaultdict(Sum)
    for row in told:
        cells[row.tenant_id, row.month, row.figure] += Sum(row.number or 0, row.number is None)
    return Figures(
        partners=partners,
        silent=[one for one in everybody if one not in partners],
        of_kinds=[_of_kind(kind, partners, period, cells) for kind in KINDS],
    )


def _partners(leader_site: Tenant) -> "QuerySet[Tenant]":
    return (
        Tenant.objects.listed()
        .filter(municipality__partnerships__project__leader_site=leader_site)
        .annotate(has_told=Exists(MonthFigure.objects.filter(tenant=OuterRef("pk"))))
        .select_related("municipality")
        .order_by("municipality__name", "id")
        .distinct()
    )


def _of_kind(
    kind: Kind, partners: list[Tenant], period: Period, cells: dict[_Key, Sum]
) -> OfPartners:
    rows = [
        (month, _with_total(cells[one.pk, month, kind.key] for one in partners))
        for month in period.months
    ]
    columns = zip(*(numbers for _month, numbers in rows), strict=True)
    return OfPartners(kind, rows, [sum(column, Sum()) for column in columns])


def _with_total(numbers: Iterable[Sum]) -> list[Sum]:
    of_each = list(numbers)
    return [*of_each, sum(of_each, Sum())]
