"""The assignment problem proper: nobody can take two tasks."""

from typing import Any

import numpy as np
from scipy import sparse
from scipy.optimize import linear_sum_assignment
from scipy.sparse.csgraph import min_weight_full_bipartite_matching

from volunteering.matching.problem import Infeasible, Ints
from volunteering.matching.program import Useful

# A table with fewer gaps than this is faster as a whole than edge by edge.
FULL = 0.25


def match(useful: Useful) -> Ints:
    """Edges of the problem. Every place takes a volunteer, or its own stand-in if it may stay free.

    Raises:
        Infeasible: a request that must be filled cannot be.
    """
    problem = useful.problem
    volunteers, places = len(problem.capacity), np.minimum(problem.needs, len(problem.capacity))
    try:
        place, taker = _full_matching(_costs(useful, places))
    except ValueError as no_full_matching:
        raise Infeasible from no_full_matching
    helped = taker < volunteers
    request = np.repeat(np.arange(len(places)), places)[place[helped]]
    keys = problem.volunteer * len(places) + problem.request
    edges = np.searchsorted(keys, taker[helped] * len(places) + request)
    return np.asarray(edges, np.int64)


def _costs(useful: Useful, places: Ints) -> Any:
    """Places × volunteers and, behind them, stand-ins."""
    volunteers, every = len(useful.problem.capacity), int(places.sum())
    number = places[useful.request]
    edge = np.repeat(np.arange(len(useful.edge)), number)
    nth = np.arange(len(edge)) - np.repeat(np.cumsum(number) - number, number)
    place = (np.cumsum(places) - places)[useful.request[edge]] + nth
    free = np.flatnonzero(~np.repeat(useful.problem.must_fill, places))
    # Each place is matched, so a constant changes nothing; a stored 0 would not be an edge.
    shift = np.abs(useful.net).max() + 1.0
    cost = np.concatenate((shift - useful.net[edge], np.full(len(free), shift)))
    row = np.concatenate((place, free))
    column = np.concatenate((useful.volunteer[edge], volunteers + free))
    return sparse.csr_array((cost, (row, column)), shape=(every, volunteers + every))


def _full_matching(costs: Any) -> tuple[Ints, Ints]:
    """
    Raises:
        ValueError: there is none.
    """
    if costs.nnz < FULL * costs.shape[0] * costs.shape[1]:
        rows, columns = min_weight_full_bipartite_matching(costs)
    else:
        table = costs.toarray()
        rows, columns = linear_sum_assignment(np.where(table == 0, np.inf, table))
    return rows, columns
