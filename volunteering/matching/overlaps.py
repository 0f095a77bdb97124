"""Edges of which somebody can take one only, as groups: the larger a group, the more its one
constraint says."""

from itertools import combinations

import numpy as np

from volunteering.matching.problem import Floats, Ints, Pair

# Too heavy pairs are looked for among so many neighbours of an edge; the hours are kept anyway.
NEIGHBOURS = 40


def overlapping(volunteer: Ints, request: Ints, conflicts: Ints) -> tuple[Ints, Ints]:
    """Groups of edges of one volunteer that cover all whose requests conflict: the number of a
    group and an edge in it, entry by entry.

    Arguments:
        volunteer, request: of each edge.
        conflicts: (m, 2).
    """
    of_requests = cliques({(one, other) for one, other in conflicts.tolist()})
    members = np.array([(r, g) for g, group in enumerate(of_requests) for r in group], np.int64)
    members = members[np.argsort(members[:, 0], kind="stable")]
    first = np.searchsorted(members[:, 0], request)
    number = np.searchsorted(members[:, 0], request, side="right") - first
    edge = np.repeat(np.arange(len(request)), number)
    step = np.arange(len(edge)) - np.repeat(np.cumsum(number) - number, number)
    key = volunteer[edge] * len(of_requests) + members[np.repeat(first, number) + step, 1]
    _keys, group, size = np.unique(key, return_inverse=True, return_counts=True)
    shared = size > 1
    return (np.cumsum(shared) - 1)[group][shared[group]], edge[shared[group]]


def too_heavy(volunteer: Ints, weight: Floats, room: Floats) -> set[Pair]:
    """Pairs of edges of one volunteer that do not fit into their room together: not all of them
    where somebody has very many edges.

    Arguments:
        volunteer, weight, room: of each edge, in the order of volunteers.
    """
    pairs: set[Pair] = set()
    largest = int(np.bincount(volunteer).max(initial=0))
    for step in range(1, min(largest, NEIGHBOURS + 1)):
        is_same = volunteer[:-step] == volunteer[step:]
        one = np.flatnonzero(is_same & (weight[:-step] + weight[step:] > room[step:]))
        pairs.update(zip(one.tolist(), (one + step).tolist(), strict=True))
    return pairs


def cliques(pairs: set[Pair]) -> list[list[int]]:
    """Groups that cover every pair and of which all members are paired: greedily, each as large as
    it gets, always the same."""
    beside: dict[int, set[int]] = {}
    for one, other in pairs:
        beside.setdefault(one, set()).add(other)
        beside.setdefault(other, set()).add(one)
    covered: set[Pair] = set()
    groups = []
    for one, other in sorted(pairs):
        if (one, other) in covered:
            continue
        group = [one, other]
        for more in sorted(beside[one] & beside[other]):
            if beside[more].issuperset(group):
                group.append(more)
        group.sort()
        covered.update(combinations(group, 2))
        groups.append(group)
    return groups
