"""What the page of one request shows: who would suit, who cannot and why, who was asked, who
helps."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby
from math import isnan
from uuid import UUID

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from portal.accounts.models import User
from portal.accounts.permissions import Permission, may
from volunteering.contact import distance_band, in_force
from volunteering.matching.edges import broken_rules, edges
from volunteering.matching.score import MAXIMA, PARTS
from volunteering.models import (
    Assignment,
    ContactConsent,
    HelpRequest,
    Invitation,
    Proposal,
    VolunteerProfile,
)
from volunteering.rules_in_words import FOR_ORGANISERS

Side = ContactConsent.Side
Status = HelpRequest.Status

# Candidates on the page; the others suit less.
SHOWN = 12
# Said to those alone who may know whom a block is about.
SILENT = "blocked"
LOOKING = (Status.TRIAGED, Status.SEARCHING, Status.PENDING, Status.UNMET, Status.ESCALATED)

PART_WORDS: dict[str, Promise] = {
    "distance": gettext_lazy("Distance"),
    "same_person": gettext_lazy("Has helped this person before"),
    "time_fit": gettext_lazy("Room in their day"),
    "preferred_skill": gettext_lazy("Skills that are good to have"),
    "language": gettext_lazy("Language"),
    "not_recently_used": gettext_lazy("Has not helped lately"),
}
# Colours of the bar, in the order of the parts.
_FILLS = ("b1", "l4", "l3", "l0", "b2", "b3")
_GAP = 4


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of the bar of 1000: from ``x``, ``width`` long."""

    label: Promise
    points: int
    most: int
    fill: str
    x: int
    width: int


@dataclass(frozen=True, slots=True)
class Candidate:
    profile: VolunteerProfile
    band: str
    parts: list[Part]

    @property
    def score(self) -> int:
        return sum(part.points for part in self.parts)


def parts_in_words(points: dict[str, int]) -> list[Part]:
    """Parts of a score, which add up; [] of a pair that was not scored."""
    parts, x = [], 0
    for name, most, fill in zip(PARTS, MAXIMA, _FILLS, strict=True):
        if name in points:
            number = points[name]
            parts.append(
                Part(PART_WORDS[name], number, most, fill, x, max(number - _GAP, 0))
            )  # fmt: skip
            x += number
    return parts


def candidates(request: HelpRequest) -> tuple[list[Candidate], int]:
    """The best of those who may help, and how many there are."""
    if request.status not in LOOKING or request.starts_at <= timezone.now():
        return [], 0
    found = edges([request.pk])
    scores = found.scores.tolist()
    best = sorted(range(len(found)), key=lambda place: (-scores[place], place))[:SHOWN]
    people = VolunteerProfile.objects.select_related("person", "district").in_bulk(
        [found.profiles[place] for place in best]
    )
    return [
        Candidate(
            people[found.profiles[place]],
            distance_band(_kilometres(found.distances[place])),
            parts_in_words(found.parts_of(place)),
        )
        for place in best
    ], len(found)


def _kilometres(distance: float) -> float | None:
    return None if isnan(distance) else float(distance)


def who_cannot(request: HelpRequest, user: User) -> list[str]:
    """``14 volunteers: not available at that time``, the commonest first; of active volunteers.
    Somebody whom several rules keep out is counted for each."""
    if request.status not in LOOKING or request.starts_at <= timezone.now():
        return []
    active = VolunteerProfile.objects.active().values_list("pk", flat=True)
    broken = broken_rules([request.pk], list(active))
    counted = Counter(code for codes in broken.values() for code in codes)
    return [
        ngettext("%(number)d volunteer: %(why)s", "%(number)d volunteers: %(why)s", number)
        % {"number": number, "why": FOR_ORGANISERS[code]}
        for code, number in sorted(counted.items(), key=lambda one: -one[1])
        if code != SILENT or may(user, Permission.SEE_HELP_CONTACTS)
    ]


def in_words(codes: Iterable[str], user: User) -> list[str]:
    """Of one pair; a block is named to those alone who may know of it."""
    knows = may(user, Permission.SEE_HELP_CONTACTS)
    return [
        str(FOR_ORGANISERS[code]) if knows or code != SILENT else _("ask the local coordinator")
        for code in codes
    ]


def run_to_decide_on(request: HelpRequest) -> UUID | None:
    """Id of the run that has proposed somebody for it, while nobody has decided."""
    undecided = request.proposals.filter(status=Proposal.Status.PROPOSED)
    return undecided.values_list("run", flat=True).first()


@dataclass(frozen=True, slots=True)
class Wave:
    """``number`` is 0 of those who were asked by hand."""

    number: int
    invitations: list[Invitation]


def waves(request: HelpRequest) -> list[Wave]:
    rows = request.invitations.select_related("profile__person", "profile__district")
    ordered = rows.order_by("wave", "sent_at", "id")
    return [
        Wave(number, list(invitations))
        for number, invitations in groupby(ordered, key=lambda one: one.wave)
    ]


@dataclass(frozen=True, slots=True)
class Helper:
    """``agreed``: sides that have said what the other may see."""

    task: Assignment
    agreed: set[str]

    @property
    def missing(self) -> list[tuple[str, Promise | str]]:
        """Sides to ask: while the task is ahead."""
        if not self.task.is_active:
            return []
        return [(side.value, side.label) for side in Side if side not in self.agreed]

    @property
    def has_begun(self) -> bool:
        return self.task.starts_at <= timezone.now()

    @property
    def is_over(self) -> bool:
        return self.task.ends_at <= timezone.now()


def helpers(request: HelpRequest) -> list[Helper]:
    tasks = request.assignments.select_related("profile__person", "profile__district")
    return [
        Helper(task, {consent.side for consent in in_force(task)})
        for task in tasks.order_by("slot", "created_at")
    ]
