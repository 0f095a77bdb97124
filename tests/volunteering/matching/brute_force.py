"""The best assignment by trying them all, and small random problems to try it on."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations, product
from typing import Any

import numpy as np

from volunteering.matching.problem import CAPACITY_TOLERANCE, Pair


@dataclass(frozen=True)
class Arrays:
    """What ``solve`` takes."""

    values: np.ndarray
    weights: Any
    capacities: np.ndarray
    needs: np.ndarray
    conflicts: list[Pair]
    load_costs: np.ndarray | None
    must_fill: list[int]

    def as_arguments(self) -> dict[str, Any]:
        return dict(vars(self))


def random_arrays(seed: int, most: int = 6) -> Arrays:
    """Up to ``most`` × ``most``, with every option now and then."""
    random = np.random.default_rng(seed)
    volunteers, requests = random.integers(1, most + 1, 2).tolist()
    shape = (volunteers, requests)
    values = random.integers(-20, 100, shape) / random.choice([1, 8])
    values[random.random(shape) > random.choice([0.5, 0.7, 1.0])] = np.nan
    weights = [
        1.0,
        random.integers(1, 5, requests) / 2,
        random.integers(0, 7, shape) / 2,
    ][random.integers(3)]
    capacities = random.integers(0, 9, volunteers) / 2
    capacities[random.random(volunteers) < 0.1] = np.inf
    pairs = list(combinations(range(requests), 2))
    share = random.choice([0.0, 0.3, 0.8])
    return Arrays(
        values, weights, capacities,
        needs=random.integers(0, 1 + random.choice([1, 3]), requests),
        conflicts=[pair for pair in pairs if random.random() < share],
        load_costs=_load_costs(random, volunteers),
        must_fill=[r for r in range(requests) if random.random() < random.choice([0, 0.25])],
    )  # fmt: skip


def best_value(arrays: Arrays) -> float | None:
    """None where ``must_fill`` cannot be kept."""
    choices = [list(_sets_of(arrays, v)) for v in range(len(arrays.capacities))]
    must = np.zeros(len(arrays.needs), bool)
    must[arrays.must_fill] = True
    # For every count of places filled the best value, volunteer by volunteer.
    best: dict[tuple[int, ...], float] = {(0,) * len(arrays.needs): 0.0}
    for sets in choices:
        reached: dict[tuple[int, ...], float] = {}
        for (filled, value), (tasks, gain) in product(best.items(), sets):
            after = tuple(n + (r in tasks) for r, n in enumerate(filled))
            if all(n <= need for n, need in zip(after, arrays.needs, strict=True)):
                reached[after] = max(reached.get(after, -np.inf), value + gain)
        best = reached
    allowed = [
        value
        for filled, value in best.items()
        if all(n == need for n, need, m in zip(filled, arrays.needs, must, strict=True) if m)
    ]
    return max(allowed, default=None)


def worth(arrays: Arrays, pairs: tuple[Pair, ...]) -> float:
    """Of an assignment, after checking that it keeps every rule."""
    tasks: dict[int, tuple[int, ...]] = {}
    for volunteer, request in pairs:
        tasks[volunteer] = (*tasks.get(volunteer, ()), request)
    filled = np.bincount([r for _v, r in pairs], minlength=len(arrays.needs))
    assert (filled <= arrays.needs).all()
    assert (filled == arrays.needs)[arrays.must_fill].all()
    return float(sum(dict(_sets_of(arrays, v))[mine] for v, mine in tasks.items()))


def _sets_of(arrays: Arrays, volunteer: int) -> Iterator[tuple[tuple[int, ...], float]]:
    """Everything one volunteer could take together, and what it is worth."""
    values = arrays.values[volunteer]
    weights = np.broadcast_to(arrays.weights, arrays.values.shape)[volunteer]
    possible = np.flatnonzero(~np.isnan(values)).tolist()
    for number in range(len(possible) + 1):
        cost = _cost(arrays, volunteer, number)
        for tasks in combinations(possible, number):
            fits = weights[list(tasks)].sum() <= arrays.capacities[volunteer] + CAPACITY_TOLERANCE
            apart = not any(pair in arrays.conflicts for pair in combinations(tasks, 2))
            if fits and apart and cost < np.inf:
                yield tasks, values[list(tasks)].sum() - cost


def _cost(arrays: Arrays, volunteer: int, tasks: int) -> float:
    costs = arrays.load_costs
    if costs is None or costs.shape[-1] == 0:
        return 0.0
    mine = costs[volunteer] if costs.ndim == 2 else costs
    return float(sum(mine[min(k, len(mine) - 1)] for k in range(tasks)))


def _load_costs(random: np.random.Generator, volunteers: int) -> np.ndarray | None:
    kind = random.integers(4)
    if kind == 0:
        return None
    steps = int(random.integers(1, 5))
    shape = (steps,) if kind == 1 else (volunteers, steps)
    costs = np.cumsum(random.integers(0, 15, shape), axis=-1) - float(random.choice([0, 10]))
    if kind == 3:
        costs[..., -1] = np.inf
    return costs
