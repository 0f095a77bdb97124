"""What choosing somebody else would change, in numbers."""

from typing import Any

import numpy as np
import pytest

from tests.volunteering.matching.brute_force import Arrays, best_value, random_arrays
from volunteering.matching.assign import Infeasible, solve
from volunteering.matching.explain import why_not

# Volunteer 0 can do both, volunteer 1 only request 0.
VALUES = np.array([[900.0, 700.0], [600.0, np.nan]])
ARRAYS: dict[str, Any] = {"values": VALUES, "weights": 1, "capacities": [1, 1], "needs": [1, 1]}


def test_a_request_that_would_stay_unmet() -> None:
    chosen = solve(**ARRAYS)
    assert chosen.pairs == ((0, 1), (1, 0))
    forced = why_not(**ARRAYS, pair=(0, 0), solution=chosen)
    assert forced.difference == -400
    assert forced.fewer == ((1, 1),)
    assert forced.more == ()
    assert forced.changed == (1,)
    assert forced.solution.pairs == ((0, 0),)


def test_a_chosen_pair_costs_nothing() -> None:
    chosen = solve(**ARRAYS)
    forced = why_not(**ARRAYS, pair=(0, 1), solution=chosen)
    assert (forced.difference, forced.changed, forced.solution) == (0, (), chosen)


def test_others_stay_where_they_are_if_that_is_as_good() -> None:
    """Anybody can do anything equally well: only those who have to change do."""
    everybody = np.full((8, 8), 100.0)
    arrays: dict[str, Any] = {
        "values": everybody,
        "weights": 1,
        "capacities": np.ones(8),
        "needs": np.ones(8),
    }
    chosen = solve(**arrays)
    tasks = dict(chosen.pairs)
    pair = 0, (tasks[0] + 1) % 8
    whose = next(volunteer for volunteer, request in chosen.pairs if request == pair[1])
    forced = why_not(**arrays, pair=pair, solution=chosen)
    assert forced.difference == 0
    assert forced.changed == (whose,)


def test_a_pair_that_breaks_a_rule_is_refused() -> None:
    for pair in ((1, 1), (2, 0), (0, 2), (0, -1)):
        with pytest.raises(ValueError, match="not a possible pair"):
            why_not(**ARRAYS, pair=pair, solution=solve(**ARRAYS))


def test_a_pair_that_leaves_a_request_short_that_must_be_filled() -> None:
    arrays = ARRAYS | {"must_fill": [1]}
    with pytest.raises(Infeasible):
        why_not(**arrays, pair=(0, 0), solution=solve(**arrays))


def test_a_pair_beyond_the_hours_of_somebody() -> None:
    arrays = ARRAYS | {"weights": [3, 1], "capacities": [2, 3]}
    with pytest.raises(Infeasible):
        why_not(**arrays, pair=(0, 0), solution=solve(**arrays))


def test_the_difference_is_that_to_the_best_of_all_with_the_pair() -> None:
    compared = 0
    for seed in range(120):
        arrays = random_arrays(seed, most=5)
        try:
            chosen = solve(**arrays.as_arguments())
        except Infeasible:
            continue
        for volunteer, request in np.argwhere(~np.isnan(arrays.values))[:4].tolist():
            best = best_value(_bribed(arrays, (volunteer, request)))
            try:
                forced = why_not(
                    **arrays.as_arguments(), pair=(volunteer, request), solution=chosen
                )
            except Infeasible:
                assert best is None or best < BRIBE / 2
                continue
            assert best is not None
            assert forced.solution.proved
            assert (volunteer, request) in forced.solution.pairs
            assert chosen.value + forced.difference == pytest.approx(best - BRIBE, abs=1e-6)
            assert forced.difference <= 1e-6
            compared += 1
    assert compared > 100


BRIBE = 10_000.0


def _bribed(arrays: Arrays, pair: tuple[int, int]) -> Arrays:
    """The pair is worth so much that it is in the best assignment if it can be."""
    values = arrays.values.copy()
    values[pair] += BRIBE
    return Arrays(**vars(arrays) | {"values": values})
