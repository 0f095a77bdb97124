"""All requests at once: from the tables to the arrays of ``assign.solve``, and back.

A place filled is worth more than any score: 10,000 points, times how urgent the request is, how
long it has waited and how badly its part of the gmina fared. The score of the pair comes on top,
and what one more task costs somebody who has had many is taken off.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import numpy as np
from django.db.models import Count, DurationField, ExpressionWrapper, F, Sum
from django.db.models.functions import TruncWeek
from django.utils import timezone
from numpy.typing import NDArray
from scipy import sparse

from volunteering.fill_rates import FillRate, fill_rates, together
from volunteering.matching.assign import Solution, solve
from volunteering.matching.edges import Edges, edges
from volunteering.matching.problem import Floats, Ints, Pair
from volunteering.matching.simple import first_come, greedy
from volunteering.models import Assignment, HelpRequest, VolunteerProfile

# How far ahead a run looks.
HORIZON = timedelta(days=14)
# Seconds for the search of the best assignment; then the best found is taken, and said to be that.
TIME_LIMIT = 10.0
PLACE = 10_000
# After so many days of waiting a request is worth twice as much, and not more.
LONGEST_WAIT_DAYS = 14.0
FILL_RATES_OVER = timedelta(days=90)
LARGEST_BOOST = 0.5
LOAD_COUNTS_FOR = timedelta(days=28)
# The step from one task to the next; the k-th costs STEP * (1 + 2 + … + (k - 1)): 0, 40, 120, 240.
LOAD_STEP = 40
# Tasks further on cost no more: a place stays worth more than any load.
LARGEST_LOAD = 20
# Tasks of one volunteer in one run that are told apart.
LOAD_COLUMNS = 12


@dataclass(frozen=True, slots=True)
class Batch:
    """What ``solve`` takes; whom its rows and columns mean.

    Attributes:
        volunteers, requests: ids, in order.
        worth: of a place of each request.
        edges: in the order of volunteer, then request.
        hours: of each request; needs: its free places; capacities: hours that volunteers have left.
    """

    volunteers: list[UUID]
    requests: list[UUID]
    worth: Ints
    edges: Edges
    hours: Floats
    capacities: Floats
    needs: Ints
    conflicts: Ints
    load_costs: Floats

    def as_arguments(self) -> dict[str, Any]:
        """Of ``solve``, ``greedy``, ``first_come`` and ``why_not``."""
        rows, columns = self._places()
        values = (self.worth[columns] + self.edges.scores).astype(float)
        shape = len(self.volunteers), len(self.requests)
        return {
            "values": sparse.csr_array((values, (rows, columns)), shape=shape),
            "weights": self.hours,
            "capacities": self.capacities,
            "needs": self.needs,
            "conflicts": self.conflicts,
            "load_costs": self.load_costs,
        }

    def parts_of_pairs(self) -> dict[Pair, dict[str, int]]:
        """Row and column of each edge → name and points of the parts of its score."""
        rows, columns = self._places()
        pairs = zip(rows.tolist(), columns.tolist(), strict=True)
        return {pair: self.edges.parts_of(edge) for edge, pair in enumerate(pairs)}

    def _places(self) -> tuple[Ints, Ints]:
        """Row and column of each edge."""
        row = {pk: number for number, pk in enumerate(self.volunteers)}
        column = {pk: number for number, pk in enumerate(self.requests)}
        return (
            np.array([row[pk] for pk in self.edges.profiles], np.int64),
            np.array([column[pk] for pk in self.edges.requests], np.int64),
        )


@dataclass(frozen=True, slots=True)
class Plan:
    """The best assignment, or the best found in time, beside what people do by hand."""

    ours: Solution
    greedy: Solution
    first_come: Solution

    def chosen(self, batch: Batch) -> Iterator[tuple[UUID, UUID, dict[str, int]]]:
        """Volunteer, request, and the parts of the score."""
        parts = batch.parts_of_pairs()
        for volunteer, request in self.ours.pairs:
            pair = (volunteer, request)
            yield batch.volunteers[volunteer], batch.requests[request], parts[pair]

    def compared(self, batch: Batch) -> dict[str, dict[str, int]]:
        """Places filled, places weighted with how much they count, and the value of each way."""
        return {
            name: {
                "filled": len(way.pairs),
                "weighted": int(sum(batch.worth[request] for _volunteer, request in way.pairs)),
                "value": round(way.value),
            }
            for name, way in (
                ("ours", self.ours), ("greedy", self.greedy), ("first_come", self.first_come),
            )
        }  # fmt: skip


def plan_of(batch: Batch, time_limit: float = TIME_LIMIT) -> Plan:
    if not len(batch.edges):
        nothing = Solution((), 0.0, 0.0, proved=True)
        return Plan(nothing, nothing, nothing)
    arrays = batch.as_arguments()
    return Plan(solve(**arrays, time_limit=time_limit), greedy(**arrays), first_come(**arrays))


def to_match(now: datetime | None = None) -> list[HelpRequest]:
    """What a run looks at: somebody is looked for, and it begins within the horizon. Proposals that
    nobody has decided on may be replaced by better ones."""
    now = now or timezone.now()
    status = HelpRequest.Status
    return list(
        HelpRequest.objects.filter(
            status__in=(status.SEARCHING, status.PENDING),
            starts_at__gt=now, starts_at__lte=now + HORIZON,
        ).order_by("submitted_at", "id")
    )  # fmt: skip


def batch_of(requests: Sequence[HelpRequest], now: datetime | None = None) -> Batch:
    """In a fixed number of queries; requests keep their order, which is that of ``first_come``."""
    now = now or timezone.now()
    found = edges([one.pk for one in requests], now)
    volunteers = sorted(set(found.profiles))
    starts = np.array([one.starts_at.timestamp() for one in requests])
    ends = np.array([one.ends_at.timestamp() for one in requests])
    return Batch(
        volunteers=volunteers,
        requests=[one.pk for one in requests],
        worth=_worth(requests, now),
        edges=found,
        hours=(ends - starts) / 3600,
        capacities=_hours_left(volunteers, found, requests),
        needs=_free_places(requests),
        conflicts=_overlapping(starts, ends),
        load_costs=_load_costs(volunteers, now),
    )


def _worth(requests: Sequence[HelpRequest], now: datetime) -> Ints:
    rates = fill_rates("district", since=now - FILL_RATES_OVER)
    usual = together(rates).share
    days = np.array([(now - one.submitted_at).total_seconds() / 86_400 for one in requests])
    waited = 1 + np.clip(days, 0, LONGEST_WAIT_DAYS) / LONGEST_WAIT_DAYS
    priority = np.array([one.priority for one in requests], float)
    boost = np.array([boost_of(rates.get(one.district_id), usual) for one in requests])
    return np.asarray(np.rint(PLACE * priority * waited * boost), np.int64)


def boost_of(rate: FillRate | None, usual: float | None) -> float:
    """1 for a part of the gmina that fares as well as the whole, up to 1.5 for one where nobody was
    found.

    Arguments:
        usual: the share of the whole gmina; None where nothing is settled yet.
    """
    share = rate.share if rate else None
    if share is None or not usual or share >= usual:
        return 1.0
    return 1 + LARGEST_BOOST * (usual - share) / usual


def _free_places(requests: Sequence[HelpRequest]) -> Ints:
    active = Assignment.objects.active().filter(request__in=requests).order_by()
    taken = dict(active.values_list("request").annotate(Count("pk")))
    free = [max(0, one.people_needed - taken.get(one.pk, 0)) for one in requests]
    return np.array(free, np.int64)


def _overlapping(starts: Floats, ends: Floats) -> Ints:
    """Pairs of requests that nobody can do both, shape (m, 2)."""
    together_ = (starts[:, None] < ends) & (starts < ends[:, None])
    return np.argwhere(np.triu(together_, 1)).astype(np.int64)


def _hours_left(
    volunteers: Sequence[UUID], found: Edges, requests: Sequence[HelpRequest]
) -> Floats:
    """Of the fullest of the weeks in which somebody could take something: never too many."""
    weekly = dict(
        VolunteerProfile.objects.filter(pk__in=volunteers).values_list("pk", "weekly_hours")
    )
    week_of = {one.pk: _week(one.starts_at) for one in requests}
    used = _hours_used(volunteers, sorted(set(week_of.values())))
    left = {
        profile: [float(weekly[profile] - used.get((profile, week), 0.0)) for week in weeks]
        for profile, weeks in _weeks(found, week_of).items()
    }
    return np.array([max(0.0, min(left[pk])) for pk in volunteers])


def _week(moment: datetime) -> datetime:
    """Its Monday, midnight by the clock in Poland."""
    day = timezone.localtime(moment).date()
    monday = datetime.combine(day - timedelta(days=day.weekday()), datetime.min.time())
    return timezone.make_aware(monday)


def _weeks(found: Edges, week_of: dict[UUID, datetime]) -> dict[UUID, set[datetime]]:
    weeks: dict[UUID, set[datetime]] = {}
    for profile, request in zip(found.profiles, found.requests, strict=True):
        weeks.setdefault(profile, set()).add(week_of[request])
    return weeks


def _hours_used(
    volunteers: Sequence[UUID], weeks: Sequence[datetime]
) -> dict[tuple[UUID, datetime], float]:
    if not weeks:
        return {}
    tasks = Assignment.objects.filter(
        profile__in=volunteers, status__in=(*Assignment.ACTIVE, Assignment.Status.DONE),
        starts_at__gte=weeks[0], starts_at__lt=weeks[-1] + timedelta(days=7),
    )  # fmt: skip
    lasts = ExpressionWrapper(F("ends_at") - F("starts_at"), DurationField())
    rows = (
        tasks.order_by()
        .annotate(week=TruncWeek("starts_at", tzinfo=timezone.get_default_timezone()))
        .values_list("profile", "week")
        .annotate(used=Sum(lasts))
    )
    return {(profile, week): total.total_seconds() / 3600 for profile, week, total in rows}


def _load_costs(volunteers: Sequence[UUID], now: datetime) -> NDArray[np.float64]:
    """Of the next tasks of each, after those of the last weeks; shape (volunteers, columns)."""
    recent = Assignment.objects.filter(
        profile__in=volunteers, starts_at__gt=now - LOAD_COUNTS_FOR, starts_at__lte=now + HORIZON,
        status__in=(*Assignment.ACTIVE, Assignment.Status.DONE),
    )  # fmt: skip
    had = dict(recent.order_by().values_list("profile").annotate(Count("pk")))
    before = np.array([had.get(pk, 0) for pk in volunteers], np.int64).reshape(-1, 1)
    load = np.minimum(before + np.arange(LOAD_COLUMNS), LARGEST_LOAD)
    return np.asarray(LOAD_STEP * load * (load + 1) / 2, float)
