"""Who would like to help, as much of each as whoever looks may see."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Case, IntegerField, QuerySet, Value, When

from portal.accounts.models import Person
from volunteering.models import Application, Assignment, Opportunity, Shift


@dataclass(frozen=True)
class Shown:
    """``name`` is the first one alone; ``phone`` and ``email`` are empty where the volunteer did
    not agree to show them."""

    name: str
    phone: str
    email: str


@dataclass(frozen=True)
class Applicant(Shown):
    application: Application


@dataclass(frozen=True)
class Comer(Shown):
    """Somebody who has, or had, a place in a shift."""

    task: Assignment


def applications_of(opportunity: Opportunity) -> QuerySet[Application]:
    """New ones first, then those accepted, without those withdrawn."""
    place = Case(
        When(status=Application.Status.APPLIED, then=Value(0)),
        When(status=Application.Status.ACCEPTED, then=Value(1)),
        default=Value(2),
        output_field=IntegerField(),
    )
    return (
        Application.objects.filter(opportunity=opportunity)
        .exclude(status=Application.Status.WITHDRAWN)
        .select_related("profile__person")
        .order_by(place, "applied_at", "id")
    )


def as_organisation_sees(applications: Iterable[Application]) -> list[Applicant]:
    return [
        Applicant(*_shown(one.profile.person, agreed=one.shows_contact), application=one)
        for one in applications
    ]


def comers(shift: Shift) -> list[Comer]:
    """By name; two queries."""
    tasks = list(tasks_of(shift))
    agreed = set(
        Application.objects.filter(
            opportunity=shift.opportunity_id,
            shows_contact=True,
            profile__in=[task.profile_id for task in tasks],
        ).values_list("profile", flat=True)
    )
    return [
        Comer(*_shown(task.profile.person, agreed=task.profile_id in agreed), task=task)
        for task in tasks
    ]


def _shown(person: Person, *, agreed: bool) -> tuple[str, str, str]:
    """Name, phone, e-mail."""
    phone = person.phone.as_national if agreed and person.phone else ""
    return person.first_name, phone, person.email if agreed else ""


def tasks_of(shift: Shift) -> QuerySet[Assignment]:
    """Without those given back or called off."""
    return (
        Assignment.objects.filter(shift=shift)
        .exclude(status__startswith="cancelled_by")
        .select_related("profile__person", "shift")
        .order_by("profile__person__sort_key", "id")
    )
