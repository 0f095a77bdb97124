"""Booking in a real browser: axe on every page, at 320 px, by keyboard alone, without script.

A copy of the cast's database for each test, because these pages write.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from events.models import Activity, Booking, CapacityPool, Participation
from portal.accounts.models import Organisation
from tenants.binding import bind
from tenants.models import Tenant
from tests.browser.conftest import DESK, PHONE, Sites, served
from tests.browser.inspector import Inspector
from tests.browser.test_keyboard import FOCUSED
from tests.browser.test_my_account import RING_AROUND_CHOICE, entered
from tests.conftest import SiteClient
from tests.events.flow.booker import Booker, link
from tests.events.making import in_days, make_activity, make_place, make_session

pytestmark = pytest.mark.browser

MOST_STEPS = 60
LONG = "Ogólnopolskie warsztaty obsługi smartfona dla Aleksandrowiczówien"

Open = Callable[..., BrowserContext]


@dataclass(frozen=True, slots=True)
class Bookable:
    """An activity that asks everything there is to ask, on three dates."""

    sites: Sites
    tenant: Tenant
    activity: Activity

    def url(self, path: str = "") -> str:
        return self.sites("srem", path or f"/en/wydarzenia/{self.activity.slug}/zapisz/")

    def link(self) -> str:
        """Of the last booking."""
        with bind(self.tenant):
            return link(self.tenant, Booking.objects.latest("created_at"))


@pytest.fixture
def bookable(own_database: str, chromium: object) -> Iterator[Bookable]:
    tenant = Tenant.objects.get(domains__domain="srem.localhost")
    with bind(tenant):
        activity = make_activity(
            LONG, offers_transport=True, age_min=60, residents_only=True,
            organisation=Organisation.objects.get(),
        )  # fmt: skip
        place = make_place("Świetlica wiejska imienia Aleksandrowiczów-Brzęczyszczykiewiczów")
        for days in (10, 17, 24):
            session = make_session(activity, starts_at=in_days(days), place=place)
            CapacityPool.objects.create(main=session.pool, purpose="wheelchair", capacity=2)
    with served() as port:
        yield Bookable(Sites(port), tenant, activity)


def next_page(page: Page) -> None:
    page.get_by_role("button", name="Next", exact=True).click()


def test_every_page_of_the_form_is_accessible(bookable: Bookable, open_context: Open) -> None:
    page = open_context(viewport=PHONE).new_page()
    inspector = Inspector(page)
    inspector.open(bookable.url(), "date")
    page.get_by_role("radio").nth(1).check()
    next_page(page)
    say_who_comes(page, inspector)
    say_how_to_reach(page, inspector)
    say_what_is_needed(page, inspector)
    inspector.open(page.url, "check", in_the_dark=True)
    page.get_by_role("link", name="let the places go").click()
    inspector.look("let go")
    page.get_by_role("link", name="No, go on").click()
    page.get_by_role("button", name="Book 2 places").click()
    inspector.open(page.url, "done", in_the_dark=True)
    inspector.open(page.url.replace("gotowe", "odwolaj"), "cancel from the browser")
    assert not inspector.offences, "\n" + "\n".join(inspector.offences)


def say_who_comes(page: Page, inspector: Inspector) -> None:
    inspector.open(page.url, "party")
    page.get_by_label("Me and other people").check()
    next_page(page)
    expect(page.locator(".error-summary")).to_be_focused()
    inspector.look("party, wrong")
    page.get_by_label("How many people altogether, with you?").fill("2")
    next_page(page)
    for first_name in ("Aleksandra-Konstancja", "Jan"):
        page.get_by_label("First name").fill(first_name)
        page.get_by_label("Last name").fill("Brzęczyszczykiewicz-Nowakowska")
        page.get_by_label("Age on the day").fill("7")
        next_page(page)
        if first_name == "Jan":
            inspector.look("person, wrong")
        page.locator(".error-summary a").click()
        expect(page.get_by_label("Age on the day")).to_be_focused()
        page.keyboard.press("End")
        page.keyboard.type("4")
        next_page(page)


def say_how_to_reach(page: Page, inspector: Inspector) -> None:
    inspector.open(page.url, "contact")
    page.get_by_label("By letter").check()
    next_page(page)
    inspector.look("contact, wrong")
    page.get_by_label("Street and number").fill("Generała Władysława 100/12")
    page.get_by_label("Postcode").fill("63100")
    page.get_by_label("Town or village").fill("Śrem")
    next_page(page)
    inspector.open(page.url, "organiser")
    next_page(page)


def say_what_is_needed(page: Page, inspector: Inspector) -> None:
    inspector.open(page.url, "needs, closed")
    page.locator("summary").first.click()
    page.get_by_label("A lift").first.check()
    next_page(page)
    inspector.look("needs, wrong", in_the_dark=True)
    page.get_by_label("I agree to this").check()
    next_page(page)
    page.get_by_label("Yes, please").check()
    inspector.look("transport")
    next_page(page)


@pytest.fixture
def booked(bookable: Bookable) -> Bookable:
    """With a booking of somebody who has a login."""
    client = SiteClient(bookable.tenant)
    client.log_in("resident")
    resident = Booker(client, bookable.activity)
    resident.book(who="me_and_others", with_me="2")
    return bookable


def test_every_page_behind_the_link_is_accessible(booked: Bookable, open_context: Open) -> None:
    page = open_context(viewport=PHONE).new_page()
    inspector = Inspector(page)
    address = booked.url(booked.link())
    with bind(booked.tenant):
        one = Participation.objects.first()
        assert one
    inspector.open(address, "booking", in_the_dark=True)
    for below in (
        "anuluj/", f"anuluj/{one.pk}/", "zmien/potrzeby/", "zmien/dowoz/", "zmien/uwagi/",
        "zmien/organizator/", "zmien/termin/",
    ):  # fmt: skip
        inspector.open(address + below, below)
    inspector.open(re.sub(r"/[^/]+/$", "/nie-ten-link/", address), "link over")
    inspector.open(booked.url("/en/wydarzenia/link/"), "new link")
    inspector.open(booked.url("/en/wydarzenia/link/?wyslane=1"), "new link sent")
    client = SiteClient(booked.tenant)
    client.log_in("resident")
    mine = entered(open_context(viewport=PHONE), client).new_page()
    own = Inspector(mine)
    own.open(booked.url("/en/konto/zapisy/"), "my bookings")
    mine.get_by_role("button", name="Make a private address").click()
    own.look("private calendar")
    own.open(booked.url("/en/konto/zapisy/kalendarz/usun/"), "private calendar off")
    with bind(booked.tenant):
        CapacityPool.objects.filter(purpose="general").update(capacity=2)
    own.open(booked.url(), "date")
    mine.get_by_role("radio").nth(1).check()
    next_page(mine)
    mine.get_by_label("Other people, not me").check()
    mine.get_by_label("How many people?").fill("3")
    next_page(mine)
    expect(mine.locator("[data-code=HasInsufficientCapacity]")).to_be_visible()
    own.look("refused")
    see_an_offer(booked, inspector)
    assert not (inspector.offences + own.offences), "\n".join(inspector.offences + own.offences)


def see_an_offer(booked: Bookable, inspector: Inspector) -> None:
    """Two wait for what two have, who then do not come; a third is asked to confirm."""
    with bind(booked.tenant):
        first = Booking.objects.get()
        session = booked.activity.sessions.get(pool=first.pool_id)
    Booker(SiteClient(booked.tenant), booked.activity).book(session, waits="1")
    waiting = booked.url(booked.link())
    inspector.open(waiting, "waiting")
    SiteClient(booked.tenant).post(f"{link(booked.tenant, first)}anuluj/")
    inspector.open(waiting, "offer", in_the_dark=True)
    inspector.open(f"{waiting}odrzuc/", "decline")
    with bind(booked.tenant):
        Activity.objects.update(must_confirm=True)
    Booker(SiteClient(booked.tenant), booked.activity).book()
    inspector.open(booked.url(booked.link()), "to be confirmed", in_the_dark=True)


def tab_to(page: Page, selector: str) -> None:
    """Press Tab until it has the focus; each step on the way is seen."""
    for _step in range(MOST_STEPS):
        page.keyboard.press("Tab")
        here = page.evaluate(FOCUSED)
        assert here["shown"], here["html"]
        assert here["ring"] or page.evaluate(RING_AROUND_CHOICE), here["html"]
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return
    raise AssertionError(f"{selector} is out of reach on {page.url}")


def press_next(page: Page) -> None:
    tab_to(page, "form.form > .acts button")
    with page.expect_navigation():
        page.keyboard.press("Enter")


def test_somebody_books_by_keyboard_alone(bookable: Bookable, open_context: Open) -> None:
    page = open_context(viewport=DESK).new_page()
    page.goto(bookable.url())
    tab_to(page, "input[name=session]")
    page.keyboard.press("ArrowDown")
    press_next(page)
    tab_to(page, "input[name=who]")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowUp")
    press_next(page)
    tab_to(page, "#id_first_name")
    page.keyboard.type("Halina")
    page.keyboard.press("Tab")
    page.keyboard.type("Nowak")
    page.keyboard.press("Tab")
    page.keyboard.type("74")
    press_next(page)
    tab_to(page, "input[name=channel]")
    page.keyboard.press("Space")
    tab_to(page, "#id_sms_phone")
    page.keyboard.type("600 100 200")
    press_next(page)
    press_next(page)
    tab_to(page, "input[name=needs_1]")
    page.keyboard.press("Space")
    tab_to(page, "input[name=agrees]")
    page.keyboard.press("Space")
    press_next(page)
    tab_to(page, "input[name=wants]")
    page.keyboard.press("Space")
    press_next(page)
    press_next(page)
    expect(page.locator("h1")).to_have_text("Booked. See you there!")
    page.go_back()
    expect(page.locator("h1")).to_have_text("Booked. See you there!")
    with bind(bookable.tenant):
        assert Booking.objects.count() == 1


def test_somebody_books_without_script(bookable: Bookable, open_context: Open) -> None:
    page = open_context(java_script_enabled=False, viewport=PHONE).new_page()
    page.goto(bookable.url())
    page.get_by_role("radio").first.check()
    next_page(page)
    page.get_by_label("Just me").check()
    next_page(page)
    page.get_by_label("First name").fill("Halina")
    page.get_by_label("Last name").fill("Nowak")
    page.get_by_label("Age on the day").fill("74")
    page.get_by_role("button", name="Keep them 15 minutes longer").click()
    page.get_by_label("First name").fill("Halina")
    page.get_by_label("Last name").fill("Nowak")
    page.get_by_label("Age on the day").fill("74")
    next_page(page)
    # What belongs to another answer is out of the way.
    expect(page.get_by_label("Mobile number")).to_be_hidden()
    page.get_by_label("By text message").check()
    page.get_by_label("Mobile number").fill("600 100 200")
    next_page(page)
    next_page(page)
    next_page(page)
    page.get_by_label("No, we get there ourselves").check()
    next_page(page)
    page.get_by_role("button", name="Book 1 place").click()
    expect(page.locator("h1")).to_have_text("Booked. See you there!")
    page.get_by_role("link", name="Cancel this booking").click()
    page.get_by_role("button", name="Cancel this booking").click()
    expect(page.locator("h1")).to_have_text("You have given the places back")
