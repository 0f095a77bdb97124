"""Why a pair was not chosen: the best assignment with it, beside the one without."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import inf
from time import perf_counter

import numpy as np
from numpy.typing import ArrayLike

from volunteering.matching.assign import solve_problem
from volunteering.matching.problem import (
    CAPACITY_TOLERANCE,
    Floats,
    Infeasible,
    Ints,
    Pair,
    Problem,
    Solution,
    read,
)


@dataclass(frozen=True, slots=True)
class Forced:
    """
    Attributes:
        difference: of the totals; below 0 is what the pair would cost.
        fewer, more: (request, places) that would be lost or won.
        changed: the other volunteers whose tasks would be others.
        solution: the best one with the pair; the difference is only as sure as it is proved.
    """

    pair: Pair
    difference: float
    fewer: tuple[Pair, ...]
    more: tuple[Pair, ...]
    changed: tuple[int, ...]
    solution: Solution


def why_not(  # noqa: PLR0913, PLR0917 (the arrays of ``solve``)
    values: ArrayLike,
    weights: ArrayLike,
    capacities: ArrayLike,
    needs: ArrayLike,
    conflicts: Sequence[Pair] | Ints = (),
    load_costs: ArrayLike | None = None,
    must_fill: Sequence[int] | Ints = (),
    time_limit: float | None = None,
    *,
    pair: Pair,
    solution: Solution,
) -> Forced:
    """What choosing the pair would change, of all best ways the one that changes least (exactly so
    where values and costs are whole numbers).

    Raises:
        ValueError: the pair is not possible at all: look at the rules it breaks.
        Infeasible: with this pair alone a capacity or ``must_fill`` cannot be kept.
        TimeoutError: see :func:`~volunteering.matching.assign.solve`.
    """
    end = perf_counter() + time_limit if time_limit is not None else inf
    problem = read(values, weights, capacities, needs, conflicts, load_costs, must_fill)
    edge = _edge_of(problem, pair)
    if pair in solution.pairs:
        return _compared(pair, solution, solution)
    gain = float(problem.value[edge]) - problem.marginal_cost(pair[0], 0)
    found = solve_problem(_rest(problem, edge, solution), end)
    edges = [edge, *(_edge_of(problem, one) for one in found.pairs)]
    forced = problem.solution(
        np.array(edges, np.int64), gain + found.bound, proved=found.proved
    )  # fmt: skip
    return _compared(pair, solution, forced)


def _edge_of(problem: Problem, pair: Pair) -> int:
    requests = len(problem.needs)
    keys = problem.volunteer * requests + problem.request
    wanted = pair[0] * requests + pair[1]
    edge = int(np.searchsorted(keys, wanted))
    if not (0 <= pair[1] < requests and edge < len(keys) and keys[edge] == wanted):
        raise ValueError(f"volunteer {pair[0]} and request {pair[1]} are not a possible pair")
    return edge


def _rest(problem: Problem, edge: int, solution: Solution) -> Problem:
    """What is left to assign once the pair of this edge is.

    Raises:
        Infeasible: it cannot be.
    """
    volunteer, request = int(problem.volunteer[edge]), int(problem.request[edge])
    capacity, needs, costs = problem.capacity.copy(), problem.needs.copy(), problem.costs.copy()
    capacity[volunteer] -= problem.weight[edge]
    needs[request] -= 1
    is_dear = problem.marginal_cost(volunteer, 0) == inf
    if capacity[volunteer] < -CAPACITY_TOLERANCE or needs[request] < 0 or is_dear:
        raise Infeasible
    costs[volunteer, :-1] = costs[volunteer, 1:]
    against = problem.conflicts[(problem.conflicts == request).any(axis=1)]
    closed = np.isin(problem.request, against) | (problem.request == request)
    kept = np.flatnonzero(~(closed & (problem.volunteer == volunteer)))
    return replace(
        problem,
        volunteer=problem.volunteer[kept], request=problem.request[kept],
        value=(problem.value + _habit(problem, solution))[kept], weight=problem.weight[kept],
        capacity=np.maximum(capacity, 0.0), needs=needs, costs=costs,
    )  # fmt: skip


def _habit(problem: Problem, solution: Solution) -> Floats:
    """A bonus for what is chosen now: all of them together are worth less than the least
    difference there can be."""
    bonus = np.zeros(len(problem.value))
    costs = problem.costs[np.isfinite(problem.costs)]
    if all((numbers == np.rint(numbers)).all() for numbers in (problem.value, costs)):
        chosen = [_edge_of(problem, pair) for pair in solution.pairs]
        bonus[chosen] = 0.5 / (len(chosen) + 1)
    return bonus


def _compared(pair: Pair, chosen: Solution, forced: Solution) -> Forced:
    places = Counter(request for _volunteer, request in forced.pairs)
    places.subtract(request for _volunteer, request in chosen.pairs)
    changes = sorted((request, number) for request, number in places.items() if number)
    others = {volunteer for volunteer, _request in set(chosen.pairs) ^ set(forced.pairs)}
    return Forced(
        pair,
        difference=forced.value - chosen.value,
        fewer=tuple((request, -number) for request, number in changes if number < 0),
        more=tuple((request, number) for request, number in changes if number > 0),
        changed=tuple(sorted(others - {pair[0]})),
        solution=forced,
    )
