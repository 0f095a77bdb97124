"""The best assignment, proved; and what is wrong with the arrays is said."""

import os
import subprocess
import sys
from typing import Any

import numpy as np
import pytest
from scipy import sparse
from scipy.optimize import linear_sum_assignment

from tests.volunteering.matching.brute_force import best_value, random_arrays, worth
from volunteering.matching.assign import Infeasible, solve

ONE = np.ones(1)


@pytest.mark.parametrize("block", range(10))
def test_equals_brute_force_on_random_instances(block: int) -> None:
    for seed in range(40 * block, 40 * (block + 1)):
        arrays = random_arrays(seed)
        best = best_value(arrays)
        if best is None:
            with pytest.raises(Infeasible):
                solve(**arrays.as_arguments())
            continue
        solution = solve(**arrays.as_arguments())
        assert solution.value == pytest.approx(best, abs=1e-6), seed
        assert worth(arrays, solution.pairs) == pytest.approx(solution.value, abs=1e-6)
        assert solution.proved
        assert solution.bound == solution.value
        assert solution.gap == 0


def test_random_instances_have_every_option() -> None:
    """So that the test above means something."""
    many = [random_arrays(seed) for seed in range(400)]
    for has_option in (
        lambda one: one.values.shape == (6, 6),
        lambda one: one.conflicts,
        lambda one: one.must_fill,
        lambda one: one.needs.max() > 1,
        lambda one: np.ndim(one.weights) == 2,
        lambda one: one.load_costs is not None and one.load_costs.ndim == 2,
        lambda one: one.load_costs is not None and np.isinf(one.load_costs).any(),
        lambda one: np.nanmin(one.values, initial=0) < 0,
        lambda one: best_value(one) is None,
    ):
        assert sum(bool(has_option(one)) for one in many) >= 10


def knapsacks(agents: int, jobs: int, seed: int) -> dict[str, Any]:
    """A generalized assignment problem that relaxations say little about (Chu and Beasley's D):
    who uses much of a capacity is cheap."""
    random = np.random.default_rng(seed)
    uses = random.integers(1, 101, (agents, jobs)).astype(float)
    return {
        "values": uses - 111 - random.integers(-10, 11, (agents, jobs)),
        "weights": uses,
        "capacities": 0.8 * uses.sum(axis=1) / agents,
        "needs": np.ones(jobs),
    }


@pytest.mark.parametrize("seed", range(12))
def test_equals_brute_force_where_the_relaxation_says_little(seed: int) -> None:
    hard = knapsacks(3, 8, seed)
    choices = np.stack(np.meshgrid(*[range(3)] * 8), axis=-1).reshape(-1, 8)
    jobs = np.arange(8)
    used = [np.where(choices == agent, hard["weights"][agent], 0).sum(axis=1) for agent in range(3)]
    fits = (np.array(used) <= hard["capacities"][:, None] + 1e-6).all(axis=0)
    if not fits.any():
        with pytest.raises(Infeasible):
            solve(**hard, must_fill=range(8))
        return
    best = hard["values"][choices[fits], jobs].sum(axis=1).max()
    assert solve(**hard, must_fill=range(8)).value == pytest.approx(best, abs=1e-6)


def test_textbook_generalized_assignment() -> None:
    """Three agents, eight jobs, each done once at the least cost, which trying all 6,561 gives."""
    costs = np.array(
        [
            [27, 12, 12, 16, 24, 31, 41, 13],
            [14, 5, 37, 9, 36, 25, 1, 34],
            [34, 34, 20, 9, 19, 19, 3, 34],
        ]
    )
    hours = np.array(
        [
            [21, 13, 9, 5, 7, 15, 5, 24],
            [20, 8, 18, 25, 6, 6, 9, 6],
            [16, 16, 18, 24, 11, 11, 16, 18],
        ]
    )
    solution = solve(-costs, hours, [26, 25, 34], np.ones(8), must_fill=range(8))
    assert sorted(job for _agent, job in solution.pairs) == list(range(8))
    for agent, capacity in enumerate((26, 25, 34)):
        assert sum(hours[one] for one in solution.pairs if one[0] == agent) <= capacity
    choices = np.stack(np.meshgrid(*[range(3)] * 8), axis=-1).reshape(-1, 8)
    jobs = np.arange(8)
    fits = np.ones(len(choices), bool)
    for agent, capacity in enumerate((26, 25, 34)):
        fits &= (hours[agent] * (choices == agent)).sum(axis=1) <= capacity
    assert solution.value == -costs[choices[fits], jobs].sum(axis=1).min()


@pytest.mark.parametrize("share", [1.0, 0.1])
def test_one_to_one_like_the_assignment_problem(share: float) -> None:
    random = np.random.default_rng(7)
    values = random.integers(-500, 500, (80, 60)).astype(float)
    values[random.random(values.shape) > share] = np.nan
    solution = solve(values, 1, np.ones(80), np.ones(60))
    rows, columns = linear_sum_assignment(np.nan_to_num(np.maximum(values, 0)), maximize=True)
    assert solution.value == np.nan_to_num(np.maximum(values, 0))[rows, columns].sum()
    assert solution.proved


