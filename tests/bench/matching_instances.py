"""A made-up town: who could help whom, by distance and free hours, and how well it would suit."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy import sparse

from volunteering.matching.problem import Floats, Ints, Pair
from volunteering.matching.score import Columns, score_many

TOWN_KM = 16.0
# Two weeks, in hours from 8 to 20.
HOURS = 14 * 12
LONGEST_TASK = 3
# A place counts more than any score: so many points, times how urgent it is.
PLACE = 1_000
URGENCIES = (1, 2, 4)
# What the third and each further task of a fortnight costs: others should have a turn.
LOAD_COSTS = (0.0, 0.0, 60.0, 150.0, 300.0)


@dataclass(frozen=True, slots=True)
class Town:
    """What ``solve`` takes, and what a place of each request is worth."""

    values: Any
    weights: Floats
    capacities: Floats
    needs: Ints
    conflicts: list[Pair]
    load_costs: Floats
    urgency: Ints

    def as_arguments(self) -> dict[str, Any]:
        names = [name for name in self.__slots__ if name != "urgency"]
        return {name: getattr(self, name) for name in names}

    def filled(self, pairs: tuple[Pair, ...]) -> int:
        """Places filled, each counted as often as it is urgent."""
        return int(sum(self.urgency[request] for _volunteer, request in pairs))

    @property
    def wanted(self) -> int:
        """What :meth:`filled` would be with everybody helped."""
        return int(self.urgency @ self.needs)


def make_town(*, volunteers: int, requests: int, edges: int, places: int, seed: int = 5) -> Town:
    """
    Arguments:
        edges: at most so many of the possible pairs, drawn at random.
        places: of all requests together.
    """
    random = np.random.default_rng(seed)
    distance = _distances(random, volunteers, requests)
    radius = random.uniform(2, 8, volunteers)
    starts = random.integers(0, HOURS, requests)
    lasts = random.integers(1, LONGEST_TASK + 1, requests)
    slack = _slack(random, volunteers, starts, lasts)
    possible = np.flatnonzero((distance <= radius[:, None]) & (slack >= 0))
    edges = min(edges, len(possible))
    chosen = np.sort(random.choice(possible, edges, replace=False))
    volunteer, request = np.divmod(chosen, requests)
    score = score_many(
        Columns(
            distance_km=distance[volunteer, request],
            radius_km=radius[volunteer],
            has_helped_before=random.random(edges) < 0.05,
            slack_minutes=60 * slack[volunteer, request],
            preferred_skills_matched=random.integers(0, 3, edges),
            preferred_skills_wanted=random.integers(0, 3, requests)[request],
            speaks_preferred_language=random.random(edges) < 0.9,
            days_since_last_task=random.exponential(20, volunteers)[volunteer],
        )
    ).sum(axis=1)
    urgency = random.choice(URGENCIES, requests)
    value = (score + PLACE * urgency[request]).astype(float)
    return Town(
        values=sparse.coo_array((value, (volunteer, request)), shape=(volunteers, requests)),
        weights=lasts.astype(float),
        capacities=random.integers(2, 9, volunteers).astype(float),
        needs=_needs(random, requests, places),
        conflicts=_overlaps(starts, starts + lasts),
        load_costs=np.array(LOAD_COSTS),
        urgency=urgency,
    )


def _distances(random: np.random.Generator, volunteers: int, requests: int) -> Floats:
    here, there = (random.uniform(0, TOWN_KM, (number, 2)) for number in (volunteers, requests))
    return np.hypot(*(here[:, None, axis] - there[None, :, axis] for axis in (0, 1)))


def _slack(random: np.random.Generator, volunteers: int, starts: Ints, lasts: Ints) -> Floats:
    """Hours that a task leaves of the window it falls into, -1 where it does not fit: (v, r)."""
    slack = np.full((volunteers, len(starts)), -1.0)
    for _window in range(5):
        opens = random.integers(0, HOURS, volunteers)[:, None]
        closes = opens + random.integers(2, 7, volunteers)[:, None]
        fits = (opens <= starts) & (starts + lasts <= closes)
        slack = np.where(fits, np.maximum(slack, closes - opens - lasts), slack)
    return slack


def _needs(random: np.random.Generator, requests: int, places: int) -> Ints:
    """At least one place each."""
    more = random.multinomial(places - requests, np.full(requests, 1 / requests))
    return np.asarray(1 + more, np.int64)


def _overlaps(starts: Ints, ends: Ints) -> list[Pair]:
    together = (starts[:, None] < ends) & (starts < ends[:, None])
    return [(int(one), int(other)) for one, other in np.argwhere(np.triu(together, 1))]
