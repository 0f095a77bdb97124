"""Volunteers an organiser writes to: who would help with an opportunity, who can do something, who
lives somewhere."""

from collections.abc import Sequence

from django.db.models import Count, Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from portal.accounts.models import Person
from portal.accounts.models.person import PersonQuerySet
from portal.accounts.permissions import Permission
from portal.messaging.audiences import Audience, Choice, NoSuchAudience, id_in, register
from volunteering.models import Application, District, Opportunity, VolunteerProfile
from volunteering.models.volunteer import VolunteerProfileQuerySet
from volunteering.vocabulary import Skill

# What somebody chooses from; more words find fewer.
MOST_CHOICES = 20
# Whoever was told "not this time" is not written to with the others.
_STILL_THERE = (Application.Status.APPLIED, Application.Status.ACCEPTED)


def _people(profiles: VolunteerProfileQuerySet) -> PersonQuerySet:
    return Person.objects.filter(pk__in=profiles.values("person"))


# Who would help with an opportunity


def _applicants(of: str) -> PersonQuerySet:
    applied = Application.objects.filter(opportunity=id_in(of), status__in=_STILL_THERE)
    return _people(VolunteerProfile.objects.filter(applications__in=applied))


def _name_of_applicants(of: str) -> str:
    try:
        found = Opportunity.objects.get(pk=id_in(of))
    except Opportunity.DoesNotExist:
        raise NoSuchAudience(of) from None
    return _("%(title)s: who would like to help") % {"title": found.title}


def _opportunities(words: str) -> Sequence[Choice]:
    """Those somebody would help with, public ones first, the newest first."""
    still_there = Count("applications", filter=Q(applications__status__in=_STILL_THERE))
    found = Opportunity.objects.annotate(applied=still_there).filter(applied__gt=0)
    for word in words.split():
        found = found.filter(title__icontains=word)
    is_public = Q(status=Opportunity.Status.PUBLISHED)
    rows = found.annotate(closed=~is_public).order_by("closed", "-created_at", "id")
    return [
        Choice(of=str(one.pk), label=one.title, note=_how_many(vars(one)["applied"]))
        for one in rows[:MOST_CHOICES]
    ]


# Who can do something


def _able(of: str) -> PersonQuerySet:
    return _people(VolunteerProfile.objects.active().filter(skills__contains=[_skill(of)]))


def _name_of_skill(of: str) -> str:
    return _("Volunteers: %(what)s") % {"what": _skill(of).label}


def _skills(words: str) -> Sequence[Choice]:
    wanted = words.lower().split()
    found = [one for one in Skill if all(word in str(one.label).lower() for word in wanted)]
    counted = VolunteerProfile.objects.active().aggregate(
        **{one.value: Count("pk", filter=Q(skills__contains=[one.value])) for one in found}
    )
    there = [one for one in found if counted[one.value]]
    there.sort(key=lambda one: -counted[one.value])
    return [
        Choice(of=one.value, label=str(one.label), note=_how_many(counted[one.value]))
        for one in there[:MOST_CHOICES]
    ]


def _skill(of: str) -> Skill:
    try:
        return Skill(of)
    except ValueError:
        raise NoSuchAudience(of) from None


# Who lives in a part of the gmina


def _of_district(of: str) -> PersonQuerySet:
    return _people(VolunteerProfile.objects.active().filter(district=id_in(of)))


def _name_of_district(of: str) -> str:
    try:
        found = District.objects.get(pk=id_in(of))
    except District.DoesNotExist:
        raise NoSuchAudience(of) from None
    return _("Volunteers: %(what)s") % {"what": found.name}


def _districts(words: str) -> Sequence[Choice]:
    is_active = Q(volunteers__status=VolunteerProfile.Status.ACTIVE)
    found = District.objects.annotate(active=Count("volunteers", filter=is_active))
    for word in words.split():
        found = found.filter(name__icontains=word)
    rows = found.filter(active__gt=0).order_by("sort_key", "id")[:MOST_CHOICES]
    return [Choice(of=str(one.pk), label=one.name, note=_how_many(one.active)) for one in rows]


def _how_many(number: int) -> str:
    return ngettext("%(number)d volunteer", "%(number)d volunteers", number) % {"number": number}


register(
    Audience(
        key="volunteering.applicants",
        label=gettext_lazy("Volunteers of an opportunity"),
        people=_applicants,
        name_of=_name_of_applicants,
        choices=_opportunities,
        permission=Permission.EDIT_OPPORTUNITIES,
    ),
    Audience(
        key="volunteering.skill",
        label=gettext_lazy("Volunteers who can help with something"),
        people=_able,
        name_of=_name_of_skill,
        choices=_skills,
        permission=Permission.EDIT_VOLUNTEERS,
    ),
    Audience(
        key="volunteering.area",
        label=gettext_lazy("Volunteers of a part of the gmina"),
        people=_of_district,
        name_of=_name_of_district,
        choices=_districts,
        permission=Permission.EDIT_VOLUNTEERS,
    ),
)