def test_one_to_one_that_cannot_be_kept() -> None:
    with pytest.raises(Infeasible):
        solve(np.ones((2, 3)), 1, np.ones(2), np.ones(3), must_fill=[0, 1, 2])


def test_sparse_values_are_like_dense_ones_and_a_stored_zero_is_a_pair() -> None:
    arrays = random_arrays(12).as_arguments()
    there = ~np.isnan(arrays["values"])
    who, where = np.nonzero(there)
    stored = sparse.coo_array((arrays["values"][there], (who, where)), shape=there.shape)
    assert solve(**arrays | {"values": stored}) == solve(**arrays)
    zero = sparse.coo_array(([0.0], ([1], [0])), shape=(2, 1))
    assert solve(zero, 1, np.ones(2), ONE, must_fill=[0]).pairs == ((1, 0),)


def test_fractions_of_hours_fit_exactly() -> None:
    assert solve([[1.0, 1.0]], [0.1, 0.2], [0.3], [1, 1]).value == 2


def test_nothing_to_assign() -> None:
    assert solve(np.full((2, 2), np.nan), 1, [1, 1], [1, 1]).pairs == ()
    assert solve(np.empty((0, 3)), 1, [], [1, 1, 1]).value == 0
    with pytest.raises(Infeasible):
        solve(np.full((2, 2), np.nan), 1, [1, 1], [1, 1], must_fill=[0])


def test_time_limit_returns_the_gap_and_proves_nothing() -> None:
    hard = knapsacks(10, 60, seed=1)
    hard["values"] += 200
    solution = solve(**hard, time_limit=0.2)
    assert not solution.proved
    assert solution.gap > 0
    assert solution.bound == solution.value + solution.gap
    used = np.zeros(10)
    for agent, job in solution.pairs:
        used[agent] += hard["weights"][agent, job]
    assert (used <= hard["capacities"] + 1e-6).all()


def test_no_time_at_all_still_gives_an_assignment() -> None:
    hard = knapsacks(10, 60, seed=1)
    hard["values"] += 200
    solution = solve(**hard, time_limit=0)
    assert solution.pairs
    assert not solution.proved
    with pytest.raises(TimeoutError, match="no assignment was found"):
        solve(**knapsacks(10, 60, seed=1), must_fill=range(60), time_limit=0)


def test_a_limit_that_is_not_reached_changes_nothing() -> None:
    arrays = random_arrays(3).as_arguments()
    assert solve(**arrays, time_limit=60) == solve(**arrays)


DETERMINISM = """
from tests.volunteering.matching.brute_force import random_arrays
from tests.bench.matching_instances import make_town
from volunteering.matching.assign import Infeasible, solve
town = make_town(volunteers=300, requests=200, edges=1500, places=300)
print(repr(solve(**town.as_arguments())))
for seed in range(40):
    try:
        print(repr(solve(**random_arrays(seed).as_arguments())))
    except Infeasible:
        print("infeasible")
"""


def test_two_processes_give_the_same_bytes() -> None:
    answers = {
        subprocess.run(
            [sys.executable, "-c", DETERMINISM],
            env=os.environ | {"PYTHONHASHSEED": seed, "PYTHONPATH": "."},
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(answers) == 1
    assert b"proved=True" in answers.pop()


RIGHT: dict[str, Any] = {
    "values": np.ones((2, 3)),
    "weights": 1,
    "capacities": np.ones(2),
    "needs": np.ones(3),
}


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"values": np.ones(3)}, "values: a table"),
        ({"values": np.full((2, 3), np.inf)}, "infinity means nothing"),
        ({"weights": np.ones(2)}, "weights: one number, 3 numbers"),
        ({"weights": np.nan}, "not nan"),
        ({"weights": [1, np.nan, 1]}, "not nan"),
        ({"weights": np.full((2, 3), -1.0)}, "a number from 0"),
        ({"capacities": np.ones(3)}, "each of 2 volunteers"),
        ({"capacities": [1, -1]}, "capacities: a number from 0"),
        ({"capacities": [1, np.nan]}, "not nan"),
        ({"needs": np.ones(2)}, "each of 3 requests"),
        ({"needs": [1, 1, -1]}, "fewer than 0"),
        ({"needs": [1, 1, 0.5]}, "needs: whole numbers"),
        ({"needs": [1, 1, np.nan]}, "needs: whole numbers"),
        ({"conflicts": [(0, 3)]}, "from 0 to 2"),
        ({"conflicts": [(1, 1)]}, "with itself"),
        ({"conflicts": [(0, 1, 2)]}, "pairs of requests"),
        ({"load_costs": [3, 2]}, "must not cost less"),
        ({"load_costs": [np.nan]}, "load_costs: numbers"),
        ({"load_costs": np.zeros((3, 2))}, "each of 2 volunteers"),
        ({"must_fill": [3]}, "from 0 to 2"),
        ({"must_fill": [True, False, True]}, "must_fill: whole numbers"),
        ({"time_limit": -1}, "seconds from 0"),
    ],
)
def test_wrong_arrays_are_refused_in_words(change: dict[str, Any], words: str) -> None:
    with pytest.raises(ValueError, match=words):
        solve(**RIGHT | change)
