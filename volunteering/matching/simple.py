"""The two ways people assign by hand, to compare with: best pair first, and first come.

Both keep every rule, but neither looks ahead, and so may leave a request that must be filled short.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from heapq import heapify, heappop, heappush

import numpy as np
from numpy.typing import ArrayLike

from volunteering.matching.problem import CAPACITY_TOLERANCE, Ints, Pair, Problem, Solution, read


def greedy(  # noqa: PLR0913, PLR0917 (the arrays of ``solve``)
    values: ArrayLike,
    weights: ArrayLike,
    capacities: ArrayLike,
    needs: ArrayLike,
    conflicts: Sequence[Pair] | Ints = (),
    load_costs: ArrayLike | None = None,
    must_fill: Sequence[int] | Ints = (),
) -> Solution:
    """The pair that adds most goes first; of equals the first volunteer, then the first request.

    Raises:
        ValueError: see :func:`~volunteering.matching.assign.solve`.
    """
    problem = read(values, weights, capacities, needs, conflicts, load_costs, must_fill)
    return problem.solution(best_first(problem))


def first_come(  # noqa: PLR0913, PLR0917
    values: ArrayLike,
    weights: ArrayLike,
    capacities: ArrayLike,
    needs: ArrayLike,
    conflicts: Sequence[Pair] | Ints = (),
    load_costs: ArrayLike | None = None,
    must_fill: Sequence[int] | Ints = (),
) -> Solution:
    """Requests in their order take the best volunteers who are left.

    Raises:
        ValueError: see :func:`~volunteering.matching.assign.solve`.
    """
    problem = read(values, weights, capacities, needs, conflicts, load_costs, must_fill)
    taking = Taking(problem)
    waiting: list[list[int]] = [[] for _request in problem.needs]
    for edge, request in enumerate(problem.request.tolist()):
        waiting[request].append(edge)
    for edges in waiting:
        taking.take_each(sorted(edges, key=lambda edge: (-taking.gain(edge), edge)))
    return problem.solution(taking.edges)


def best_first(problem: Problem) -> Ints:
    """Edges, those of requests that must be filled before all others."""
    taking = Taking(problem)
    heap = [(*taking.rank(edge), edge) for edge in range(len(problem.value))]
    heapify(heap)
    while heap:
        *rank, edge = heappop(heap)
        now = taking.rank(edge)
        if now > tuple(rank):
            # Somebody who has taken a task meanwhile costs more.
            heappush(heap, (*now, edge))
        elif taking.is_possible(edge):
            taking.take(edge)
    return taking.edges


def in_order(problem: Problem, edges: Iterable[int]) -> Ints:
    """Of these edges each that is still possible when its turn comes."""
    taking = Taking(problem)
    taking.take_each(edges)
    return taking.edges


@dataclass(slots=True)
class Taking:
    """Edges taken one by one, and what is left of everybody."""

    problem: Problem
    taken: list[int] = field(default_factory=list)
    _volunteer: list[int] = field(init=False)
    _request: list[int] = field(init=False)
    _left: list[float] = field(init=False)
    _places: list[int] = field(init=False)
    _tasks: list[set[int]] = field(init=False)
    _against: dict[int, set[int]] = field(init=False)

    def __post_init__(self) -> None:
        self._volunteer = self.problem.volunteer.tolist()
        self._request = self.problem.request.tolist()
        self._left = (self.problem.capacity + CAPACITY_TOLERANCE).tolist()
        self._places = self.problem.needs.tolist()
        self._tasks = [set() for _volunteer in self._left]
        self._against = {}
        for one, other in self.problem.conflicts.tolist():
            self._against.setdefault(one, set()).add(other)
            self._against.setdefault(other, set()).add(one)

    @property
    def edges(self) -> Ints:
        return np.sort(np.array(self.taken, np.int64))

    def gain(self, edge: int) -> float:
        """What taking it now would add."""
        volunteer = self._volunteer[edge]
        cost = self.problem.marginal_cost(volunteer, len(self._tasks[volunteer]))
        return float(self.problem.value[edge]) - cost

    def rank(self, edge: int) -> tuple[bool, float]:
        return not self.problem.must_fill[self._request[edge]], -self.gain(edge)

    def is_possible(self, edge: int) -> bool:
        """And not worth less than nothing, unless the request must be filled."""
        volunteer, request = self._volunteer[edge], self._request[edge]
        gain = self.gain(edge)
        return (
            self._places[request] > 0
            and self._left[volunteer] >= self.problem.weight[edge]
            and (gain >= 0 or (bool(self.problem.must_fill[request]) and gain > -np.inf))
            and self._tasks[volunteer].isdisjoint(self._against.get(request, ()))
        )

    def take(self, edge: int) -> None:
        volunteer, request = self._volunteer[edge], self._request[edge]
        self.taken.append(edge)
        self._left[volunteer] -= float(self.problem.weight[edge])
        self._places[request] -= 1
        self._tasks[volunteer].add(request)

    def take_each(self, edges: Iterable[int]) -> None:
        for edge in edges:
            if self.is_possible(edge):
                self.take(edge)
