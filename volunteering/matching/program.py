"""An assignment as an integer program, stated as tightly as is cheap.

Columns are edges first, then one for each further task of somebody whom further tasks cost more.
Whatever is left out here provably changes nothing: edges that no best assignment uses, and rows
that nothing can break.
"""

from dataclasses import dataclass, field
from typing import Any

import numpy as np
from scipy import sparse

from volunteering.matching.overlaps import cliques, overlapping, too_heavy
from volunteering.matching.problem import CAPACITY_TOLERANCE, Floats, Infeasible, Ints, Problem


@dataclass(frozen=True, slots=True)
class Useful:
    """The edges that a best assignment may use.

    Attributes:
        edge: their numbers in the problem.
        net: what each is worth as the only task of its volunteer.
        most: how many tasks each volunteer can take at once, by hours and by cost.
    """

    problem: Problem
    edge: Ints
    net: Floats
    most: Ints

    @property
    def volunteer(self) -> Ints:
        return self.problem.volunteer[self.edge]

    @property
    def request(self) -> Ints:
        return self.problem.request[self.edge]

    @property
    def weight(self) -> Floats:
        return self.problem.weight[self.edge]


@dataclass(slots=True)
class Rows:
    """Rows of a matrix, collected entry by entry."""

    row: list[Ints] = field(default_factory=list)
    column: list[Ints] = field(default_factory=list)
    entry: list[Floats] = field(default_factory=list)
    limits: list[Floats] = field(default_factory=list)
    number: int = 0

    def add(self, row: Ints, column: Ints, entry: Floats, limits: Floats) -> None:
        """A block of rows, counted from 0."""
        self.row.append(row + self.number)
        self.column.append(column)
        self.entry.append(entry)
        self.limits.append(limits)
        self.number += len(limits)

    def matrix(self, columns: int) -> Any:
        parts = (self.row, self.column, self.entry)
        row, column, entry = (np.concatenate([*part, np.empty(0)]) for part in parts)
        place = row.astype(np.int64), column.astype(np.int64)
        return sparse.csc_array((entry, place), shape=(self.number, columns))

    def limit(self) -> Floats:
        return np.concatenate([*self.limits, np.empty(0)])


@dataclass(frozen=True, slots=True)
class Program:
    """Maximise gain · x with ``at_most`` x <= ``most``, ``exactly`` x = ``number``, 0 <= x <= 1.

    Attributes:
        edges: that many of the columns are edges, and are 0 or 1.
    """

    gain: Floats
    edges: int
    at_most: Any
    most: Floats
    exactly: Any
    number: Floats


def useful_edges(problem: Problem) -> Useful:
    """
    Raises:
        Infeasible: a request that must be filled has fewer edges than places.
    """
    first_cost = problem.costs[:, 0] if problem.costs.shape[1] else np.zeros_like(problem.capacity)
    net = problem.value - first_cost[problem.volunteer]
    fits = problem.weight <= problem.capacity[problem.volunteer] + CAPACITY_TOLERANCE
    wanted = (net >= 0) | (problem.must_fill[problem.request] & (net > -np.inf))
    edge = np.flatnonzero(fits & wanted & (problem.needs[problem.request] > 0))
    if len(problem.unfilled(edge)):
        raise Infeasible
    return Useful(problem, edge, net[edge], _most_tasks(problem, edge))


def program_of(useful: Useful) -> Program:
    """Its first columns are the edges of ``useful``, in their order."""
    problem, edges = useful.problem, len(useful.edge)
    degree = np.bincount(useful.volunteer, minlength=len(problem.capacity))
    most = np.minimum(useful.most, degree)
    rows, exact = Rows(), Rows()
    further, extra = _further_tasks(problem, most)
    _count_tasks(rows, useful, most, further)
    _weigh_tasks(rows, useful, most)
    _keep_apart(rows, useful, most)
    _fill_places(rows, exact, useful)
    columns = edges + len(further)
    return Program(
        np.concatenate((useful.net, -extra)), edges,
        rows.matrix(columns), rows.limit(), exact.matrix(columns), exact.limit(),
    )  # fmt: skip


def _most_tasks(problem: Problem, edge: Ints) -> Ints:
    """By hours, the lightest first; by cost, as long as it is finite."""
    volunteers = len(problem.capacity)
    room = problem.capacity + CAPACITY_TOLERANCE
    lightest = _ranked(problem, edge, problem.weight[edge])
    used, most = np.zeros(volunteers), np.zeros(volunteers, np.int64)
    for one_each in lightest:
        volunteer = problem.volunteer[one_each]
        used[volunteer] += problem.weight[one_each]
        most[volunteer] += used[volunteer] <= room[volunteer]
    endless = np.isfinite(problem.costs).all(axis=1)
    affordable = np.isfinite(problem.costs).sum(axis=1)
    return np.where(endless, most, np.minimum(most, affordable))


