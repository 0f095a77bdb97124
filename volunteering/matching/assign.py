"""Who is to help whom, so that the whole is worth most: exact, or honest about what is missing.

Three steps, each only where the one before has not settled it: an assignment problem where nobody
can take two tasks, the linear relaxation, which mostly comes out whole, and the integer program on
what the relaxation leaves open.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import inf, isnan
from time import perf_counter

import numpy as np
from numpy.typing import ArrayLike
from scipy.optimize import Bounds, LinearConstraint, OptimizeResult, linprog, milp

from volunteering.matching.one_to_one import match
from volunteering.matching.problem import Floats, Infeasible, Ints, Pair, Problem, Solution, read
from volunteering.matching.program import Program, Useful, program_of, useful_edges
from volunteering.matching.simple import best_first, in_order

__all__ = ["Infeasible", "Solution", "solve"]

# The solver's own tolerances are absolute; the largest value is brought near this power of two.
LARGEST_GAIN_BITS = 16
WHOLE = 1e-6
# Two values closer than this are one, in the solver's scale: 2e-10 of the largest value.
SAME = 1e-5
# How far from the relaxation a better assignment is looked for first, in the solver's scale (a
# 60th of the largest value), and how much farther each time.
FIRST_ROOM = 1_000.0
WIDER = 8.0
# What linprog, milp and HiGHS call what happened.
_OUT_OF_TIME, _INFEASIBLE, _UNCLEAR = 1, 2, 4


def solve(  # noqa: PLR0913, PLR0917 (plain arrays, each of which says something else)
    values: ArrayLike,
    weights: ArrayLike,
    capacities: ArrayLike,
    needs: ArrayLike,
    conflicts: Sequence[Pair] | Ints = (),
    load_costs: ArrayLike | None = None,
    must_fill: Sequence[int] | Ints = (),
    time_limit: float | None = None,
) -> Solution:
    """The assignment of volunteers to requests that is worth most.

    Equal input gives equal output, unless a time limit is reached; of several best assignments it
    is always the same one. Values may be negative: such a pair is taken only for a request that
    must be filled. Every generalized assignment problem fits (agents are volunteers, jobs are
    requests with one place that must be filled, a cost is a negative value).

    Arguments:
        values: volunteers × requests; nan is no pair. In a scipy.sparse array what is absent is no
            pair and a stored 0 is one.
        weights: what a pair uses of a capacity: of each pair, of each request, or one for all.
        capacities: of each volunteer, in the unit of the weights; infinity is none.
        needs: places of each request, each for another volunteer.
        conflicts: pairs of requests that one volunteer cannot take both.
        load_costs: what the first, second, … task of a volunteer costs, never less than the one
            before: a row for each volunteer, or one for all. The last stays for all further tasks;
            infinity is a task too many.
        must_fill: requests all of whose places have to be filled.
        time_limit: seconds, after which the best assignment found is good enough.

    Raises:
        ValueError: one of the arrays is wrong; says which.
        Infeasible: ``must_fill`` cannot be kept.
        TimeoutError: neither an assignment that keeps ``must_fill`` nor a proof that there is none
            was found in time.
    """
    if time_limit is not None and (isnan(time_limit) or time_limit < 0):
        raise ValueError("time_limit: seconds from 0")
    end = perf_counter() + time_limit if time_limit is not None else inf
    problem = read(values, weights, capacities, needs, conflicts, load_costs, must_fill)
    return solve_problem(problem, end)


def solve_problem(problem: Problem, end: float = inf) -> Solution:
    """Like :func:`solve`, with what it has read, until a moment of ``perf_counter``."""
    useful = useful_edges(problem)
    if not len(useful.edge):
        return problem.solution(useful.edge, proved=True)
    if useful.most.max() == 1:
        return problem.solution(match(useful), proved=True)
    return _Search(problem, useful, program_of(useful), end).run()


@dataclass(slots=True)
class _Search:
    """
    Attributes:
        best: edges of the best assignment so far; None before one that keeps ``must_fill``.
        bound: in the unit of the values.
    """

    problem: Problem
    useful: Useful
    program: Program
    end: float
    best: Ints | None = None
    bound: float = inf
    scale: float = 1.0

    def run(self) -> Solution:
        largest = float(np.abs(self.program.gain).max())
        if largest > 0:
            self.scale = 2.0 ** (LARGEST_GAIN_BITS - np.frexp(largest)[1])
        relaxed = self._relax()
        if relaxed is None:
            self.bound = _most_at_all(self.useful)
            return self._found(proved=False)
        x = relaxed.x[: self.program.edges]
        self.bound = -float(relaxed.fun) / self.scale
        if np.abs(x - np.rint(x)).max() <= WHOLE and self._offer(self.useful.edge[x > 0.5]):
            return self._found(proved=True)
        self._offer(in_order(self.problem, self.useful.edge[np.lexsort((-self.useful.net, -x))]))
        return self._found(proved=self._branch(relaxed))

    def _relax(self) -> OptimizeResult | None:
        """With fractions allowed; None when that took too long.

        Raises:
            Infeasible: even so.
        """
        program = self.program
        for presolve in (False, True):
            result = linprog(
                -program.gain * self.scale,
                A_ub=program.at_most, b_ub=program.most, A_eq=program.exactly, b_eq=program.number,
                bounds=(0, 1), method="highs-ds",
                options={"presolve": presolve, **self._time_left()},
            )  # fmt: skip
            if result.status != _UNCLEAR:
                break
        if result.status == _INFEASIBLE:
            raise Infeasible
        if result.status not in {0, _OUT_OF_TIME}:
            raise RuntimeError(result.message)
        return result if result.status == 0 else None

    def _branch(self, relaxed: OptimizeResult) -> bool:
        """The integer program; whether it came to an end.

        First only on what the relaxation hardly minds, then on more and more of it, until nothing
        left out can be part of a better assignment.
        """
        relaxed_bound, room = self.bound, FIRST_ROOM
        while self._distance(self.bound) > SAME:
            lower, upper = self._still_open(relaxed, room)
            whole_room = self._distance(relaxed_bound)
            at_last = self._still_open(relaxed, whole_room)
            if 2 * (lower < upper).sum() > (at_last[0] < at_last[1]).sum():
                room, (lower, upper) = whole_room, at_last
            is_all = room >= whole_room
            most, is_over = self._search_within(lower, upper)
            self.bound = min(self.bound, max(most, relaxed_bound - room / self.scale))
            if is_all or not is_over:
                return is_over
            room *= WIDER
        return True

    def _search_within(self, lower: Floats, upper: Floats) -> tuple[float, bool]:
        """Between these bounds of the columns: no assignment is worth more, and whether it came to
        an end.

        Raises:
            Infeasible: there is nothing, and the bounds leave all open.
        """
        program = self.program
        whole = np.arange(len(program.gain)) < program.edges
        rows = (
            LinearConstraint(program.at_most, -np.inf, program.most),
            LinearConstraint(program.exactly, program.number, program.number),
        )
        for presolve in (True, False):
            result = milp(
                -program.gain * self.scale, constraints=rows, bounds=Bounds(lower, upper),
                integrality=whole.astype(int),
                options={"mip_rel_gap": 0.0, "presolve": presolve, **self._time_left()},
            )  # fmt: skip
            if result.status != _UNCLEAR:
                break
        if result.x is not None:
            self._offer(self.useful.edge[result.x[: program.edges] > 0.5])
        if result.status == _INFEASIBLE:
            if lower.max() == 0 and upper.min() == 1:
                raise Infeasible
            return -inf, True
        if result.status not in {0, _OUT_OF_TIME}:
            raise RuntimeError(result.message)
        bound = result.mip_dual_bound
        most = inf if bound is None or isnan(bound) else -float(bound) / self.scale
        return most, result.status == 0

    def _still_open(self, relaxed: OptimizeResult, room: float) -> tuple[Floats, Floats]:
        """Bounds of the columns: no assignment that changes a closed one comes closer to the
        relaxation than ``room``, in the solver's scale."""
        # Further tasks are whole in a best assignment as well: they cost ever more.
        can_rise = relaxed.lower.marginals <= room + 10 * SAME
        can_fall = -relaxed.upper.marginals <= room + 10 * SAME
        return np.where(can_fall, 0.0, 1.0), np.where(can_rise, 1.0, 0.0)

    def _offer(self, edges: Ints) -> bool:
        """Whether this is the best assignment so far."""
        if len(self.problem.unfilled(edges)):
            return False
        if self.best is not None and self.problem.worth(edges) <= self.problem.worth(self.best):
            return False
        self.best = edges
        return True

    def _distance(self, bound: float) -> float:
        """From the best assignment to a bound, in the solver's scale."""
        if self.best is None:
            return inf
        return (bound - self.problem.worth(self.best)) * self.scale

    def _found(self, *, proved: bool) -> Solution:
        if self.best is None:
            self._offer(best_first(self.problem))
        if self.best is None:
            raise TimeoutError("no assignment was found in time, and no proof that there is none")
        return self.problem.solution(self.best, self.bound, proved=proved)

    def _time_left(self) -> dict[str, float]:
        return {} if self.end == inf else {"time_limit": max(self.end - perf_counter(), 0.0)}


def _most_at_all(useful: Useful) -> float:
    """As if everybody could take everything: the best volunteers of each request."""
    order = np.lexsort((-useful.net, useful.request))
    request = useful.request[order]
    rank = np.arange(len(order)) - np.searchsorted(request, request)
    return float(useful.net[order][rank < useful.problem.needs[request]].sum())
