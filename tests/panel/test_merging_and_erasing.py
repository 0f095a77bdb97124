"""Two cards become one, or a card goes: said before it is done, and done once."""

import pytest

from portal.accounts.models import DifferentPeople, Erasure, Person
from tenants.binding import bind
from tenants.models import Tenant
from tests.conftest import SiteClient
from tests.panel.office import Office


@pytest.fixture
def director(srem: Tenant) -> SiteClient:
    visitor = SiteClient(srem)
    visitor.log_in("director")
    return visitor


def test_two_cards_are_compared_chosen_confirmed_and_merged(
    srem: Tenant, director: SiteClient, office: Office
) -> None:
    halina, ewa = office.halina.pk, office.ewa.pk
    compare = director.get(f"/en/panel/osoby/{halina}/polacz/{ewa}/").content.decode()
    assert "Keep the first: Halina" in compare
    assert "ewa@zak.example" in compare
    confirm = f"/en/panel/osoby/{halina}/polacz/{ewa}/potwierdz/"
    assert "This cannot be undone." in director.get(confirm).content.decode()
    with bind(srem):
        assert Person.objects.get(pk=ewa).merged_into is None
    answer = director.post(confirm, follow=True)
    assert "The two cards are one now." in answer.content.decode()
    with bind(srem):
        assert Person.objects.get(pk=ewa).merged_into_id == halina
    assert director.post(confirm).status_code == 404


def test_two_people_alike_are_told_apart_for_good(
    srem: Tenant, director: SiteClient, office: Office
) -> None:
    path = "/en/panel/osoby/podobne/"
    assert "Ewa Żak" in director.get(path).content.decode()
    director.post(f"/en/panel/osoby/{office.halina.pk}/rozne/{office.ewa.pk}/")
    assert "No two cards look like one person" in director.get(path).content.decode()
    with bind(srem):
        assert DifferentPeople.objects.count() == 1


def test_somebody_is_erased_only_when_the_name_is_typed(
    srem: Tenant, director: SiteClient, office: Office
) -> None:
    path = f"/en/panel/osoby/{office.ewa.pk}/usun/"
    assert "What the law keeps" in director.get(path).content.decode()
    answer = director.post(path, {"name": "Ewa Zak-Kowalska"}).content.decode()
    assert "This is not the name on the card." in answer
    with bind(srem):
        assert Person.objects.filter(pk=office.ewa.pk).exists()
    answer = director.post(path, {"name": "ewa zak"}, follow=True).content.decode()
    assert "Confirmation of erasure" in answer
    assert "Ewa" not in answer.partition("<main")[2]
    with bind(srem):
        assert not Person.objects.filter(pk=office.ewa.pk).exists()
        assert Erasure.objects.get().person == office.ewa.pk
    assert director.get(f"/en/panel/osoby/{office.ewa.pk}/").status_code == 404


def test_the_only_director_is_not_erased(srem: Tenant, director: SiteClient) -> None:
    with bind(srem):
        person = Person.objects.get(logins__email=f"director@{srem.schema_name}.example")
    answer = director.post(
        f"/en/panel/osoby/{person.pk}/usun/", {"name": str(person)}
    ).content.decode()
    assert "This is the only director." in answer
