"""No page asks another host for anything, breaks its own policy or complains to the console."""

from collections.abc import Callable
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import BrowserContext, ConsoleMessage, Page, Request, expect

from cms_pages.models import BasePage
from tenants.binding import bind
from tenants.models import Tenant
from tests.browser.conftest import Sites
from tests.browser.every_page import PAGES

pytestmark = pytest.mark.browser

WATCH_POLICY = """document.addEventListener('securitypolicyviolation', event =>
    console.error('policy: ' + event.violatedDirective + ' ' + event.blockedURI))"""


class Watched:
    """Notes what a window asks for and complains about."""

    def __init__(self, context: BrowserContext, sites: Sites) -> None:
        self.sites = sites
        self.foreign: set[str] = set()
        self.complaints: list[str] = []
        context.on("request", self._request)
        context.on("console", self._console)
        context.on("weberror", lambda error: self.complaints.append(str(error.error)))
        context.add_init_script(WATCH_POLICY)

    def _request(self, request: Request) -> None:
        parts = urlsplit(request.url)
        own = parts.port == self.sites.port and (parts.hostname or "").endswith("localhost")
        if not own and parts.scheme not in {"data", "blob", "about"}:
            self.foreign.add(request.url)

    def _console(self, message: ConsoleMessage) -> None:
        # A missing page is missing on purpose here; Chromium reports it as an error.
        is_answer = "the server responded with a status of 404" in message.text
        # Wagtail names the time zone in words, which a Chromium without all locales cannot.
        is_time_zone = "w-locale#localize" in message.text
        # The server of these tests has no sockets; tests/browser/test_live.py has.
        is_socket = "/ws/' failed" in message.text
        is_expected = is_answer or is_time_zone or is_socket
        if message.type in {"error", "warning"} and not is_expected:
            self.complaints.append(f"{message.page and message.page.url}: {message.text}")

    def check(self) -> None:
        assert self.foreign == set()
        assert self.complaints == []


def test_public_pages_keep_to_themselves(
    sites: Sites, open_context: Callable[..., BrowserContext]
) -> None:
    context = open_context()
    watched = Watched(context, sites)
    page = context.new_page()
    for address in PAGES.values():
        page.goto(sites(*address))
    page.wait_for_load_state("networkidle")
    watched.check()
    assert context.cookies() == []
    assert page.evaluate("localStorage.length + sessionStorage.length") == 0


def test_public_pages_load_only_style_font_and_picture(sites: Sites, page: Page) -> None:
    kinds: dict[str, set[str]] = {}

    def note(request: Request) -> None:
        kinds.setdefault(request.resource_type, set()).add(request.url)

    page.on("request", note)
    for name in ("home", "project", "contact", "directory"):
        page.goto(sites(*PAGES[name]), wait_until="networkidle")
    assert set(kinds) <= {"document", "stylesheet", "font", "image", "other"}, kinds


def test_the_cms_keeps_to_itself(demo: Sites, open_context: Callable[..., BrowserContext]) -> None:
    context = open_context()
    watched = Watched(context, demo)
    page = context.new_page()
    page.goto(demo("rokietnica", "/demo/"))
    page.locator("form[action='/demo/wejdz/dyrekcja/'] button").click()
    expect(page).to_have_url(demo("rokietnica", "/panel/"))
    for path in (
        "/cms/", "/cms/pages/", "/cms/images/", "/cms/documents/", "/cms/images/multiple/add/",
        "/cms/snippets/places/contact/", "/cms/snippets/places/place/", "/cms/account/",
        "/cms/reports/site-history/", "/cms/redirects/", "/cms/pages/search/?q=pomoc",
    ):  # fmt: skip
        page.goto(demo("rokietnica", path), wait_until="networkidle")
    _edit_and_preview(page, demo)
    _choose_a_picture(page, demo)
    watched.check()


def _edit_and_preview(page: Page, demo: Sites) -> None:
    page.goto(_edit_address("/home/o-nas/", demo), wait_until="networkidle")
    page.locator("[data-side-panel-toggle='preview']").click()
    preview = page.frame_locator("#w-preview-iframe")
    expect(preview.locator("h1")).to_be_visible()
    expect(preview.locator(".topbar")).to_be_visible()


def _edit_address(url_path: str, demo: Sites) -> str:
    with bind(Tenant.objects.get(domains__domain="rokietnica.localhost")):
        number = BasePage.objects.get(url_path=url_path).pk
    return demo("rokietnica", f"/cms/pages/{number}/edit/")


def _choose_a_picture(page: Page, demo: Sites) -> None:
    page.goto(_edit_address("/home/aktualnosci/powstalo-cus/", demo), wait_until="networkidle")
    page.locator("[id$='picture-chooser'] [data-chooser-action-choose]").first.click()
    expect(page.locator(".modal-content")).to_be_visible()
    page.wait_for_load_state("networkidle")
