"""Whom to ask, in what order and when: few at a time, the likeliest first, nobody too often.

A wave goes to as many people as make a yes likely enough. Who has just been asked is taken to be
less attentive, so the same few are not asked again and again.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from math import exp, prod

# Somebody never asked is taken to say yes to one of eight.
PRIOR_ACCEPTED, PRIOR_INVITED = 1, 8
# Days in which attention returns, and what is left of it at once.
RECOVERY_DAYS, LEFT_DAYS = 4.0, 0.25
# The best possible score doubles what a likely yes is worth.
FULL_SCORE = 1000


@dataclass(frozen=True, slots=True)
class Policy:
    """
    Attributes:
        fill_share: how likely a yes each wave should make, 0..1; a first urgent one.
        cooldown: between two invitations of one person.
        most_in_a_week: invitations of one person.
        newcomers: places of each wave for people who have had no task yet.
        quiet_from, quiet_until: local hours without invitations.
        longest_gap, gaps_in_lead: between waves: the first, or that part of the lead if shorter.
    """

    fill_share: float = 0.3
    urgent_fill_share: float = 0.6
    most_waves: int = 6
    cooldown: timedelta = timedelta(days=2)
    most_in_a_week: int = 3
    newcomers: int = 1
    quiet_from: time = time(20)
    quiet_until: time = time(8)
    longest_gap: timedelta = timedelta(hours=2)
    gaps_in_lead: int = 8


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody who may help and has not been asked for this yet.

    Attributes:
        score: 0..1000.
        accepted, invited: how often, ever.
        days_since_last_invitation: None for never.
        distance_factor: how distance changes the chance of a yes; 1 changes nothing.
    """

    id: int
    score: int
    accepted: int
    invited: int
    invitations_last_7_days: int
    days_since_last_invitation: float | None
    has_had_task: bool
    distance_factor: float = 1.0

    @property
    def chance(self) -> float:
        """Of a yes to an invitation sent now, 0..1."""
        likely = p_hat(self.accepted, self.invited, self.distance_factor)
        return likely * activity(self.days_since_last_invitation)


def p_hat(accepted: int, invited: int, distance_factor: float) -> float:
    """How likely somebody attentive says yes, 0..1."""
    share = (PRIOR_ACCEPTED + accepted) / (PRIOR_INVITED + invited)
    return min(max(share * distance_factor, 0.0), 1.0)


def activity(days_since_last_invitation: float | None) -> float:
    """How attentive somebody is, 0..1; None is never invited."""
    if days_since_last_invitation is None:
        return 1.0
    return 1 - exp(-(days_since_last_invitation + LEFT_DAYS) / RECOVERY_DAYS)


def p_fill(probabilities: Iterable[float]) -> float:
    """How likely at least one of them says yes."""
    return 1 - prod(1 - probability for probability in probabilities)


def next_wave(
    candidates: Sequence[Candidate], policy: Policy, wave_number: int, *, urgent: bool = False
) -> tuple[int, ...]:
    """Ids of those to ask now, best first; waves are counted from 1, and after the last nobody is.

    Raises:
        ValueError: the wave before the first.
    """
    if wave_number < 1:
        raise ValueError("waves are counted from 1")
    if wave_number > policy.most_waves:
        return ()
    is_larger = urgent and wave_number == 1
    enough = policy.urgent_fill_share if is_larger else policy.fill_share
    ranked = sorted(
        (one for one in candidates if may_be_asked(one, policy)),
        key=lambda one: (-one.chance * (1 + one.score / FULL_SCORE), one.id),
    )
    chosen = [one for one in ranked if not one.has_had_task][: policy.newcomers]
    nobody = 1 - p_fill(one.chance for one in chosen)
    for one in ranked:
        if 1 - nobody >= enough:
            break
        if one not in chosen:
            chosen.append(one)
            nobody *= 1 - one.chance
    return tuple(one.id for one in ranked if one in chosen)


def may_be_asked(candidate: Candidate, policy: Policy) -> bool:
    """Whether they have been left alone long enough."""
    days = candidate.days_since_last_invitation
    is_rested = days is None or timedelta(days=days) >= policy.cooldown
    return is_rested and candidate.invitations_last_7_days < policy.most_in_a_week


def next_wave_at(now: datetime, lead: timedelta, policy: Policy) -> datetime:
    """When the wave after the one sent now is due, in the zone of ``now``.

    Arguments:
        lead: from the beginning of the search to the task.

    Raises:
        ValueError: ``now`` has no zone, or the task lies before the search.
    """
    if now.tzinfo is None:
        raise ValueError("whether it is night depends on a zone")
    if lead < timedelta(0):
        raise ValueError("the task is over")
    gap = min(policy.longest_gap, lead / policy.gaps_in_lead)
    # In UTC: two hours are two hours in the night the clocks change.
    return after_quiet((now.astimezone(UTC) + gap).astimezone(now.tzinfo), policy)


def after_quiet(moment: datetime, policy: Policy) -> datetime:
    """This moment, or the end of the quiet hours it falls into.

    Raises:
        ValueError: it has no zone.
    """
    if moment.tzinfo is None:
        raise ValueError("whether it is night depends on a zone")
    if not is_quiet(moment.time(), policy):
        return moment
    is_tomorrow = policy.quiet_until <= moment.time()
    day = moment.date() + timedelta(days=is_tomorrow)
    return datetime.combine(day, policy.quiet_until, tzinfo=moment.tzinfo)


def is_quiet(hour: time, policy: Policy) -> bool:
    """Quiet hours may go over midnight; the first minute belongs to them, the end does not."""
    if policy.quiet_from <= policy.quiet_until:
        return policy.quiet_from <= hour < policy.quiet_until
    return hour >= policy.quiet_from or hour < policy.quiet_until
