"""Every page one comes in by: axe, 320 px, no script needed, on the way of real people."""

import re
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from portal.accounts.models import User
from portal.accounts.roles import Role
from portal.entrance.actions.invite import invite
from tenants.binding import bind
from tenants.models import Tenant
from tests.browser.conftest import DESK, PHONE, SCHEME, served
from tests.browser.test_accessible import OF_COLOUR, RULES, violations
from tests.entrance.doors import app_code, code_sent_to, email_of, messages_to

pytestmark = pytest.mark.browser

NARROW = 320
Open = Callable[..., BrowserContext]


@pytest.fixture
def site(own_database: str) -> Iterator[str]:
    with served() as port:
        yield f"{SCHEME}://srem.localhost:{port}"


@pytest.fixture
def srem(own_database: str) -> Tenant:
    return Tenant.objects.get(domains__domain="srem.localhost")


class Walk:
    """Looks at each page on the way, and remembers what was wrong with it."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.seen: list[str] = []
        self.offences: list[str] = []

    def look(self, heading: str) -> None:
        expect(self.page.get_by_role("heading", level=1)).to_have_text(heading)
        for size in (PHONE, DESK):
            self.page.set_viewport_size(size)
            self.page.emulate_media(color_scheme="light")
            self._note(heading, violations(self.page, {"type": "tag", "values": RULES}))
            self.page.emulate_media(color_scheme="dark")
            self._note(heading, violations(self.page, {"type": "rule", "values": OF_COLOUR}))
        self.page.set_viewport_size({"width": NARROW, "height": 600})
        width = self.page.evaluate("document.documentElement.scrollWidth")
        self._note(heading, [f"{width} px wide"] if width > NARROW else [])
        self.seen.append(heading)

    def press(self, name: str) -> None:
        self.page.get_by_role("button", name=name).first.click()
        self.page.wait_for_load_state()

    def follow(self, name: str) -> None:
        self.page.get_by_role("link", name=name).first.click()
        self.page.wait_for_load_state()

    def _note(self, heading: str, offences: list[str]) -> None:
        self.offences += [f"{heading}: {offence}" for offence in offences]


def test_resident_signs_up_on_accessible_pages_without_script(
    site: str, srem: Tenant, open_context: Open
) -> None:
    # axe itself needs scripts: the pages have none of their own on this way.
    walk = Walk(open_context().new_page())
    page = walk.page
    page.goto(f"{site}/en/konto/")
    walk.look("Log in")
    walk.press("Send me a code")
    walk.look("Log in")
    walk.follow("Log in with a password")
    walk.look("Log in with a password")
    page.goto(f"{site}/en/konto/zaloz/")
    walk.press("Send me a code")
    walk.look("Open an account")
    page.get_by_label("First name").fill("Konstancja Aleksandra")
    page.get_by_label("Last name").fill("Brzęczyszczykiewicz-Gżegżółkowska")
    address = "konstancja.brzeczyszczykiewicz.gzegzolkowska@poczta.example.pl"
    page.get_by_label("E-mail address or mobile number").fill(address)
    walk.press("Send me a code")
    walk.look("Type the code")
    code = code_sent_to(srem, address)
    page.get_by_label("Code of 6 digits").fill("12")
    walk.press("Continue")
    walk.look("Type the code")
    page.get_by_label("Code of 6 digits").fill(code)
    walk.press("Continue")
    expect(page).to_have_url(f"{site}/en/konto/")
    assert not walk.offences, "\n" + "\n".join(walk.offences)


def test_invited_colleague_sets_up_the_second_step_on_accessible_pages(
    site: str, srem: Tenant, open_context: Open
) -> None:
    with bind(srem):
        director = User.objects.get(email=email_of("director", srem))
        invite(email="nowa@example.pl", role=Role.OSL, acting_user=director)
    text = messages_to(srem, "nowa@example.pl")[0].content["pl"]["text"]
    link = re.search(r"/konto/zaproszenie/\S+", text)
    assert link
    walk = Walk(open_context().new_page())
    page = walk.page
    page.goto(f"{site}/en{link[0]}")
    walk.look("Invitation to the team of Gmina Śrem")
    page.get_by_label("First name").fill("Nowa")
    page.get_by_label("Last name").fill("Organizatorka")
    walk.press("Accept the invitation")
    walk.look("The second step of logging in")
    walk.follow("Add an app")
    walk.look("Add an authenticator app")
    secret = page.locator(".key-letters").inner_text().replace(" ", "")
    page.get_by_label("Code", exact=True).fill(app_code(secret))
    walk.press("Add the app")
    walk.look("Recovery codes")
    page.goto(f"{site}/en{link[0]}")
    walk.look("This invitation does not work any more")
    page.goto(f"{site}/en/panel/zespol/")
    walk.look("This page is not for your role")
    page.goto(f"{site}/en/panel/")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Today")
    assert not walk.offences, "\n" + "\n".join(walk.offences)
