"""How well somebody who may help would suit: six integer parts that add up to 0..1000.

A part is what a person would also weigh: how far it is, whether the two know each other, how much
room the day leaves. Age, sex, origin, faith, health and the like are not columns and cannot be
weighed. Whether somebody *may* help at all is settled before, by the hard rules.
"""

from dataclasses import astuple, dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

PARTS = (
    "distance",
    "same_person",
    "time_fit",
    "preferred_skill",
    "language",
    "not_recently_used",
)
MAXIMA = (300, 200, 150, 150, 100, 100)

# This much free time around the task and the way is as good as any more.
AMPLE_SLACK_MINUTES = 60.0
# After four weeks without a task somebody is as rested as somebody who has had none.
RESTED_DAYS = 28.0


@dataclass(frozen=True, slots=True)
class Columns:
    """One value for each pair, in arrays of the same length n.

    Attributes:
        distance_km: nan for a task nobody has to travel to.
        radius_km: how far the volunteer goes.
        has_helped_before: this requester.
        slack_minutes: free time that the task and the way leave of the volunteer's window.
        preferred_skills_matched, preferred_skills_wanted: how many; the required ones are a rule.
        speaks_preferred_language: the requester's preferred one, not just a common one.
        days_since_last_task: nan for never.
    """

    distance_km: ArrayLike
    radius_km: ArrayLike
    has_helped_before: ArrayLike
    slack_minutes: ArrayLike
    preferred_skills_matched: ArrayLike
    preferred_skills_wanted: ArrayLike
    speaks_preferred_language: ArrayLike
    days_since_last_task: ArrayLike


@dataclass(frozen=True, slots=True)
class Parts:
    """The parts of one pair, in the order of :data:`PARTS`."""

    distance: int
    same_person: int
    time_fit: int
    preferred_skill: int
    language: int
    not_recently_used: int

    @property
    def total(self) -> int:
        return sum(astuple(self))


def score_many(columns: Columns) -> NDArray[np.int64]:
    """The parts of n pairs: an array (n, 6) in the order of :data:`PARTS`.

    Raises:
        ValueError: the columns differ in length.
    """
    (
        distance, radius, helped, slack, matched, wanted, language, days,
    ) = _same_length(columns)  # fmt: skip
    with np.errstate(divide="ignore", invalid="ignore"):
        nearness = np.where(distance <= 0, 1.0, 1 - distance / radius)
        skills = np.where(wanted > 0, matched / wanted, 1.0)
    shares = (
        np.where(np.isnan(distance), 1.0, nearness),
        helped != 0,
        slack / AMPLE_SLACK_MINUTES,
        skills,
        language != 0,
        np.where(np.isnan(days), 1.0, days / RESTED_DAYS),
    )
    kept = np.clip(np.column_stack(shares), 0.0, 1.0)
    return np.asarray(np.rint(kept * MAXIMA), np.int64)


def score_one(columns: Columns) -> Parts:
    """The parts of a single pair, of columns that hold one value each."""
    [parts] = score_many(columns).tolist()
    return Parts(*parts)


def _same_length(columns: Columns) -> list[NDArray[np.float64]]:
    names = type(columns).__slots__
    arrays = [np.atleast_1d(np.asarray(getattr(columns, name), float)) for name in names]
    if {array.shape for array in arrays} != {(len(arrays[0]),)}:
        raise ValueError("every column needs one value for each pair")
    return arrays
