"""Invitations in waves beside telling everybody: requests filled, and how often people are asked.

Made-up volunteers who behave as the rules for waves assume (:mod:`volunteering.matching.simulate`).
The rules and the simulator share assumptions, so the figures do not foretell what a gmina will see;
they show that the rules do what they are for, in the same towns for both.
"""

from collections.abc import Iterator, Sequence
from statistics import mean

from tests.bench.figures import Figure
from volunteering.matching.invite import Policy
from volunteering.matching.simulate import Outcome, simulate_broadcast, simulate_waves

SEEDS = range(12)
MORE_POINTS = 15
SHARE_OF_INVITATIONS = 0.25
SHARED = "the policy and the simulator share assumptions"


class Wrong(RuntimeError):
    """The rules do not keep what they promise."""


def figures(_sites: int) -> Iterator[Figure]:
    policy = Policy()
    waves = [simulate_waves(seed, policy) for seed in SEEDS]
    broadcast = [simulate_broadcast(seed, policy) for seed in SEEDS]
    filled, filled_by_all = (
        100 * mean(one.fill_rate for one in outcomes) for outcomes in (waves, broadcast)
    )
    sent, sent_to_all = (
        mean(one.invitations_per_request for one in outcomes) for outcomes in (waves, broadcast)
    )
    most, most_of_all = (
        max(one.most_in_a_week for one in outcomes) for outcomes in (waves, broadcast)
    )
    quiet = sum(one.in_quiet_hours for one in waves)
    yield Figure(
        "requests filled, beside telling everybody", filled, filled_by_all, unit="%",
        more_is_better=True, note=SHARED,
    )  # fmt: skip
    yield Figure("invitations per request", sent, sent_to_all, unit="", note=SHARED)
    yield Figure("most invitations of one person in 7 days", most, most_of_all, unit="")
    yield Figure(
        "invitations outside quiet hours", 100 * _awake(waves), 100 * _awake(broadcast), unit="%",
        more_is_better=True,
    )  # fmt: skip
    if filled < filled_by_all + MORE_POINTS:
        raise Wrong(f"{filled:.1f} % filled, {filled_by_all:.1f} % by telling everybody")
    if sent > SHARE_OF_INVITATIONS * sent_to_all:
        raise Wrong(f"{sent:.1f} invitations a request, {sent_to_all:.1f} by telling everybody")
    if most > policy.most_in_a_week or quiet:
        raise Wrong(f"{most} invitations of one person in a week, {quiet} in quiet hours")


def _awake(outcomes: Sequence[Outcome]) -> float:
    """The share of invitations that came by day."""
    quiet = sum(one.in_quiet_hours for one in outcomes)
    return 1 - quiet / sum(one.invitations for one in outcomes)
