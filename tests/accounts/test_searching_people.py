"""People are found by whatever the caller says first."""

import pytest

from portal.accounts.models import FormerDetail, Person
from portal.accounts.people_search import search_people
from tenants.binding import bind
from tenants.models import Tenant
from tests.accounts.people import add, add_crowd, tidy_tables

# Tests share the machine with others; the promise is 20 ms on a quiet one.
SLOW_MACHINE = 3


def found(text: str) -> list[str]:
    return [person.full_name for person in search_people(text)]


@pytest.fixture
def bound(srem: Tenant):  # type: ignore[no-untyped-def]
    with bind(srem):
        add("Łucja", "Śmigielska-Żak", phone="+48601234567", email="lucja@example.pl")
        add("Jan", "Kowalski", phone="+48602555111")
        add("Janina", "Kowalewska", phone="+48612830122")
        yield


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("łucja", "Łucja Śmigielska-Żak"),
        ("SMIGIELSKA", "Łucja Śmigielska-Żak"),
        ("zak lucja", "Łucja Śmigielska-Żak"),
        ("smig luc", "Łucja Śmigielska-Żak"),
        ("śmigielska-żak", "Łucja Śmigielska-Żak"),
        ("601 234 567", "Łucja Śmigielska-Żak"),
        ("+48 601-234", "Łucja Śmigielska-Żak"),
        ("0048601", "Łucja Śmigielska-Żak"),
        ("4567", "Łucja Śmigielska-Żak"),
        ("Lucja@Example", "Łucja Śmigielska-Żak"),
        ("0 61 283 01 22", "Janina Kowalewska"),
        ("kowalski 555", "Jan Kowalski"),
        ("kowlaski jan", "Jan Kowalski"),
        ("kowalsky", "Jan Kowalski"),
    ],
)
def test_by_name_phone_or_email_with_or_without_polish_letters(
    bound: None, typed: str, name: str
) -> None:
    assert found(typed)[0] == name


def test_a_beginning_of_any_word_finds_all_in_alphabetical_order(bound: None) -> None:
    assert found("kow") == ["Janina Kowalewska", "Jan Kowalski"]
    assert found("jan kow") == ["Janina Kowalewska", "Jan Kowalski"]


@pytest.mark.parametrize(
    "typed", ["", "  ", "xyzxyz", "999999999", "%", "_", "nie@ma", "kowalski 999"]
)
def test_nobody_fits(bound: None, typed: str) -> None:
    assert found(typed) == []


def test_former_details_lead_to_the_person(bound: None) -> None:
    person = Person.objects.get(first_name="Jan")
    for kind, value in (("name", "Zenon Wójt"), ("phone", "+48700800900"), ("email", "z@stary.pl")):
        FormerDetail.objects.create(person=person, kind=kind, value=value)
    for typed in ("wojt zenon", "700800", "z@stary"):
        assert found(typed) == ["Jan Kowalski"]


def test_merged_and_erased_people_are_not_found(bound: None) -> None:
    lucja = Person.objects.get(first_name="Łucja")
    Person.objects.filter(first_name="Jan").update(
        first_name="", last_name="", phone="", merged_into=lucja
    )
    assert found("jan kowalski") == ["Janina Kowalewska"]


def test_people_of_the_neighbouring_gmina_are_not_found(bound: None, kety: Tenant) -> None:
    with bind(kety):
        assert found("śmigielska") == []


def test_twenty_thousand_people_are_searched_by_index(own_database: str) -> None:
    with bind(Tenant.objects.get(domains__domain="srem.localhost")):
        add_crowd(20_000)
        tidy_tables()
        for typed in ("kowalska anna", "600 123", "wisniewsk", "anna1232@", "wisneiwskaabc ewa"):
            query = search_people(typed)[:30]
            assert list(query), typed
            plan = query.explain(analyze=True)
            assert "Seq Scan" not in plan, plan
            assert float(plan.rsplit("Execution Time: ", 1)[1].split()[0]) < 20 * SLOW_MACHINE