def _ranked(problem: Problem, edge: Ints, key: Floats) -> list[Ints]:
    """Edges in rounds: the one with the least key of each volunteer, the second, …"""
    order = edge[np.lexsort((edge, key, problem.volunteer[edge]))]
    degree = np.bincount(problem.volunteer[order], minlength=len(problem.capacity))
    rank = np.arange(len(order)) - np.repeat(np.cumsum(degree) - degree, degree)
    by_rank = order[np.argsort(rank, kind="stable")]
    return np.split(by_rank, np.cumsum(np.bincount(rank)))[:-1]


def _further_tasks(problem: Problem, most: Ints) -> tuple[Ints, Floats]:
    """A column for each task after the first that costs more than the first: whose, how much."""
    steps = problem.costs.shape[1]
    if not steps:
        return np.empty(0, np.int64), np.empty(0)
    volunteer = np.repeat(np.arange(len(most)), np.maximum(most - 1, 0))
    task = np.arange(len(volunteer)) - np.searchsorted(volunteer, volunteer) + 1
    extra = problem.costs[volunteer, np.minimum(task, steps - 1)] - problem.costs[volunteer, 0]
    return volunteer[extra > 0], extra[extra > 0]


def _count_tasks(rows: Rows, useful: Useful, most: Ints, further: Ints) -> None:
    """As many as cost no more than the first, and one for each further task that is paid for."""
    degree = np.bincount(useful.volunteer, minlength=len(most))
    paid = np.bincount(further, minlength=len(most))
    counted = (most < degree) | (paid > 0)
    row_of = np.cumsum(counted) - 1
    mine, theirs = counted[useful.volunteer], np.arange(len(further))
    rows.add(
        np.concatenate((row_of[useful.volunteer[mine]], row_of[further])),
        np.concatenate((np.flatnonzero(mine), len(useful.edge) + theirs)),
        np.concatenate((np.ones(mine.sum()), -np.ones(len(further)))),
        (most - paid)[counted].astype(float),
    )


def _weigh_tasks(rows: Rows, useful: Useful, most: Ints) -> None:
    """Only where somebody could take tasks that are too heavy together."""
    problem, volunteers = useful.problem, len(most)
    heaviest = np.zeros(volunteers)
    for number, one_each in enumerate(_ranked(problem, useful.edge, -useful.weight)):
        volunteer = problem.volunteer[one_each]
        heaviest[volunteer] += np.where(number < most[volunteer], problem.weight[one_each], 0.0)
    weighed = (most > 1) & (heaviest > problem.capacity + CAPACITY_TOLERANCE)
    mine = np.flatnonzero(weighed[useful.volunteer])
    row = (np.cumsum(weighed) - 1)[useful.volunteer[mine]]
    rows.add(row, mine, useful.weight[mine], problem.capacity[weighed])


def _keep_apart(rows: Rows, useful: Useful, most: Ints) -> None:
    """At most one of each group of tasks that overlap, or of which no two fit into the hours;
    nobody needs this who takes one anyway."""
    several = np.flatnonzero(most[useful.volunteer] > 1)
    volunteer, problem = useful.volunteer[several], useful.problem
    room = (problem.capacity + CAPACITY_TOLERANCE)[volunteer]
    groups = cliques(too_heavy(volunteer, useful.weight[several], room))
    numbers = np.repeat(
        np.arange(len(groups)), np.array([len(group) for group in groups], np.int64)
    )
    members = np.array([edge for group in groups for edge in group], np.int64)
    blocks = [(numbers, members)]
    if len(problem.conflicts):
        blocks.append(overlapping(volunteer, useful.request[several], problem.conflicts))
    for group, member in blocks:
        number = int(group.max(initial=-1)) + 1
        rows.add(group, several[member], np.ones(len(member)), np.ones(number))


def _fill_places(rows: Rows, exact: Rows, useful: Useful) -> None:
    problem = useful.problem
    degree = np.bincount(useful.request, minlength=len(problem.needs))
    must = problem.must_fill & (degree > 0)
    for block, counted in ((exact, must), (rows, ~must & (degree > problem.needs))):
        mine = np.flatnonzero(counted[useful.request])
        row = (np.cumsum(counted) - 1)[useful.request[mine]]
        block.add(row, mine, np.ones(len(mine)), problem.needs[counted].astype(float))
