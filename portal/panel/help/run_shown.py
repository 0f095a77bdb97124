"""What a matching run came to, as its page shows it."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from events.message_words import when
from portal.panel.help.card import Part, parts_in_words
from volunteering.models import MatchRun, Proposal


@dataclass(frozen=True, slots=True)
class Way:
    """One way of assigning, with places filled of all."""

    label: str
    filled: int
    weighted: int
    value: int


def ways(run: MatchRun) -> list[Way]:
    labels = {
        "ours": _("This run"),
        "greedy": _("Best pair first"),
        "first_come": _("First come, first served"),
    }
    return [
        Way(label, **{key: run.compared[name][key] for key in ("filled", "weighted", "value")})
        for name, label in labels.items()
        if name in run.compared
    ]


@dataclass(frozen=True, slots=True)
class Line:
    proposal: Proposal
    parts: list[Part]

    @property
    def score(self) -> int:
        return sum(part.points for part in self.parts)

    @property
    def when(self) -> str:
        request = self.proposal.request
        return when(request.starts_at, request.ends_at)

    @property
    def is_undecided(self) -> bool:
        return self.proposal.status == Proposal.Status.PROPOSED


def proposals_of(run: MatchRun) -> QuerySet[Proposal]:
    return run.proposals.select_related(
        "request__requester", "request__district", "profile__person", "profile__district"
    ).order_by("request__starts_at", "request", "pk")


def undecided_in(run: MatchRun) -> int:
    return run.proposals.filter(status=Proposal.Status.PROPOSED).count()


def lines(proposals: Iterable[Proposal]) -> list[Line]:
    return [Line(proposal, parts_in_words(proposal.parts)) for proposal in proposals]
