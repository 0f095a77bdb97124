"""How many requests found somebody, by the part of the gmina."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Count, Q

from volunteering.models import HelpRequest

Status = HelpRequest.Status

# Somebody helps or has helped; nobody was found. What was called off, or is still looked for, says
# neither.
MET = (Status.ARRANGED, Status.COMPLETED)
NOT_MET = (Status.UNMET, Status.ESCALATED, Status.REFERRED, Status.CLOSED_UNMET)


@dataclass(frozen=True, slots=True)
class FillRate:
    """Requests of one group."""

    asked: int
    met: int
    not_met: int

    @property
    def share(self) -> float | None:
        """0..1 of those that are settled; None while none is."""
        settled = self.met + self.not_met
        return self.met / settled if settled else None


def fill_rates(
    by: str, *, since: datetime, until: datetime | None = None
) -> dict[UUID | str, FillRate]:
    """Of requests sent in a period, by a column of theirs: ``district`` or ``kind``."""
    sent = HelpRequest.objects.filter(submitted_at__gte=since).exclude(status=Status.DRAFT)
    if until is not None:
        sent = sent.filter(submitted_at__lt=until)
    rows = (
        sent.order_by()
        .values_list(by)
        .annotate(
            asked=Count("pk"),
            met=Count("pk", Q(status__in=MET)),
            not_met=Count("pk", Q(status__in=NOT_MET)),
        )
    )
    return {group: FillRate(*numbers) for group, *numbers in rows}


def together(rates: Mapping[UUID | str, FillRate]) -> FillRate:
    """Of all groups."""
    return FillRate(
        asked=sum(rate.asked for rate in rates.values()),
        met=sum(rate.met for rate in rates.values()),
        not_met=sum(rate.not_met for rate in rates.values()),
    )
