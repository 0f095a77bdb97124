"""A spring of last year, counted by hand."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import uuid4

from django.utils import timezone

from events.models import Attendance, Participation, Session
from portal.accounts.models import Person
from tenants.binding import bind
from tenants.models import Institution, Project, ProjectPartner, Tenant
from tests.events.making import make_activity, make_session
from tests.events.running.evening import booked, card
from tests.volunteering.making import make_assignment, make_request, make_volunteer
from volunteering.models import HoursEntry

YEAR = timezone.localdate().year - 1
MARCH, APRIL, MAY = (date(YEAR, month, 1) for month in (3, 4, 5))
MONTHS = f"okres=dni&od={YEAR}-03-10&do={YEAR}-05-02"


def at(month: int, day: int, hour: int = 10, minute: int = 0) -> datetime:
    """Of the clock in Poland."""
    return timezone.make_aware(datetime.combine(date(YEAR, month, day), time(hour, minute)))


@dataclass(frozen=True, slots=True)
class Spring:
    """
    March: seven people came to the project's meetings, three of them twice; two had booked and
    stayed away. April: three came to the project's, one of them also to the office's own. May:
    nobody came; the date was cancelled.
    """

    leader: Tenant
    project: Project


def make_leader(leader: Tenant, partner: Tenant) -> None:
    """Makes a gmina of the cast a leader's site, in a project with the other one; as owner."""
    project = Project.objects.create(
        key="razem", title="Razem w gminie", starts_on=MARCH, ends_on=date(YEAR, 12, 31),
        leader_site=leader, date_precision="day",
        leader=Institution.objects.create(name="Lider", kind="leader"),
    )  # fmt: skip
    ProjectPartner.objects.create(
        project=project, ordinal=1, municipality_id=str(partner.municipality_id), name="Partner"
    )
    Tenant.objects.filter(pk=leader.pk).update(kind="leader", municipality=None)


def make_spring(gmina: Tenant, leader: Tenant) -> Spring:
    project = Project.objects.get(key="razem")
    with bind(gmina):
        people = [card("Osoba", f"Numer{number}") for number in range(9)]
        paid = make_activity("Smartfon", project=project.pk)
        own = make_activity("Szachy")
        first = meeting(paid, at(3, 1, 0, 0), people, came=people[:7])
        meeting(paid, at(3, 31, 23, 30), people[:3], came=people[:3])
        april = meeting(paid, at(4, 1, 0, 0), people[:4], came=people[:3])
        meeting(own, at(4, 30, 23, 59), people[:1], came=people[:1])
        # None of these counts: given back after all, called off, not there, excused.
        gone = Participation.objects.get(person=people[6], pool=first.pool)
        assert gone.status == "confirmed"
        off = meeting(paid, at(5, 5), people, came=people)
        Session.objects.filter(pk=off.pk).update(status="cancelled", cancelled_at=timezone.now())
        wrote(april, people[3], "no_show")
        back = meeting(own, at(3, 15), people[7:], came=people[7:])
        Participation.objects.filter(pool=back.pool).update(
            status="cancelled_by_organiser", cancelled_at=timezone.now(), place=None
        )
        helped()
    return Spring(leader, project)


def meeting(
    activity: Any, starts_at: datetime, people: list[Person], *, came: list[Person]
) -> Session:
    session = make_session(activity, starts_at=starts_at, capacity=5000, status="held")
    for person in people:
        booked(session, person)
    for person in came:
        wrote(session, person, "attended")
    return session


def wrote(session: Session, person: Person, state: str) -> None:
    one = Participation.objects.get(person=person, pool=session.pool)
    Attendance.objects.create(participation=one, session=session, state=state)


def helped() -> None:
    """March: ten asked, eight were helped, by six volunteers, who gave two hours and a half each.
    April: three asked, none was helped; one volunteer gave nine hours."""
    volunteers = [make_volunteer(f"Ewa Kos{number}", with_agreement=False, windows=False)
                  for number in range(6)]  # fmt: skip
    for number in range(10):
        sent = at(3, 1, 0, 5) if number else at(3, 31, 23, 55)
        request = make_request(
            submitted_at=sent, starts_at=at(3, 10) + timedelta(days=number),
            status="completed" if number < 8 else "closed_unmet",
            reason="" if number < 8 else "Nikt nie mógł.",
        )  # fmt: skip
        if number < 6:
            task = make_assignment(request, volunteers[number], status="done")
            gave(volunteers[number], date(YEAR, 3, 31), 150, assignment=task)
    for _number in range(3):
        make_request(submitted_at=at(4, 1, 0, 0), status="cancelled", starts_at=at(4, 20))
    gave(volunteers[0], date(YEAR, 4, 1), 540)
    gave(volunteers[1], date(YEAR, 4, 2), 600, status="logged")


def gave(profile: Any, on: date, minutes: int, *, status: str = "confirmed", **more: Any) -> None:
    decided = {"decided_at": timezone.now(), "decided_by": uuid4()} if status != "logged" else {}
    HoursEntry.objects.create(
        profile=profile, on=on, minutes=minutes, status=status, **decided, **more
    )
