"""Which volunteers a list is about: what was asked for in the address."""

from dataclasses import dataclass
from uuid import UUID

from django.db.models import Case, Value, When
from django.utils.http import urlencode

from portal.entrance.requests import OwnRequest
from portal.panel.views.people import asked
from tenants.polish import search_key
from volunteering.gaps import GAPS, Gap, gaps_of, having, with_gaps
from volunteering.models import VolunteerProfile
from volunteering.models.volunteer import VolunteerProfileQuerySet
from volunteering.vocabulary import Skill

Status = VolunteerProfile.Status
# Those who wait for us come first.
ORDER = (Status.APPLIED, Status.ACTIVE, Status.PAUSED, Status.ENDED)
# ``?brak=``: a gap of its own, or one of these.
ANY, SOON = "cokolwiek", "wkrotce"


@dataclass(frozen=True, slots=True)
class Wanted:
    """``?q=&stan=&okolica=&umiejetnosc=&brak=``; what is unknown counts as not asked for."""

    question: str
    status: str
    district: str
    skill: str
    gap: str

    def __bool__(self) -> bool:
        return any((self.question, self.status, self.district, self.skill, self.gap))

    @property
    def as_query(self) -> str:
        """``?stan=active&brak=check``, for the same rows as a file; "" for everybody."""
        said = {
            "q": self.question, "stan": self.status, "okolica": self.district,
            "umiejetnosc": self.skill, "brak": self.gap,
        }  # fmt: skip
        given = {key: value for key, value in said.items() if value}
        return f"?{urlencode(given)}" if given else ""


@dataclass(frozen=True, slots=True)
class Row:
    profile: VolunteerProfile
    gaps: list[Gap]


def wanted(request: OwnRequest) -> Wanted:
    def one_of(name: str, known: list[str]) -> str:
        said = request.GET.get(name, "")
        return said if said in known else ""

    try:
        district = str(UUID(request.GET.get("okolica", "")))
    except ValueError:
        district = ""
    return Wanted(
        question=asked(request),
        status=one_of("stan", Status.values),
        district=district,
        skill=one_of("umiejetnosc", Skill.values),
        gap=one_of("brak", [ANY, SOON, *(gap.code for gap in GAPS)]),
    )


def found(what: Wanted) -> VolunteerProfileQuerySet:
    """In order, with what is missing; whoever has ended only when asked for."""
    rows = with_gaps(VolunteerProfile.objects.select_related("person", "district"))
    rows = rows.filter(status=what.status) if what.status else rows.exclude(status=Status.ENDED)
    for word in search_key(what.question).split():
        rows = rows.filter(person__search_key__contains=word)
    if what.district:
        rows = rows.filter(district=UUID(what.district))
    if what.skill:
        rows = rows.filter(skills__contains=[what.skill])
    if what.gap:
        rows = having(rows, _codes(what.gap))
    place = Case(*(When(status=status, then=Value(at)) for at, status in enumerate(ORDER)))
    return rows.order_by(place, "person__sort_key", "id")


def rows_of(profiles: VolunteerProfileQuerySet | list[VolunteerProfile]) -> list[Row]:
    return [Row(profile, gaps_of(profile)) for profile in profiles]


def _codes(gap: str) -> list[str]:
    if gap in (ANY, SOON):
        return [one.code for one in GAPS if one.is_soon == (gap == SOON)]
    return [gap]
