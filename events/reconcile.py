"""Whether ``taken`` of every pool is what it should be: a check of the one rule about places."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import reduce
from operator import add
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


@dataclass(frozen=True, slots=True)
class Takers:
    """Rows that stand for taken places, and the way from them to their pool."""

    rows: "Callable[[], QuerySet[Any]]"
    pool: str
    number: Count | Sum


_takers = [
    Takers(Participation.objects.all, "place", Count("pk")),
    Takers(Hold.objects.all, "pool", Sum("number")),
    Takers(lambda: Offer.objects.filter(state=Offer.State.OPEN), "pool", Sum("number")),
]


def count_too(takers: Takers) -> None:
    """Say which rows of an app above take places of pools."""
    _takers.append(takers)


def drifted_pools() -> list[Drift]:
    """One query over all pools of the bound site, so that nothing changes between two counts."""
    kinds = {f"kind_{number}": _of(takers) for number, takers in enumerate(_takers)}
    pools = CapacityPool.objects.annotate(**kinds).annotate(
        counted=reduce(add, (F(name) for name in kinds))
    )
    rows = pools.exclude(taken=F("counted")).order_by("pk")
    return [Drift(*row) for row in rows.values_list("pk", "taken", "counted")]


def _of(takers: Takers) -> Coalesce:
    """How many places of a pool they stand for."""
    rows = takers.rows().filter(**{takers.pool: OuterRef("pk")})
    found = rows.order_by().values(takers.pool).annotate(number=takers.number)
    return Coalesce(Subquery(found.values("number")), 0)
