"""Assigning volunteers: ours beside the bare solver, beside what people do by hand, and from the
tables of a gmina to the assignment.

Ours is the whole of ``solve``: reading and checking the arrays, stating the problem, solving it.
The reference is the time that ``scipy.optimize.milp`` alone takes for the plain statement of the
same edges, which is ready before the clock starts. Both have to come to the same value. From the
tables everything counts: the query for the edges, what volunteers have done lately, the solution.
"""

from collections.abc import Callable, Iterator
from functools import partial
from itertools import combinations
from time import perf_counter
from typing import Any

import numpy as np
from scipy import sparse
from scipy.optimize import Bounds, LinearConstraint, OptimizeResult, milp

from tenants.binding import bind
from tenants.fleet import migrate_fleet
from tenants.teryt import load_municipalities
from tests.bench.figures import Figure
from tests.bench.matching_instances import Town, make_town
from tests.bench.volunteers import fill_in, make_gmina
from volunteering.batching import batch_of
from volunteering.matching.assign import solve
from volunteering.matching.simple import first_come, greedy

# Volunteers, requests, edges, places.
SIZES = ((2_000, 300, 6_000, 450), (5_000, 1_000, 20_000, 1_500))
AT_MOST_BARE = 2.0
# Volunteers, requests, and the seconds from the tables to the assignment.
GMINAS = ((2_000, 300, 1.0), (5_000, 1_000, 3.0))
# The largest score against a place: nothing that is not one place is worth as much as this.
SAME_VALUE = 1e-3
ROUNDS = 5


class Wrong(RuntimeError):
    """Slower than promised, or not the best assignment."""


def figures(_sites: int) -> Iterator[Figure]:
    yield from solver_figures()
    yield from comparison_figures()
    yield from database_figures()


def solver_figures() -> Iterator[Figure]:
    """Seconds, ours and the bare solver's, the best of some rounds in turn."""
    for volunteers, requests, edges, places in SIZES:
        town = make_town(volunteers=volunteers, requests=requests, edges=edges, places=places)
        ask_solver = plain_statement(town)
        ours, bare = [], []
        for _round in range(ROUNDS):
            seconds, solution = _timed(partial(solve, **town.as_arguments()))
            ours.append(seconds)
            seconds, result = _timed(ask_solver)
            bare.append(seconds)
            if not solution.proved or abs(solution.value + result.fun) > SAME_VALUE:
                raise Wrong(f"{solution.value} is not the value {-result.fun} of the solver")
        name = f"{volunteers:,} volunteers, {requests:,} requests, {edges:,} edges"
        figure = Figure(name, min(ours), min(bare), note="at least 0.5")
        yield figure
        if figure.ratio < 1 / AT_MOST_BARE:
            raise Wrong(f"{name}: {figure.ours:.2f} s, the bare solver {figure.reference:.2f} s")


def comparison_figures() -> Iterator[Figure]:
    """Places filled, weighted with their urgency, where there are too few volunteers."""
    town = make_town(volunteers=100, requests=240, edges=2_000, places=280)
    best = solve(**town.as_arguments())
    for name, by_hand in (("first come", first_come), ("greedy", greedy)):
        theirs = by_hand(**town.as_arguments())
        if theirs.value > best.value or town.filled(theirs.pairs) >= town.filled(best.pairs):
            raise Wrong(f"{name} is worth {theirs.value}, ours {best.value}")
        yield Figure(
            f"weighted places filled, beside {name}", town.filled(best.pairs),
            town.filled(theirs.pairs), unit="", more_is_better=True, note=f"of {town.wanted}",
        )  # fmt: skip


def database_figures() -> Iterator[Figure]:
    """Seconds from the tables of a gmina to a proved assignment, the best of some rounds."""
    migrate_fleet(write=lambda _line: None)
    load_municipalities()
    for number, (volunteers, requests, at_most) in enumerate(GMINAS):
        with bind(make_gmina(number)):
            asked = fill_in(volunteers, requests)
            rounds = []
            for _round in range(ROUNDS):
                reading, batch = _timed(partial(batch_of, asked))
                solving, solution = _timed(partial(solve, **batch.as_arguments()))
                rounds.append((reading + solving, reading, solving))
                if not solution.proved:
                    raise Wrong("the assignment is not proved to be the best")
        seconds, reading, solving = min(rounds)
        yield Figure(
            f"{volunteers:,} volunteers, {requests:,} requests, from tables", seconds, at_most,
            note=f"at least 1; {len(batch.edges):,} edges, read {reading:.2f} s, solved"
            f" {solving:.2f} s",
        )  # fmt: skip
        if seconds > at_most:
            raise Wrong(f"{seconds:.2f} s for {volunteers:,} × {requests:,}")


def plain_statement(town: Town) -> Callable[[], OptimizeResult]:
    """One column for each edge and each task of a volunteer, one row for each rule and pair."""
    table = sparse.csr_array(town.values).tocoo()
    volunteer, request = table.row, table.col
    (volunteers, requests), edges = table.shape, len(table.data)
    tasks = np.bincount(volunteer, minlength=volunteers)
    whose = np.repeat(np.arange(volunteers), tasks)
    nth = np.arange(edges) - np.searchsorted(whose, whose)
    costs = town.load_costs[np.minimum(nth, len(town.load_costs) - 1)]
    columns, edge = 2 * edges, np.arange(edges)
    pairs = np.array(_overlapping(town, volunteer, request), np.int64).reshape(-1, 2)

    def rows(data: object, row: object, column: object, number: int) -> sparse.csr_array:
        return sparse.csr_array((data, (row, column)), shape=(number, columns))

    hours = rows(town.weights[request], volunteer, edge, volunteers)
    places = rows(np.ones(edges), request, edge, requests)
    apart = rows(
        np.ones(pairs.size), np.repeat(np.arange(len(pairs)), 2), pairs.ravel(), len(pairs)
    )
    loads = rows(
        np.repeat((1.0, -1.0), edges), np.concatenate((volunteer, whose)),
        np.arange(columns), volunteers,
    )  # fmt: skip
    constraints = (
        LinearConstraint(hours.tocsc(), -np.inf, town.capacities),
        LinearConstraint(places.tocsc(), -np.inf, town.needs),
        LinearConstraint(apart.tocsc(), -np.inf, 1),
        LinearConstraint(loads.tocsc(), 0, 0),
    )
    losses = np.concatenate((-table.data, costs))
    whole = (np.arange(columns) < edges).astype(int)
    return lambda: milp(
        losses, constraints=constraints, bounds=Bounds(0, 1), integrality=whole,
        options={"mip_rel_gap": 0.0},
    )  # fmt: skip


def _overlapping(town: Town, volunteer: np.ndarray, request: np.ndarray) -> list[tuple[int, int]]:
    """Edges of one volunteer that overlap."""
    overlaps = set(town.conflicts)
    mine: dict[int, list[int]] = {}
    for edge, who in enumerate(volunteer.tolist()):
        mine.setdefault(who, []).append(edge)
    return [
        (one, other)
        for edges in mine.values()
        for one, other in combinations(edges, 2)
        if (int(request[one]), int(request[other])) in overlaps
    ]


def _timed(work: Callable[[], Any]) -> tuple[float, Any]:
    start = perf_counter()
    result = work()
    return perf_counter() - start, result
