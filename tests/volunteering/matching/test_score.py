"""Parts that add up, each between nothing and its maximum."""

from dataclasses import asdict, replace

import numpy as np
import pytest

from volunteering.matching.score import MAXIMA, PARTS, Columns, score_many, score_one

AVERAGE = Columns(
    distance_km=2.0,
    radius_km=4.0,
    has_helped_before=False,
    slack_minutes=30,
    preferred_skills_matched=1,
    preferred_skills_wanted=2,
    speaks_preferred_language=False,
    days_since_last_task=14,
)
BEST = Columns(
    distance_km=0,
    radius_km=4,
    has_helped_before=True,
    slack_minutes=600,
    preferred_skills_matched=3,
    preferred_skills_wanted=3,
    speaks_preferred_language=True,
    days_since_last_task=np.nan,
)


def test_parts_of_an_average_pair() -> None:
    parts = score_one(AVERAGE)
    assert asdict(parts) == {
        "distance": 150, "same_person": 0, "time_fit": 75, "preferred_skill": 75, "language": 0,
        "not_recently_used": 50,
    }  # fmt: skip
    assert parts.total == 350


def test_best_pair_has_every_maximum() -> None:
    parts = score_one(BEST)
    assert tuple(asdict(parts)) == PARTS
    assert tuple(asdict(parts).values()) == MAXIMA
    assert parts.total == 1000


@pytest.mark.parametrize(
    ("change", "part", "expected"),
    [
        ({"distance_km": 4.0}, "distance", 0),
        ({"distance_km": 9.0}, "distance", 0),
        ({"distance_km": np.nan}, "distance", 300),
        ({"distance_km": 0.0, "radius_km": 0.0}, "distance", 300),
        ({"distance_km": 1.0, "radius_km": 0.0}, "distance", 0),
        ({"has_helped_before": True}, "same_person", 200),
        ({"slack_minutes": 0}, "time_fit", 0),
        ({"slack_minutes": -5}, "time_fit", 0),
        ({"preferred_skills_matched": 0, "preferred_skills_wanted": 0}, "preferred_skill", 150),
        ({"preferred_skills_matched": 0}, "preferred_skill", 0),
        ({"speaks_preferred_language": True}, "language", 100),
        ({"days_since_last_task": 0}, "not_recently_used", 0),
        ({"days_since_last_task": 400}, "not_recently_used", 100),
    ],
)
def test_one_fact_changes_one_part(change: dict[str, float], part: str, expected: int) -> None:
    before, after = asdict(score_one(AVERAGE)), asdict(score_one(replace(AVERAGE, **change)))
    assert after == before | {part: expected}


def test_many_pairs_score_like_each_alone_and_stay_in_range() -> None:
    random = np.random.default_rng(3)
    columns = [
        random.uniform(0, 12, 500), random.uniform(0, 10, 500), random.random(500) < 0.2,
        random.uniform(-10, 200, 500), random.integers(0, 4, 500), random.integers(0, 4, 500),
        random.random(500) < 0.5, random.uniform(0, 60, 500),
    ]  # fmt: skip
    parts = score_many(Columns(*columns))
    assert parts.shape == (500, 6)
    assert (parts >= 0).all()
    assert (parts <= MAXIMA).all()
    for row in range(0, 500, 50):
        alone = score_one(Columns(*(column[row] for column in columns)))
        assert tuple(asdict(alone).values()) == tuple(parts[row].tolist())
        assert 0 <= alone.total == parts[row].sum() <= 1000


def test_columns_of_different_length_are_refused() -> None:
    with pytest.raises(ValueError, match="one value for each pair"):
        score_many(replace(AVERAGE, radius_km=[1.0, 2.0]))
