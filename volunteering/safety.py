"""Who may know what of danger: two named people of the office read the reports, the organiser knows
who is kept apart, and nobody at work sees what is about themselves."""

from django.db.models import F, Q, QuerySet

from portal.accounts.merging import everybody_who_is
from portal.accounts.models import Person, User
from portal.accounts.permissions import MAY, Permission, may
from volunteering.apart import tasks_of_people_apart, who_asks
from volunteering.models import (
    Assignment,
    Block,
    HelpRequest,
    SafetyContact,
    SafetyReport,
    VolunteerProfile,
)

_BY_VOLUNTEER = Q(reporter=F("assignment__profile__person"))


def is_reader(user: User) -> bool:
    """Named, and still of the office. One query for a user object, however often it is asked."""
    return may(user, Permission.ENTER_PANEL) and hasattr(user, "safety_contact")


def reports_open_to(user: User) -> QuerySet[SafetyReport]:
    """None for whoever is not one of the two; never those about themselves, or about somebody for
    whom they had asked for help."""
    if not is_reader(user):
        return SafetyReport.objects.none()
    oneself = everybody_who_is(user.person)
    asked = Q(assignment__request__asked_by__in=oneself) & _BY_VOLUNTEER
    return SafetyReport.objects.exclude(Q(about__in=oneself) | asked)


def blocks_open_to(user: User) -> QuerySet[Block]:
    """None for whoever may not know whom help is about."""
    if not may(user, Permission.SEE_HELP_CONTACTS):
        return Block.objects.none()
    oneself = everybody_who_is(user.person)
    return Block.objects.select_related("person", "other").exclude(
        Q(person__in=oneself) | Q(other__in=oneself)
    )


def tasks_to_part(user: User) -> list[Assignment]:
    """Of people kept apart, as far as the user may know of them."""
    if not may(user, Permission.SEE_HELP_CONTACTS):
        return []
    tasks = [(task, task.request) for task in tasks_of_people_apart() if task.request]
    oneself = {person.pk for person in everybody_who_is(user.person)} if tasks else set()
    return [
        task
        for task, request in tasks
        if oneself.isdisjoint([task.profile.person_id, *who_asks(request)])
    ]


def readers_of(report: SafetyReport) -> list[Person]:
    """The people to be told that it waits; empty while nobody is named who may read it."""
    contacts = SafetyContact.objects.filter(user__is_active=True).select_related("user__person")
    staff = [
        one.user for one in contacts.order_by("place") if may(one.user, Permission.ENTER_PANEL)
    ]
    return _others(staff, report)


def who_names_readers(report: SafetyReport) -> list[Person]:
    """Those who may name the two, to be told when there is nobody."""
    roles = MAY[Permission.MANAGE_TEAM]
    logins = User.objects.filter(is_active=True, role_grants__role__in=roles).distinct()
    return _others(list(logins.select_related("person").order_by("pk")), report)


def are_readers_missing() -> bool:
    """Fewer than two, on a site where somebody could be in need of them."""
    contacts = SafetyContact.objects.filter(user__is_active=True).select_related("user")
    if sum(may(one.user, Permission.ENTER_PANEL) for one in contacts) == 2:
        return False
    return VolunteerProfile.objects.exists() or HelpRequest.objects.exists()


def _others(users: list[User], report: SafetyReport) -> list[Person]:
    accused = {person.pk for one in _accused(report) for person in everybody_who_is(one)}
    return [user.person for user in users if user.person_id not in accused]


def _accused(report: SafetyReport) -> list[Person]:
    """Whom it is about, and whoever had asked for help for them."""
    people = [report.about] if report.about else []
    task = report.assignment
    if task and task.request and task.request.asked_by and report.reporter == task.profile.person:
        people.append(task.request.asked_by)
    return people
