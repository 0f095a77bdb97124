"""What people do by hand keeps the rules and is never better."""

from collections.abc import Callable

import numpy as np
import pytest

from tests.volunteering.matching.brute_force import best_value, random_arrays, worth
from volunteering.matching.assign import Solution
from volunteering.matching.simple import first_come, greedy

VALUES = np.array([[9.0, 8.0], [8.0, 1.0]])


def test_greedy_takes_the_best_pair_first() -> None:
    solution = greedy(VALUES, 1, [1, 1], [1, 1])
    assert solution.pairs == ((0, 0), (1, 1))
    assert (solution.value, solution.bound, solution.proved) == (10, np.inf, False)


def test_first_come_serves_requests_in_order() -> None:
    values = np.array([[5.0, 9.0], [np.nan, 1.0]])
    assert first_come(values, 1, [1, 1], [1, 1]).pairs == ((0, 0), (1, 1))
    assert greedy(values, 1, [1, 1], [1, 1]).pairs == ((0, 1),)


def test_equals_go_to_the_first_volunteer_and_request() -> None:
    assert greedy(np.ones((2, 2)), 1, [1, 1], [1, 1]).pairs == ((0, 0), (1, 1))


def test_greedy_counts_what_a_further_task_costs() -> None:
    values = np.array([[9.0, 8.0], [np.nan, 5.0]])
    assert greedy(values, 1, [2, 2], [1, 1], load_costs=[0, 4]).pairs == ((0, 0), (1, 1))


@pytest.mark.parametrize("by_hand", [greedy, first_come])
def test_never_better_than_the_best(by_hand: Callable[..., Solution]) -> None:
    for seed in range(150):
        arrays = random_arrays(seed)
        if arrays.must_fill:
            continue
        best = best_value(arrays)
        assert best is not None
        solution = by_hand(**arrays.as_arguments())
        assert worth(arrays, solution.pairs) == pytest.approx(solution.value)
        assert solution.value <= best + 1e-6
