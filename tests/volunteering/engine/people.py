"""Who acts in the tests of the engine, and what they were told."""

from typing import Any

from portal.accounts.models import Person, User
from portal.notifications.models import Delivery
from tests.jobs import waiting_jobs
from tests.volunteering.making import make_person, make_volunteer
from volunteering.models import HelpRequest, VolunteerProfile


def clerk() -> User:
    return User.objects.select_related("person").get(email__startswith="osl@")


def reader(name: str = "Halina Nowak", **fields: Any) -> Person:
    """Reads text messages, in English so that the tests read what the code says."""
    return make_person(name, language="en", **fields)


def volunteer(name: str = "Ewa Kos", **fields: Any) -> VolunteerProfile:
    return make_volunteer(person=reader(name), **fields)


def volunteers(number: int) -> list[VolunteerProfile]:
    return [volunteer(f"Osoba {place}") for place in range(number)]


def told(person: Person | VolunteerProfile | HelpRequest) -> list[str]:
    """Kinds of the messages promised to somebody, in order."""
    return [copy.message.kind.removeprefix("volunteering/") for copy in copies(person)]


def words_to(person: Person | VolunteerProfile | HelpRequest) -> list[str]:
    """Everything somebody was told: subject, text and SMS."""
    return [
        "\n".join(copy.message.content[copy.language][part] for part in ("subject", "text", "sms"))
        for copy in copies(person)
    ]


def copies(whom: Person | VolunteerProfile | HelpRequest) -> list[Delivery]:
    person = (
        whom.person
        if isinstance(whom, VolunteerProfile)
        else whom.contact
        if isinstance(whom, HelpRequest)
        else whom
    )
    found = Delivery.objects.filter(person=person).select_related("message")
    return list(found.order_by("message", "pk"))


def jobs(name: str) -> list[dict[str, Any]]:
    """Those of one task that wait for their hour."""
    return [job for job in waiting_jobs() if job["task"] == f"volunteering.{name}"]
