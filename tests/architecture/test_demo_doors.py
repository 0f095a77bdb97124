"""The doors of the demo: one site at a time, from this machine, and only in the demo."""

import pytest
from django.conf import settings
from django.urls import reverse

from portal.demo.people import PEOPLE, SamplePerson, invite_sample_people, people_of
from tenants.binding import bind
from tenants.models import Tenant
from tests.architecture import addresses
from tests.architecture.canaries import Canaries
from tests.architecture.walls import is_nobody, whole, with_cookies_of
from tests.conftest import SiteClient

pytestmark = pytest.mark.usefixtures("db", "plain_templates")


@pytest.fixture
def _sample_people(canaries: dict[str, Canaries], leader: Tenant) -> None:
    for tenant in (leader, *(found.tenant for found in canaries.values())):
        with bind(tenant):
            invite_sample_people(tenant)


def test_they_are_not_there_otherwise(own: Canaries) -> None:
    assert not settings.DEMO
    visitor = SiteClient(own.tenant)
    looked = {visitor.get(address.format_map(own.ids)).status_code for address in addresses.DEMO}
    assert looked == {404}
    assert {visitor.post(address).status_code for address in addresses.DEMO_CHANGES} <= {404, 405}
    assert "/demo/" not in visitor.get("/").content.decode()


@pytest.mark.parametrize("person", PEOPLE, ids=lambda person: person.key)
@pytest.mark.usefixtures("_sample_people")
def test_a_sample_person_enters_one_site(
    person: SamplePerson, canaries: dict[str, Canaries], leader: Tenant, demo_urls: str
) -> None:
    """Where their work begins, with the second factor that the work asks for."""
    srem, kety = canaries["srem"], canaries["kety"]
    visitor = SiteClient(srem.tenant if person in people_of(srem.tenant) else leader)
    lands = reverse(person.lands)
    assert visitor.post(f"/demo/wejdz/{person.key}/").headers["Location"] == lands
    page = visitor.get(lands)
    assert page.status_code == 200
    assert kety.word not in whole(page)
    assert is_nobody(with_cookies_of(visitor, kety.tenant))
    visitor.post("/demo/wyjdz/")
    assert is_nobody(visitor)


@pytest.mark.usefixtures("_sample_people")
def test_the_mailbox_holds_messages_of_its_own_site(
    own: Canaries, other: Canaries, demo_urls: str
) -> None:
    visitor = SiteClient(own.tenant)
    for address in addresses.DEMO:
        response = visitor.get(address.format_map(own.ids))
        assert response.status_code == 200, address
        assert "no-store" in response.headers["Cache-Control"]
        assert other.word not in whole(response)
        if "{" in address:
            assert own.word in whole(response)
            assert visitor.get(address.format_map(other.only_here)).status_code == 404


@pytest.mark.parametrize(
    "elsewhere", [{"REMOTE_ADDR": "192.0.2.7"}, {"HTTP_X_FORWARDED_FOR": "127.0.0.1"}]
)
@pytest.mark.usefixtures("_sample_people")
def test_they_open_from_this_machine_only(
    elsewhere: dict[str, str], canaries: dict[str, Canaries], demo_urls: str
) -> None:
    own = canaries["srem"]
    visitor = SiteClient(own.tenant, **elsewhere)
    for address in addresses.DEMO:
        assert visitor.get(address.format_map(own.ids)).status_code == 403
    for address in addresses.DEMO_CHANGES:
        assert visitor.post(address).status_code == 403
    assert is_nobody(visitor)


@pytest.mark.usefixtures("_sample_people")
def test_nobody_is_led_in_by_a_link_or_a_form_of_another_page(
    canaries: dict[str, Canaries], demo_urls: str
) -> None:
    visitor = SiteClient(canaries["srem"].tenant, enforce_csrf_checks=True)
    assert visitor.get("/demo/wejdz/redaktor/").status_code == 405
    assert visitor.post("/demo/wejdz/redaktor/").status_code == 403
    assert is_nobody(visitor)


@pytest.mark.parametrize("key", ["superuser", "analiza", "nie-ma"])
@pytest.mark.usefixtures("_sample_people")
def test_there_is_no_door_for_anybody_else(
    key: str, canaries: dict[str, Canaries], demo_urls: str
) -> None:
    visitor = SiteClient(canaries["srem"].tenant)
    assert visitor.post(f"/demo/wejdz/{key}/").status_code == 404
