"""What a volunteer has said of themselves, wherever it stands: in a form, or in their profile."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tenants.formats import day
from volunteering.models import AvailabilityWindow, District, VolunteerProfile
from volunteering.vocabulary import Language, Skill, Transport
from volunteering.week import Window, week_in_words


@dataclass(frozen=True, slots=True, kw_only=True)
class Answers:
    """
    Attributes:
        windows: apart from one another, in order.
        radius_km: None is the whole gmina.
        born_on: None of an adult.
    """

    skills: Sequence[str]
    languages: Sequence[str]
    windows: Sequence[Window]
    district: District
    radius_km: int | None
    transport: str
    weekly_hours: int
    born_on: date | None
    with_children: bool
    about: str


def answers_of(profile: VolunteerProfile) -> Answers:
    return Answers(
        skills=profile.skills,
        languages=profile.languages,
        windows=[Window(one.weekday, one.starts, one.ends) for one in profile.windows.all()],
        district=profile.district,
        radius_km=profile.radius_km,
        transport=profile.transport,
        weekly_hours=profile.weekly_hours,
        born_on=profile.born_on,
        with_children=profile.with_children,
        about=profile.about,
    )


def write_week(profile: VolunteerProfile, windows: Iterable[Window]) -> None:
    """These times and no others; the caller holds the profile's lock."""
    profile.windows.all().delete()
    AvailabilityWindow.objects.bulk_create(
        AvailabilityWindow(profile=profile, weekday=one.weekday, starts=one.starts, ends=one.ends)
        for one in windows
    )


# Each says one answer in lines of words.


def skills(said: Answers) -> list[str]:
    return [", ".join(str(Skill(one).label) for one in said.skills)]


def languages(said: Answers) -> list[str]:
    return [", ".join(str(Language(one).label) for one in said.languages)]


def times(said: Answers) -> list[str]:
    return week_in_words(said.windows)


def area(said: Answers) -> list[str]:
    return [str(said.district), radius(said.radius_km)]


def radius(km: int | None) -> str:
    if km is None:
        return _("the whole gmina")
    return _("up to %(km)d km") % {"km": km}


def transport(said: Answers) -> list[str]:
    return [str(Transport(said.transport).label)]


def weekly_hours(said: Answers) -> list[str]:
    return [
        ngettext("%(hours)d hour at most", "%(hours)d hours at most", said.weekly_hours)
        % {"hours": said.weekly_hours}
    ]


def age(said: Answers) -> list[str]:
    if said.born_on is None:
        return [_("18 or over")]
    return [_("born on %(day)s") % {"day": day(said.born_on)}]


def with_children(said: Answers) -> list[str]:
    return [_("yes") if said.with_children else _("no")]


def about(said: Answers) -> list[str]:
    return said.about.splitlines()


InWords = Callable[[Answers], list[str]]
