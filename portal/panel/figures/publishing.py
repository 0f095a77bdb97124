"""A gmina's figures as others may know them, written to the registry for the leader's site.

A month is written once it is over, and corrected for a while, as hours are confirmed later. Then it
stays as it is, also when the rows it was counted from are erased or have been kept long enough.
"""

from collections import defaultdict
from datetime import date
from uuid import UUID

from django.utils import timezone

from portal.panel.figures.counting import Cell, cells_of
from portal.panel.figures.kinds import KINDS
from portal.panel.figures.period import MOST_MONTHS, Period, last_finished_month, months_before
from portal.panel.figures.suppression import told
from tenants.binding import current_tenant
from tenants.models import MonthFigure, Tenant

CORRECTED_FOR = 3
_PER = {kind.key: kind.per for kind in KINDS}

Key = tuple[date, UUID | None, str]


def publish_months() -> None:
    """Tell what the bound gmina's finished months were like; a leader's site has none."""
    site = current_tenant()
    if site.is_leader:
        return
    # Two jobs of one site come one after the other.
    Tenant.objects.select_for_update(no_key=True).filter(pk=site.pk).first()
    told_before: dict[Key, MonthFigure] = {
        (row.month, row.project, row.figure): row for row in MonthFigure.objects.filter(tenant=site)
    }
    last = last_finished_month(timezone.localdate())
    settled = {
        month for month, *_rest in told_before if month <= months_before(last, CORRECTED_FOR)
    }
    wanted = {
        key: number
        for key, number in _to_tell(Period(months_before(last, MOST_MONTHS - 1), last)).items()
        if key[0] not in settled
    }
    gone = [
        row.pk for key, row in told_before.items() if key not in wanted and key[0] not in settled
    ]
    changed = [
        MonthFigure(tenant=site, month=month, project=project, figure=figure, number=number)
        for (month, project, figure), number in wanted.items()
        if _is_new((month, project, figure), number, told_before)
    ]
    MonthFigure.objects.filter(pk__in=gone).delete()
    MonthFigure.objects.bulk_create(
        changed,
        update_conflicts=True,
        unique_fields=["tenant", "month", "project", "figure"],
        update_fields=["number"],
    )


def _is_new(key: Key, number: int | None, told_before: dict[Key, MonthFigure]) -> bool:
    return key not in told_before or told_before[key].number != number


def _to_tell(period: Period) -> dict[Key, int | None]:
    """One query a figure. Nothing is not written: where a month is missing, it was nothing."""
    cells: dict[tuple[date, UUID | None], dict[str, Cell]] = defaultdict(dict)
    for kind in KINDS:
        for (month, project), cell in cells_of(
            kind, kind.rows(period), "month", "project"
        ).items():  # fmt: skip
            cells[month, project][kind.key] = cell
    return {
        (month, project, figure): number
        for (month, project), of_month in cells.items()
        for figure, number in told(of_month, _PER).items()
        if number != 0
    }
