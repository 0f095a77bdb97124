from uuid import uuid4

from pytest_django import DjangoAssertNumQueries

from portal.accounts.models import Person, User
from portal.accounts.privacy import declarations
from portal.audit.models import record
from tenants.binding import bind
from tenants.models import Tenant
from tests.conftest import SiteClient
from tests.my_account.reading import words

QUERIES = 16


def test_everything_that_is_kept_is_told_with_basis_and_time(resident: SiteClient) -> None:
    text = words(resident.get("/en/konto/przechowywanie/"))
    told = list(declarations())
    assert told
    for declaration in told:
        assert str(declaration.key)
        assert text.count("Legal basis") == text.count("How long") == len(told)


def test_nobody_looked_is_said_in_words(resident: SiteClient) -> None:
    assert "Nobody yet" in words(resident.get("/en/konto/kto-zagladal/"))


def test_who_looked_is_told_by_role_and_never_by_name(
    srem: Tenant, kety: Tenant, resident: SiteClient
) -> None:
    with bind(srem):
        person = Person.objects.get(logins__email__startswith="resident@")
        osl = User.objects.get(email__startswith="osl@")
        record("person.viewed", actor=osl.pk, of=person, person=person.pk)
        record("person.changed", actor=person.logins.get().pk, of=person, person=person.pk)
        record("person.merged", actor=None, person=person.pk)
        record("delivery.finished", actor=uuid4(), person=person.pk)
        record("person.viewed", actor=osl.pk, person=osl.person_id)
    text = words(resident.get("/en/konto/kto-zagladal/"))
    assert "Contact data looked at Local community organiser," in text
    assert "Card changed You," in text
    assert "Two cards merged The portal, by itself," in text
    assert "Somebody whose login is gone" in text
    assert text.count("data looked at") == 1
    assert "Przykładowa" not in text
    assert "osl@" not in text


def test_somebody_who_was_registered_twice_sees_both_trails(
    srem: Tenant, resident: SiteClient
) -> None:
    with bind(srem):
        person = Person.objects.get(logins__email__startswith="resident@")
        other = Person.objects.create(merged_into=person)
        record("person.viewed", actor=None, person=other.pk)
    assert "data looked at" in words(resident.get("/en/konto/kto-zagladal/"))


def test_long_trail_is_cut_into_pages_and_costs_no_more(
    srem: Tenant, resident: SiteClient, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    with bind(srem):
        person = Person.objects.get(logins__email__startswith="resident@")
        actors = list(User.objects.values_list("pk", flat=True))
        for number in range(60):
            record("person.viewed", actor=actors[number % len(actors)], person=person.pk)
    with django_assert_max_num_queries(QUERIES):
        text = words(resident.get("/en/konto/kto-zagladal/"))
    assert text.count("data looked at") == 25
    assert words(resident.get("/en/konto/kto-zagladal/?strona=3")).count("data looked at") == 10
