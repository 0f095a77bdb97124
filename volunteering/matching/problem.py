"""What is to be assigned, read from plain arrays once and checked, and what comes out.

Volunteers and requests are row and column numbers. A pair is an edge; edges stand in the order of
volunteer, then request, so that equal input is worked on in equal order.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import inf

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import sparse

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]
Pair = tuple[int, int]

# Room that sums of fractions of an hour need: 0.1 + 0.2 fits into 0.3.
CAPACITY_TOLERANCE = 1e-6


class Infeasible(Exception):
    """The requests that must be filled cannot all be filled."""


@dataclass(frozen=True, slots=True)
class Solution:
    """
    Attributes:
        pairs: (volunteer, request), sorted.
        value: of the pairs, less what the loads cost.
        bound: no assignment is worth more; inf where nothing is known.
        proved: whether there is nothing better.
    """

    pairs: tuple[Pair, ...]
    value: float
    bound: float
    proved: bool

    @property
    def gap(self) -> float:
        """How much more a better assignment could be worth at most, in the unit of the values."""
        return max(self.bound - self.value, 0.0)


@dataclass(frozen=True, slots=True)
class Problem:
    """
    Attributes:
        volunteer, request, value, weight: one for each edge.
        capacity: of each volunteer.
        needs, must_fill: of each request.
        conflicts: (m, 2), the smaller request first, sorted, each once.
        costs: (volunteers, k): of the first, second, … task; the last stays for every further one.
    """

    volunteer: Ints
    request: Ints
    value: Floats
    weight: Floats
    capacity: Floats
    needs: Ints
    must_fill: Bools
    conflicts: Ints
    costs: Floats

    def marginal_cost(self, volunteer: int, tasks: int) -> float:
        """What one more task costs somebody who has so many."""
        steps = self.costs.shape[1]
        return float(self.costs[volunteer, min(tasks, steps - 1)]) if steps else 0.0

    def worth(self, edges: Ints) -> float:
        """Of these edges, less what the loads cost."""
        loads = np.bincount(self.volunteer[edges], minlength=len(self.capacity))
        total = float(self.value[edges].sum())
        if self.costs.shape[1]:
            for volunteer in np.flatnonzero(loads).tolist():
                total -= sum(self.marginal_cost(volunteer, k) for k in range(loads[volunteer]))
        return total

    def solution(self, edges: Ints, bound: float = inf, *, proved: bool = False) -> Solution:
        edges = np.sort(edges)
        pairs = zip(self.volunteer[edges].tolist(), self.request[edges].tolist(), strict=True)
        value = self.worth(edges)
        return Solution(tuple(pairs), value, value if proved else max(bound, value), proved)

    def unfilled(self, edges: Ints) -> Ints:
        """Requests that must be filled and are not."""
        filled = np.bincount(self.request[edges], minlength=len(self.needs))
        return np.flatnonzero(self.must_fill & (filled < self.needs))


def read(  # noqa: PLR0913, PLR0917 (the arrays of ``solve``)
    values: ArrayLike,
    weights: ArrayLike,
    capacities: ArrayLike,
    needs: ArrayLike,
    conflicts: Sequence[Pair] | Ints = (),
    load_costs: ArrayLike | None = None,
    must_fill: Sequence[int] | Ints = (),
) -> Problem:
    """Check the arrays of :func:`~volunteering.matching.assign.solve`.

    Raises:
        ValueError: says which of them is wrong.
    """
    volunteer, request, value, (volunteers, requests) = _edges(values)
    wanted = _whole(needs, "needs")
    if wanted.shape != (requests,):
        raise ValueError(f"needs: one number for each of {requests} requests")
    if (wanted < 0).any():
        raise ValueError("needs: no request needs fewer than 0 places")
    weight = _weights(weights, volunteer, request, (volunteers, requests))
    return Problem(
        volunteer, request, value, weight,
        capacity=_capacities(capacities, volunteers),
        needs=wanted,
        must_fill=_must_fill(must_fill, requests),
        conflicts=_conflicts(conflicts, requests),
        costs=_costs(load_costs, volunteers),
    )  # fmt: skip


def _edges(values: ArrayLike) -> tuple[Ints, Ints, Floats, Pair]:
    if sparse.issparse(values):
        table = sparse.csr_array(values, dtype=float)
        table.sum_duplicates()
        entries = table.tocoo()
        volunteer, request, value = entries.row, entries.col, entries.data
    else:
        table = np.asarray(values, float)
        if table.ndim != 2:
            raise ValueError("values: a table of volunteers by requests")
        volunteer, request = np.nonzero(~np.isnan(table))
        value = table[volunteer, request]
    real = ~np.isnan(value)
    if np.isinf(value).any():
        raise ValueError("values: nan means that a pair is not possible, infinity means nothing")
    shape = int(table.shape[0]), int(table.shape[1])
    return volunteer[real].astype(np.int64), request[real].astype(np.int64), value[real], shape


def _weights(weights: ArrayLike, volunteer: Ints, request: Ints, shape: Pair) -> Floats:
    """Of each edge; what stands at pairs that are not possible is not looked at."""
    table = np.asarray(weights, float)
    if table.shape == shape:
        weight = table[volunteer, request]
    elif table.shape in {(), (shape[1],)}:
        weight = np.broadcast_to(table, shape[1:])
    else:
        raise ValueError(f"weights: one number, {shape[1]} numbers, or a table like the values")
    if not (np.isfinite(weight).all() and (weight >= 0).all()):
        raise ValueError("weights: what a pair uses is a number from 0, not nan and not infinity")
    return weight if table.shape == shape else weight[request]


def _capacities(capacities: ArrayLike, volunteers: int) -> Floats:
    capacity = np.asarray(capacities, float)
    if capacity.shape != (volunteers,):
        raise ValueError(f"capacities: one number for each of {volunteers} volunteers")
    if not (capacity >= 0).all():
        raise ValueError("capacities: a number from 0 (or infinity), not nan")
    return capacity


def _conflicts(conflicts: Sequence[Pair] | Ints, requests: int) -> Ints:
    pairs = _whole(conflicts, "conflicts") if len(conflicts) else np.empty((0, 2), np.int64)
    if pairs.shape[1:] != (2,):
        raise ValueError("conflicts: pairs of requests")
    if ((pairs < 0) | (pairs >= requests)).any():
        raise ValueError(f"conflicts: requests are numbered from 0 to {requests - 1}")
    if (pairs[:, 0] == pairs[:, 1]).any():
        raise ValueError("conflicts: a request is not in conflict with itself")
    return np.unique(np.sort(pairs, axis=1), axis=0)


def _costs(load_costs: ArrayLike | None, volunteers: int) -> Floats:
    if load_costs is None:
        return np.empty((volunteers, 0))
    costs = np.asarray(load_costs, float)
    if costs.ndim == 1:
        costs = np.broadcast_to(costs, (volunteers, len(costs)))
    if costs.ndim != 2 or len(costs) != volunteers:
        raise ValueError(f"load_costs: a row for each of {volunteers} volunteers, or one for all")
    if np.isnan(costs).any() or np.isneginf(costs).any():
        raise ValueError("load_costs: numbers, or infinity for a task too many")
    if (costs[:, 1:] < costs[:, :-1]).any():
        raise ValueError("load_costs: a further task must not cost less than the one before")
    return costs


def _must_fill(must_fill: Sequence[int] | Ints, requests: int) -> Bools:
    indices = _whole(must_fill, "must_fill") if len(must_fill) else np.empty(0, np.int64)
    if indices.ndim != 1 or ((indices < 0) | (indices >= requests)).any():
        raise ValueError(f"must_fill: requests are numbered from 0 to {requests - 1}")
    marked = np.zeros(requests, bool)
    marked[indices] = True
    return marked


def _whole(numbers: ArrayLike, name: str) -> Ints:
    array = np.asarray(numbers)
    exact = array.astype(float)
    if array.dtype == bool or not (np.isfinite(exact) & (exact == np.rint(exact))).all():
        raise ValueError(f"{name}: whole numbers")
    return array.astype(np.int64)
