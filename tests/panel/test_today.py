"""What needs attention: true counts, in order, each line leading somewhere."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from portal.accounts.models import Invitation, Organisation, Person
from portal.accounts.roles import Role
from portal.entrance.actions.invite import invite
from portal.notifications.models import Delivery
from tenants.binding import bind
from tenants.models import Tenant
from tests.conftest import SiteClient
from tests.panel.office import Office, copy, made_old, person_of, written


def today(srem: Tenant, role: str) -> str:
    visitor = SiteClient(srem)
    visitor.log_in(role)
    return visitor.get("/en/panel/").content.decode()


def test_nothing_waits_on_a_quiet_day(srem: Tenant) -> None:
    with bind(srem):
        Organisation.objects.all().delete()
    page = today(srem, "osl")
    assert "Nothing is waiting" in page
    assert 'class="todo"' not in page


def test_everything_that_waits_is_there_with_its_number(srem: Tenant, office: Office) -> None:
    page = today(srem, "director")
    for words in (
        'Calls to make and letters to post <span class="badge">2</span>',
        'Messages that did not arrive <span class="badge">1</span>',
        'Organisations to verify <span class="badge">2</span>',
        'Two cards that may be one person <span class="badge">1</span>',
        "Call Halina Wiśniewska",
        "Post a letter to Zofia",
        "To: Ewa Żak",
        office.circle.name,
        "Halina Wiśniewska – Ewa Żak",
        "6 things wait for you.",
    ):
        assert words in page, words


def test_the_longest_waiting_call_stands_first_and_is_overdue(srem: Tenant, office: Office) -> None:
    with bind(srem):
        copy(written("Nowe", "Nowe"), office.jan, Delivery.Channel.CALL)
        made_old(office.call, days=3)
    page = today(srem, "osl")
    assert page.index("Call Halina") < page.index("Call Jan")
    assert page.count("overdue") == 1


@pytest.mark.parametrize(
    ("role", "headings"),
    [
        ("osl", {"calls", "deliveries", "organisations", "duplicates"}),
        ("ous", {"calls", "deliveries", "duplicates"}),
        ("editor", set()),
        ("dpo", set()),
        ("director", {"calls", "deliveries", "organisations", "duplicates"}),
    ],
)
def test_each_role_sees_what_it_may_do_something_about(
    role: str, headings: set[str], srem: Tenant, office: Office
) -> None:
    page = today(srem, role)
    known = {"calls", "deliveries", "organisations", "duplicates", "invitations", "jobs"}
    assert {key for key in known if f'<h3 id="{key}">' in page} == headings


def test_an_invitation_about_to_expire_is_named_to_the_director(srem: Tenant) -> None:
    with bind(srem):
        director = person_of(srem, "director")
        for address in ("pilna@example.pl", "spokojna@example.pl"):
            invite(email=address, role=Role.OSL, acting_user=director)
        soon = timezone.now() + timedelta(hours=20)
        Invitation.objects.filter(email="pilna@example.pl").update(expires_at=soon)
    page = today(srem, "director")
    assert "pilna@example.pl" in page
    assert "spokojna@example.pl" not in page
    assert "pilna@example.pl" not in today(srem, "osl")


def test_a_full_day_costs_what_an_empty_one_does(srem: Tenant, office: Office) -> None:
    visitor = SiteClient(srem)
    visitor.log_in("director")
    visitor.get("/en/panel/")
    with CaptureQueriesContext(connection) as few:
        visitor.get("/en/panel/")
    with bind(srem):
        message = written("Wiele", "Wiele")
        for number in range(30):
            person = Person.objects.create(first_name="Osoba", last_name=f"Numer{number}xyz")
            copy(message, person, Delivery.Channel.CALL)
            Organisation.objects.create(name=f"Klub {number}", kind="club")
    with CaptureQueriesContext(connection) as many:
        page = visitor.get("/en/panel/").content.decode()
    assert "see all 32" in page
    assert len(many) <= len(few)
    assert len(many) <= 37
