"""The doors of the demo: one site at a time, from this machine, and only in the demo."""

import pytest
from django.conf import settings

from portal.demo.people import invite_sample_people
from tenants.binding import bind
from tests.architecture import addresses
from tests.architecture.canaries import Canaries
from tests.conftest import SiteClient

pytestmark = pytest.mark.usefixtures("db")


def is_asked_who_it_is(visitor: SiteClient) -> bool:
    return visitor.get("/cms/").headers.get("Location", "").startswith("/cms/login/")


def test_they_are_not_there_otherwise(canaries: dict[str, Canaries]) -> None:
    assert not settings.DEMO
    visitor = SiteClient(canaries["srem"].tenant)
    assert [visitor.get(address).status_code for address in addresses.DEMO] == [404]
    assert {visitor.post(address).status_code for address in addresses.DEMO_CHANGES} <= {404, 405}
    assert "/demo/" not in visitor.get("/").content.decode()


@pytest.mark.parametrize(("site", "neighbour"), [("srem", "kety"), ("kety", "srem")])
def test_a_sample_person_enters_one_site(
    site: str, neighbour: str, canaries: dict[str, Canaries], demo_urls: str
) -> None:
    own, other = canaries[site], canaries[neighbour]
    for found in (own, other):
        with bind(found.tenant):
            invite_sample_people(found.tenant)
    visitor = SiteClient(own.tenant)
    assert visitor.get("/demo/").status_code == 200
    assert visitor.post("/demo/wejdz/redaktor/").headers["Location"] == "/cms/"
    page = visitor.get(f"/cms/pages/{own.ids['home']}/").content.decode()
    assert own.word in page
    assert other.word not in page
    there = SiteClient(other.tenant)
    there.cookies = visitor.cookies
    assert is_asked_who_it_is(there)
    visitor.post("/demo/wyjdz/")
    assert is_asked_who_it_is(visitor)


@pytest.mark.parametrize(
    "elsewhere", [{"REMOTE_ADDR": "192.0.2.7"}, {"HTTP_X_FORWARDED_FOR": "127.0.0.1"}]
)
def test_they_open_from_this_machine_only(
    elsewhere: dict[str, str], canaries: dict[str, Canaries], demo_urls: str
) -> None:
    own = canaries["srem"]
    with bind(own.tenant):
        invite_sample_people(own.tenant)
    visitor = SiteClient(own.tenant, **elsewhere)
    assert visitor.get("/demo/").status_code == 403
    assert visitor.post("/demo/wejdz/redaktor/").status_code == 403
    assert is_asked_who_it_is(visitor)


def test_nobody_is_led_in_by_a_link_or_a_form_of_another_page(
    canaries: dict[str, Canaries], demo_urls: str
) -> None:
    own = canaries["srem"]
    with bind(own.tenant):
        invite_sample_people(own.tenant)
    visitor = SiteClient(own.tenant, enforce_csrf_checks=True)
    assert visitor.get("/demo/wejdz/redaktor/").status_code == 405
    assert visitor.post("/demo/wejdz/redaktor/").status_code == 403
    assert is_asked_who_it_is(visitor)


def test_there_is_no_door_for_anybody_else(canaries: dict[str, Canaries], demo_urls: str) -> None:
    visitor = SiteClient(canaries["srem"].tenant)
    assert visitor.post("/demo/wejdz/superuser/").status_code == 404
