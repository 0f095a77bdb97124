"""Becoming a volunteer in a real browser: axe on every page, at 320 px, by keyboard alone, without
script. A copy of the cast's database for each test, because these pages write."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest
from django.utils import timezone
from playwright.sync_api import BrowserContext, Page, expect

from tenants.binding import bind
from tenants.models import Tenant
from tests.browser.conftest import PHONE, Sites, served
from tests.browser.inspector import Inspector
from tests.browser.test_my_account import entered
from tests.conftest import SiteClient
from tests.volunteering.making import (
    make_agreement,
    make_district,
    make_opportunity,
    make_shift,
    make_volunteer,
)
from volunteering.models import Absence, VolunteerProfile

pytestmark = pytest.mark.browser

LONG = "Brzęczyszczykiewiczów Wielkich-Nowakowo"
Open = Callable[..., BrowserContext]


@dataclass(frozen=True, slots=True)
class Town:
    sites: Sites
    tenant: Tenant
    client: SiteClient

    def url(self, path: str) -> str:
        return self.sites("srem", path)


@pytest.fixture
def town(own_database: str, chromium: object) -> Iterator[Town]:
    """With two parts, two opportunities, and a resident who is logged in."""
    tenant = Tenant.objects.get(domains__domain="srem.localhost")
    with bind(tenant):
        make_district(LONG)
        make_district("Centrum", 52.1, 17.0)
        make_shift(make_opportunity(f"Paczki dla {LONG}"))
        make_opportunity("Czytanie w bibliotece")
    client = SiteClient(tenant)
    client.log_in("resident")
    with served() as port:
        yield Town(Sites(port), tenant, client)


def next_page(page: Page) -> None:
    page.get_by_role("button", name="Next", exact=True).click()


def answer(page: Page) -> None:
    """Whatever it is that is asked."""
    for box in page.locator("main form select").all():
        box.select_option(label=LONG)
    for kind in ("checkbox", "radio"):
        boxes = page.get_by_role(kind)
        if boxes.count() and not page.locator(f"input[type={kind}]:checked").count():
            boxes.first.check()


def test_every_page_of_joining_is_accessible(town: Town, open_context: Open) -> None:
    page = entered(open_context(viewport=PHONE), town.client).new_page()
    inspector = Inspector(page)
    inspector.open(town.url("/en/wolontariat/"), "home", in_the_dark=True)
    page.get_by_role("link", name="Become a volunteer").click()
    for number in range(1, 10):
        expect(page.locator("main .meta").first).to_have_text(f"Step {number} of 10.")
        inspector.open(page.url, page.url, in_the_dark=number == 3)
        if number not in {2, 9}:
            next_page(page)
            expect(page.locator(".error-summary")).to_be_focused()
            inspector.look(f"{page.url}, wrong", in_the_dark=number == 3)
            page.locator(".error-summary a").first.click()
        answer(page)
        next_page(page)
    inspector.open(page.url, "check", in_the_dark=True)
    page.get_by_role("button", name="I want to help").click()
    inspector.open(page.url, "done")
    inspector.open(town.url("/en/konto/wolontariat/"), "new volunteer")
    assert not inspector.offences, "\n" + "\n".join(inspector.offences)


def test_every_page_of_the_profile_is_accessible(town: Town, open_context: Open) -> None:
    page = entered(open_context(viewport=PHONE), town.client).new_page()
    inspector = Inspector(page)
    own = town.url("/en/konto/wolontariat/")
    inspector.open(own, "no volunteer")
    with bind(town.tenant):
        person = town.client.log_in("resident").person
        profile = make_volunteer(person=person, district=make_district(LONG))
        make_agreement(profile)
        today = timezone.localdate()
        Absence.objects.create(profile=profile, first_on=today, last_on=today)
    entered(page.context, town.client)
    inspector.open(own, "active", in_the_dark=True)
    for below in ("przerwa/", "nieobecnosc/", "odejdz/", "zmien/kiedy/", "zmien/okolica/"):
        inspector.open(f"{own}{below}", below)
    page.goto(f"{own}przerwa/")
    page.get_by_label("Until a day").check()
    page.get_by_role("button", name="Begin the break").click()
    inspector.look("break, wrong")
    page.get_by_label("Until I say that I am back").check()
    page.get_by_role("button", name="Begin the break").click()
    inspector.look("paused", in_the_dark=True)
    assert not inspector.offences, "\n" + "\n".join(inspector.offences)


def test_by_keyboard_and_without_script(town: Town, open_context: Open) -> None:
    page = entered(open_context(viewport=PHONE, java_script_enabled=False), town.client).new_page()
    page.goto(town.url("/en/wolontariat/dolacz/"))
    for number in range(1, 10):
        expect(page.locator("main .meta").first).to_have_text(f"Step {number} of 10.")
        for box in page.locator("main form select").all():
            box.focus()
            page.keyboard.press("ArrowDown")
        for kind in ("checkbox", "radio"):
            boxes = page.get_by_role(kind)
            if boxes.count() and not page.locator(f"input[type={kind}]:checked").count():
                boxes.first.focus()
                page.keyboard.press("Space")
        page.get_by_role("button", name="Next", exact=True).focus()
        page.keyboard.press("Enter")
    page.get_by_role("button", name="I want to help").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Thank you!")
    with bind(town.tenant):
        profile = VolunteerProfile.objects.get()
        assert (profile.skills, profile.windows.count()) == (["shopping"], 1)
