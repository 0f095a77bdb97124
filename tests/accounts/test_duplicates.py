"""People who are probably one are suggested with reasons; staff decide."""

from collections.abc import Iterator
from time import perf_counter
from typing import Any

import pytest

from portal.accounts.actions.dismiss_duplicate import dismiss_duplicate
from portal.accounts.duplicates import Reason, likely_duplicates_of, suggested_pairs
from portal.accounts.models import Household, Person, User
from portal.audit.models import AuditEntry
from tenants.binding import bind
from tenants.models import Tenant
from tests.accounts.people import add, add_crowd

HOME = {"street": "ul. Długa 3", "postcode": "63-100", "city": "Śrem"}


@pytest.fixture
def bound(srem: Tenant) -> Iterator[None]:
    with bind(srem):
        yield


def pairs() -> list[tuple[set[str], tuple[Reason, ...]]]:
    return [
        ({pair.first.full_name, pair.second.full_name}, pair.reasons)
        for pair in suggested_pairs()
        if "Przykładowa" not in pair.first.last_name
    ]


def test_each_reason_is_named_and_the_strongest_pair_comes_first(bound: None) -> None:
    add("Ewa", "Nowak", phone="+48601000001", email="e@n.pl")
    add("Ewa", "Nowak", phone="+48601000001", email="e@n.pl")
    add("Łukasz", "Żak")
    add("Lukasz", "Zak")
    add("Zofia", "Wiśniewska", **HOME)
    add("Zofja", "Wisniewska", **HOME | {"street": "UL. DŁUGA 3"})
    add("Piotr", "Inny", **HOME)
    assert pairs() == [
        ({"Ewa Nowak"}, (Reason.PHONE, Reason.EMAIL, Reason.NAME)),
        ({"Zofia Wiśniewska", "Zofja Wisniewska"}, (Reason.SIMILAR_NAME, Reason.ADDRESS)),
        ({"Łukasz Żak", "Lukasz Zak"}, (Reason.NAME,)),
    ]


def test_a_family_sharing_a_phone_is_no_pair_unless_the_names_agree(bound: None) -> None:
    household = Household.objects.create()
    add("Maria", "Lis", phone="+48601000002", household=household)
    add("Adam", "Lis", phone="+48601000002", household=household)
    assert pairs() == []
    add("Maria", "Lis", phone="+48601000002", household=household)
    assert pairs()[0][0] == {"Maria Lis"}


def test_merged_and_erased_people_are_nobodys_duplicates(bound: None) -> None:
    kept = add("Ewa", "Nowak")
    gone = add("Ewa", "Nowak")
    Person.objects.filter(pk=gone.pk).update(first_name="", last_name="", merged_into=kept)
    assert pairs() == []
    assert likely_duplicates_of(kept) == []


def test_whoever_is_being_added_is_compared_before_they_are_saved(bound: None) -> None:
    there = add("Zofia", "Wiśniewska", phone="+48601000003")
    likely = likely_duplicates_of(Person(first_name="Zofja", last_name="Wisniewska"))
    assert [(one.person, one.reasons) for one in likely] == [(there, (Reason.SIMILAR_NAME,))]
    likely = likely_duplicates_of(Person(first_name="Adam", phone="+48601000003"))
    assert [(one.person, one.reasons) for one in likely] == [(there, (Reason.PHONE,))]
    assert likely_duplicates_of(Person(first_name="Adam", last_name="Bąk")) == []
    assert likely_duplicates_of(Person()) == []


def test_a_pair_told_apart_is_not_suggested_again(bound: None, srem: Tenant) -> None:
    one, other = add("Ewa", "Nowak"), add("Ewa", "Nowak")
    osl = User.objects.get(email=f"osl@{srem.schema_name}.example")
    for _again in range(2):
        dismiss_duplicate(first=other, second=one, acting_user=osl)
    assert pairs() == []
    assert likely_duplicates_of(one) == likely_duplicates_of(other) == []
    entry = AuditEntry.objects.get(action="person.told_apart")
    assert entry.actor == osl.pk
    assert {entry.person, entry.details["other"]} == {
        min(one.pk, other.pk),
        str(max(one.pk, other.pk)),
    }


def test_pairs_among_twenty_thousand_people_come_in_one_query(
    bound: None, django_assert_num_queries: Any
) -> None:
    add_crowd(20_000)
    one = add("Ewa", "Nowakabc", phone="+48601000009")
    add("Ewa", "Nowakabc", phone="+48601000009")
    started = perf_counter()
    with django_assert_num_queries(2):  # the pairs, and their people
        found = suggested_pairs(1)
    assert found[0].first == one
    assert perf_counter() - started < 2
    started = perf_counter()
    likely_duplicates_of(one)
    assert perf_counter() - started < 0.3
