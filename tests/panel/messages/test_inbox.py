"""The shared inbox: who waits, who may look, what is found."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from portal.accounts.models import Person
from tenants.models import Tenant
from tests.conftest import SiteClient
from tests.panel.messages.desk import (
    INBOX,
    between_two,
    group_of,
    page_of,
    resident_of,
    said,
    somebody,
    wrote,
)


@pytest.mark.parametrize(
    ("role", "status"),
    [
        ("osl", 200), ("ous", 200), ("director", 200), ("editor", 403), ("dpo", 403),
        ("resident", 403), ("volunteer", 403), ("ngo_member", 403),
    ],
)  # fmt: skip
def test_only_organisers_read_what_people_write_to_the_office(
    role: str, status: int, srem: Tenant, halina: Person
) -> None:
    message = wrote(srem, halina, "Czy Jan też może przyjść?")
    visitor = SiteClient(srem)
    visitor.log_in(role)
    for path in (INBOX, page_of(message.conversation), f"{INBOX}ogloszenia/"):
        assert visitor.get(path).status_code == status, path


def test_the_neighbouring_gmina_has_no_such_conversation(
    srem: Tenant, kety: Tenant, halina: Person
) -> None:
    message = wrote(srem, halina, "Tylko dla Śremu")
    neighbour = SiteClient(kety)
    neighbour.log_in("osl")
    assert neighbour.get(page_of(message.conversation)).status_code == 404
    assert (
        neighbour.post(f"{page_of(message.conversation)}odpowiedz/", said("x")).status_code == 404
    )
    assert "Tylko dla Śremu" not in neighbour.get(INBOX).content.decode()


def test_whoever_waits_is_counted_in_the_menu_until_answered(
    srem: Tenant, osl: SiteClient, halina: Person
) -> None:
    waiting = 'Messages <b><span class="hide">waiting: </span>1</b>'
    assert "Nobody waits for an answer" in osl.get(f"{INBOX}?pokaz=czekaja").content.decode()
    message = wrote(srem, halina, "Czy Jan też może przyjść?")
    page = osl.get(INBOX).content.decode()
    assert waiting in page
    assert "Waiting (1)" in page
    assert "Halina Wiśniewska" in page
    assert "Czy Jan też może przyjść?" in page
    osl.post(f"{page_of(message.conversation)}odpowiedz/", said("Tak, zapraszamy."))
    page = osl.get(INBOX).content.decode()
    assert waiting not in page
    assert "Waiting (0)" in page


def test_what_needs_no_answer_is_put_aside_and_waits_again_with_the_next_words(
    srem: Tenant, osl: SiteClient, halina: Person
) -> None:
    message = wrote(srem, halina, "Dziękuję!")
    assert "No answer needed" in osl.get(page_of(message.conversation)).content.decode()
    answer = osl.post(f"{page_of(message.conversation)}bez-odpowiedzi/", follow=True)
    assert "It does not wait any more." in answer.content.decode()
    assert "No answer needed" not in answer.content.decode()
    assert "Waiting (0)" in osl.get(INBOX).content.decode()
    wrote(srem, halina, "A jednak mam pytanie")
    assert "Waiting (1)" in osl.get(INBOX).content.decode()


def test_the_longest_waiting_stands_first(srem: Tenant, osl: SiteClient, halina: Person) -> None:
    wrote(srem, halina, "Pierwsza")
    wrote(srem, somebody(srem, "Tomek"), "Drugi")
    wrote(srem, halina, "Jeszcze raz ja")
    page = osl.get(f"{INBOX}?pokaz=czekaja").content.decode()
    assert page.index("Halina") < page.index("Tomek")


def test_found_by_name_and_by_words(srem: Tenant, osl: SiteClient, halina: Person) -> None:
    wrote(srem, halina, "Czy będzie chleb żytni?")
    wrote(srem, somebody(srem, "Tomek"), "Kto otwiera świetlicę?")
    by_name = osl.get(f"{INBOX}?q=wisniew").content.decode()
    by_words = osl.get(f"{INBOX}?q=swietlice").content.decode()
    assert "Halina" in by_name
    assert "Tomek" not in by_name
    assert "Tomek" in by_words
    assert "Halina" not in by_words
    for nothing in ("nikt+taki", "!!!"):
        assert "Nothing found" in osl.get(f"{INBOX}?q={nothing}").content.decode()


def test_groups_are_listed_and_what_two_residents_write_is_not(
    srem: Tenant, osl: SiteClient, halina: Person
) -> None:
    tomek = somebody(srem, "Tomek")
    group_of(srem, "Ozdoby świąteczne", [halina, tomek])
    relay = between_two(srem, halina, tomek, "Tylko między nami")
    page = osl.get(f"{INBOX}?pokaz=wszystkie").content.decode()
    assert "Ozdoby świąteczne" in page
    assert "2 people" in page
    assert "Tylko między nami" not in page
    assert "Nothing found" in osl.get(f"{INBOX}?q=Tylko+między").content.decode()
    assert osl.get(page_of(relay.conversation)).status_code == 404


def test_an_open_page_is_given_the_list_alone(
    srem: Tenant, osl: SiteClient, halina: Person
) -> None:
    wrote(srem, halina, "Dzień dobry")
    part = osl.get(INBOX, headers={"HX-Request": "true"}).content.decode()
    assert part.startswith('<div class="flow" id="conversations"')
    assert "<html" not in part


def test_a_long_inbox_costs_what_a_short_one_does(
    srem: Tenant, osl: SiteClient, halina: Person
) -> None:
    wrote(srem, halina, "Dzień dobry")
    group_of(srem, "Grupa", [halina])
    address = f"{INBOX}?pokaz=wszystkie"
    osl.get(address)
    with CaptureQueriesContext(connection) as few:
        osl.get(address)
    for number in range(18):
        wrote(srem, somebody(srem, f"Osoba {number}"), "Dzień dobry")
        group_of(srem, f"Grupa {number}", [halina])
    osl.get(address)
    with CaptureQueriesContext(connection) as many:
        osl.get(address)
    # One more asks for the number of pages.
    assert len(many) <= len(few)
    assert len(many) <= 16


def test_a_resident_of_the_cast_is_known_by_name(srem: Tenant, osl: SiteClient) -> None:
    wrote(srem, resident_of(srem), "Dzień dobry")
    assert "Resident Przykładowa" in osl.get(INBOX).content.decode()
