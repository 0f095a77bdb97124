"""Cards of people with whom the office has no more matters go by themselves."""

from datetime import timedelta

import pytest
from django.utils import timezone

from portal.accounts.declared import person as card_of
from portal.accounts.models import Guardianship, Person, User
from tenants.binding import bind
from tenants.models import Tenant
from tests.events.making import make_session
from tests.events.running.evening import booked, card

LONG_AGO = timezone.now() - timedelta(days=3 * 365)


def old_card(first_name: str) -> Person:
    found = card(first_name, "Dawna")
    Person.objects.filter(pk=found.pk).update(created_at=LONG_AGO)
    return found


@pytest.fixture
def unneeded(srem: Tenant) -> Person:
    with bind(srem):
        return old_card("Anna")


def kept(tenant: Tenant) -> set[str]:
    with bind(tenant):
        card_of.retain()
        return set(Person.objects.filter(last_name="Dawna").values_list("first_name", flat=True))


def test_a_card_to_which_nothing_leads_goes(srem: Tenant, unneeded: Person) -> None:
    with bind(srem):
        card("Nowa", "Dawna")
    assert kept(srem) == {"Nowa"}


def test_one_with_a_booking_a_login_or_a_ward_stays(srem: Tenant, unneeded: Person) -> None:
    with bind(srem):
        booked(make_session(), old_card("Booked"))
        login = User.objects.filter(person__isnull=False).first()
        assert login is not None
        Person.objects.filter(pk=login.person_id).update(last_name="Dawna", created_at=LONG_AGO)
        Guardianship.objects.create(
            guardian=old_card("Guardian"), ward=old_card("Ward"), kind="parent"
        )
        name = Person.objects.get(pk=login.person_id).first_name
    assert kept(srem) == {"Booked", "Guardian", "Ward", name}


def test_only_those_of_this_gmina_go(srem: Tenant, kety: Tenant, unneeded: Person) -> None:
    with bind(kety):
        old_card("Ewa")
    assert kept(srem) == set()
    with bind(kety):
        assert Person.objects.filter(first_name="Ewa").exists()
