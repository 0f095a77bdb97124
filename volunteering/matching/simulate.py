"""What a way of inviting leads to, tried on made-up volunteers.

People live anywhere in a square of side 1 and may help within a quarter of it. A notification that
reaches somebody attentive makes them inattentive for some days, whether they say yes or not.
:mod:`~volunteering.matching.invite` assumes the same of people, so a figure from here says what the
rules are worth if that is how people are; it does not say that they are.
"""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from heapq import heapify, heappop, heappush

import numpy as np

from volunteering.matching.invite import (
    Candidate,
    Policy,
    after_quiet,
    is_quiet,
    next_wave,
    next_wave_at,
)

VOLUNTEERS, DAYS, REQUESTS_A_DAY = 300, 90, 6
REACH = 0.25
WILLING = (1.2, 9.0)
LEAST_CHANCE, BEST_CHANCE = 0.005, 0.9
MEAN_DAYS_OFF = 4
DEFAULT = Policy()
# From asking for help to the task.
LEAD = timedelta(days=2)
START = datetime(2026, 3, 1, tzinfo=UTC)
WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Outcome:
    """
    Attributes:
        fill_rate: requests somebody said yes to, 0..1.
        most_in_a_week: invitations of one person in any seven days.
        in_quiet_hours: invitations.
    """

    fill_rate: float
    invitations: int
    invitations_per_request: float
    most_in_a_week: int
    in_quiet_hours: int


@dataclass(slots=True)
class Volunteer:
    """
    Attributes:
        willing: the chance of a yes before distance changes it.
        invited_at: in order.
    """

    willing: float
    invited_at: list[datetime] = field(default_factory=list)
    accepted: int = 0
    has_had_task: bool = False
    inattentive_until: datetime = START

    def invitations_since(self, moment: datetime) -> int:
        return len(self.invited_at) - bisect_right(self.invited_at, moment)

    @property
    def most_in_a_week(self) -> int:
        times = self.invited_at
        return max(
            (n - bisect_right(times, one - WEEK) for n, one in enumerate(times, 1)), default=0
        )


@dataclass(frozen=True, slots=True)
class Request:
    """
    Attributes:
        near: volunteers who may help, by number, and how distance changes their chance.
    """

    asked_at: datetime
    near: Sequence[int]
    factors: Sequence[float]


@dataclass(slots=True)
class World:
    """Volunteers, requests in order of time, and chance for what people do."""

    volunteers: list[Volunteer]
    requests: list[Request]
    random: np.random.Generator

    def invite(self, numbers: Sequence[int], request: Request, moment: datetime) -> list[int]:
        """Send invitations; who says yes, in the order they were sent."""
        factor = dict(zip(request.near, request.factors, strict=True))
        accepted = []
        for number in numbers:
            person = self.volunteers[number]
            person.invited_at.append(moment)
            if person.inattentive_until > moment:
                continue
            days_off = int(self.random.geometric(1 / MEAN_DAYS_OFF))
            person.inattentive_until = moment + timedelta(days=days_off)
            chance = np.clip(person.willing * factor[number], LEAST_CHANCE, BEST_CHANCE)
            if self.random.random() < chance:
                person.accepted += 1
                accepted.append(number)
        return accepted


def simulate_waves(
    seed: int, policy: Policy = DEFAULT, *, volunteers: int = VOLUNTEERS, days: int = DAYS
) -> Outcome:
    """Invitations by :mod:`~volunteering.matching.invite`. The same seed is the same town for every
    way of inviting."""
    world = make_world(seed, volunteers, days)
    filled: set[int] = set()
    asked: list[set[int]] = [set() for _request in world.requests]
    due = [
        (after_quiet(request.asked_at, policy), number, 1)
        for number, request in enumerate(world.requests)
    ]
    heapify(due)
    while due:
        moment, number, wave = heappop(due)
        request = world.requests[number]
        chosen = next_wave(_candidates(world, request, asked[number], moment), policy, wave)
        asked[number].update(chosen)
        if accepted := world.invite(chosen, request, moment):
            world.volunteers[accepted[0]].has_had_task = True
            filled.add(number)
            continue
        after = next_wave_at(moment, LEAD, policy)
        if wave < policy.most_waves and after < request.asked_at + LEAD:
            heappush(due, (after, number, wave + 1))
    return _outcome(world, len(filled), policy)


def simulate_broadcast(
    seed: int, policy: Policy = DEFAULT, *, volunteers: int = VOLUNTEERS, days: int = DAYS
) -> Outcome:
    """Everybody who may help is told at once; the policy says which hours would be quiet."""
    world = make_world(seed, volunteers, days)
    filled = sum(
        bool(world.invite(request.near, request, request.asked_at)) for request in world.requests
    )
    return _outcome(world, filled, policy)


def make_world(seed: int, volunteers: int, days: int) -> World:
    places, people = (np.random.default_rng(part) for part in np.random.SeedSequence(seed).spawn(2))
    homes = places.random((volunteers, 2))
    willing = places.beta(*WILLING, volunteers)
    number = int(places.poisson(REQUESTS_A_DAY * days))
    requests = []
    for day in np.sort(places.uniform(0, days, number)).tolist():
        distance = np.hypot(*(homes - places.random(2)).T)
        near = np.flatnonzero(distance <= REACH)
        factors = (1.4 - 2 * distance[near]).tolist()
        requests.append(Request(START + timedelta(days=day), near.tolist(), factors))
    return World([Volunteer(share) for share in willing.tolist()], requests, people)


def _candidates(
    world: World, request: Request, asked: set[int], moment: datetime
) -> list[Candidate]:
    """With equal scores: how well somebody suits is not what is tried here."""
    candidates = []
    for number, factor in zip(request.near, request.factors, strict=True):
        if number in asked:
            continue
        person = world.volunteers[number]
        last = person.invited_at[-1] if person.invited_at else None
        candidates.append(
            Candidate(
                id=number,
                score=0,
                accepted=person.accepted,
                invited=len(person.invited_at),
                invitations_last_7_days=person.invitations_since(moment - WEEK),
                days_since_last_invitation=(moment - last) / timedelta(days=1) if last else None,
                has_had_task=person.has_had_task,
                distance_factor=factor,
            )
        )
    return candidates


def _outcome(world: World, filled: int, policy: Policy) -> Outcome:
    sent = [moment for person in world.volunteers for moment in person.invited_at]
    return Outcome(
        fill_rate=filled / len(world.requests),
        invitations=len(sent),
        invitations_per_request=len(sent) / len(world.requests),
        most_in_a_week=max(person.most_in_a_week for person in world.volunteers),
        in_quiet_hours=sum(is_quiet(moment.time(), policy) for moment in sent),
    )
