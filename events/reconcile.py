"""Whether ``taken`` of every pool is what it should be: a check of the one rule about places."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Count, F, OuterRef, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce

from events.models import CapacityPool, Hold, Offer, Participation


@dataclass(frozen=True, slots=True)
class Drift:
    pool: UUID
    taken: int
    counted: int


def drifted_pools() -> list[Drift]:
    """One query over all pools of the bound site, so that nothing changes between two counts."""
    pools = CapacityPool.objects.annotate(
        with_places=_of(Participation.objects.all(), "place", Count("pk")),
        with_holds=_of(Hold.objects.all(), "pool", Sum("number")),
        with_offers=_of(Offer.objects.filter(state=Offer.State.OPEN), "pool", Sum("number")),
    ).annotate(counted=F("with_places") + F("with_holds") + F("with_offers"))
    rows = pools.exclude(taken=F("counted")).order_by("pk")
    return [Drift(*row) for row in rows.values_list("pk", "taken", "counted")]


def _of(rows: "QuerySet[Any]", pool: str, number: Count | Sum) -> Coalesce:
    """How many places of a pool these rows stand for."""
    found = rows.filter(**{pool: OuterRef("pk")}).order_by().values(pool).annotate(number=number)
    return Coalesce(Subquery(found.values("number")), 0)
