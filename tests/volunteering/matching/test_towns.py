"""Whole towns, too large to try everything: the value of the solver for the plain statement."""

import pytest

from tests.bench.matching import plain_statement
from tests.bench.matching_instances import make_town
from volunteering.matching.assign import solve
from volunteering.matching.explain import why_not


@pytest.mark.parametrize("seed", range(8))
@pytest.mark.parametrize(("volunteers", "requests", "places"), [(60, 120, 140), (30, 100, 130)])
def test_equals_the_solver_for_the_plain_statement(
    volunteers: int, requests: int, places: int, seed: int
) -> None:
    town = make_town(volunteers=volunteers, requests=requests, edges=600, places=places, seed=seed)
    solution = solve(**town.as_arguments())
    assert solution.proved
    assert solution.value == pytest.approx(-plain_statement(town)().fun, abs=1e-3)


def test_forcing_a_pair_leaves_most_of_a_town_alone() -> None:
    town = make_town(volunteers=60, requests=120, edges=600, places=140, seed=2)
    arrays = town.as_arguments()
    # Scores say nothing: many assignments are equally good.
    flat = town.values.tocsr()
    flat.data[:] = 1.0
    arrays |= {"values": flat, "load_costs": None}
    chosen = solve(**arrays)
    pairs = zip(*(part.tolist() for part in flat.nonzero()), strict=True)
    others = [pair for pair in pairs if pair not in chosen.pairs][:20]
    for pair in others:
        forced = why_not(**arrays, pair=pair, solution=chosen)
        assert forced.difference <= 0
        assert len(forced.changed) <= 3
