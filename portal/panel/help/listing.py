"""The board: which requests, in what order, and what stands beside each. Nobody's data."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from uuid import UUID

from django.db.models import (
    Case,
    Count,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Coalesce
from django.http import QueryDict
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from events.message_words import when
from volunteering.models import Assignment, District, HelpRequest, Invitation
from volunteering.vocabulary import Kind

Status = HelpRequest.Status

# What an organiser does first comes first.
ORDER = (
    Status.SUBMITTED, Status.UNMET, Status.ESCALATED, Status.PENDING, Status.TRIAGED,
    Status.SEARCHING, Status.ARRANGED, Status.COMPLETED, Status.REFERRED, Status.CLOSED_UNMET,
    Status.CANCELLED,
)  # fmt: skip
# ``?stan=`` → what it shows.
STATES: dict[str, tuple[Promise, tuple[Status, ...]]] = {
    "": (gettext_lazy("all that are open"), HelpRequest.OPEN),
    "nowe": (gettext_lazy("new"), (Status.SUBMITTED, Status.TRIAGED)),
    "szukamy": (gettext_lazy("looking for somebody"), (Status.SEARCHING, Status.PENDING)),
    "umowione": (gettext_lazy("arranged"), (Status.ARRANGED,)),
    "bez-pomocy": (gettext_lazy("nobody found"), (Status.UNMET, Status.ESCALATED)),
    "zamkniete": (
        gettext_lazy("closed"),
        (Status.COMPLETED, Status.REFERRED, Status.CLOSED_UNMET, Status.CANCELLED),
    ),
}


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the address asks for; nonsense asks for nothing."""

    state: str = ""
    district: str = ""
    kind: str = ""

    def __bool__(self) -> bool:
        return bool(self.state or self.district or self.kind)

    @property
    def as_query(self) -> str:
        """``?stan=nowe``, or nothing."""
        query = QueryDict(mutable=True)
        for name, value in (
            ("stan", self.state), ("okolica", self.district), ("rodzaj", self.kind),
        ):  # fmt: skip
            if value:
                query[name] = value
        return f"?{query.urlencode()}" if query else ""


def wanted(query: Mapping[str, str], districts: Iterable[District]) -> Wanted:
    state, kind, district = (query.get(name, "") for name in ("stan", "rodzaj", "okolica"))
    return Wanted(
        state=state if state in STATES else "",
        kind=kind if kind in Kind.values else "",
        district=district if district in {str(one.pk) for one in districts} else "",
    )


def requests(asked: Wanted) -> QuerySet[HelpRequest]:
    """With the people asked, those who said no and those who help, in numbers."""
    statuses = STATES[asked.state][1]
    found = HelpRequest.objects.filter(status__in=statuses).select_related("requester", "district")
    if asked.district:
        found = found.filter(district=UUID(asked.district))
    if asked.kind:
        found = found.filter(kind=asked.kind)
    rank = Case(
        *(When(status=status, then=Value(number)) for number, status in enumerate(ORDER)),
        output_field=IntegerField(),
    )
    sent, declined = Q(sent_at__isnull=False), Q(status=Invitation.Status.DECLINED)
    helping = Q(status__in=(*Assignment.ACTIVE, Assignment.Status.DONE))
    return found.annotate(
        rank=rank,
        invited=_number(Invitation, sent),
        declined=_number(Invitation, declined),
        helpers=_number(Assignment, helping),
    ).order_by("rank", "-priority", "starts_at", "id")


def _number(model: type[Invitation | Assignment], which: Q) -> Coalesce:
    """Of the rows of each request."""
    rows = model._default_manager.filter(which, request=OuterRef("pk")).order_by()
    counted = rows.values("request").annotate(number=Count("pk")).values("number")
    return Coalesce(Subquery(counted), 0, output_field=IntegerField())


@dataclass(frozen=True, slots=True)
class Row:
    request: HelpRequest

    @property
    def when(self) -> str:
        return when(self.request.starts_at, self.request.ends_at)

    @property
    def is_late(self) -> bool:
        """Its time has come, and nobody has said what became of it."""
        return self.request.is_open and self.request.ends_at <= timezone.now()


def table(found: QuerySet[HelpRequest]) -> Iterator[list[str]]:
    """What is downloaded; the people are left out."""
    yield [
        _("State"), _("Kind of help"), _("Part of the gmina"), _("From"), _("Until"), _("Asked on"),
        _("How"), _("How urgent"), _("People needed"), _("People helping"), _("Waves"),
        _("Volunteers asked"), _("Said no"),
    ]  # fmt: skip
    for one in found.iterator():
        yield [
            str(one.get_status_display()), str(one.get_kind_display()), str(one.district),
            *(f"{timezone.localtime(moment):%Y-%m-%d %H:%M}"
              for moment in (one.starts_at, one.ends_at, one.submitted_at)),
            str(one.get_channel_display()), str(one.get_priority_display()),
            str(one.people_needed), str(one.helpers),  # type: ignore[attr-defined]
            str(one.waves_sent), str(one.invited), str(one.declined),  # type: ignore[attr-defined]
        ]  # fmt: skip
