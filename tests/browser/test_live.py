"""Two people, two browsers: what one writes appears at the other's, at once where a socket is open,
later where it is not, and never twice."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from time import monotonic
from uuid import uuid4

import pytest
from django.db import connections
from playwright.sync_api import BrowserContext, Locator, Page, expect

from portal.accounts.models import User
from portal.messaging.actions.open_office_conversation import open_office_conversation
from portal.messaging.actions.post_message import post_message
from portal.messaging.models import Conversation
from tenants.binding import bind
from tenants.models import Tenant
from tests.conftest import SiteClient
from tests.sockets.serving import serving

pytestmark = pytest.mark.browser

Open = Callable[..., BrowserContext]
AT_ONCE = 1_000


class Town:
    """A resident who has written to the office, and a clerk."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.site = Tenant.objects.get(domains__domain="srem.localhost")
        with bind(self.site):
            self.resident = User.objects.get(email__startswith="resident@")
            self.clerk = User.objects.get(email__startswith="osl@")
            self.conversation: Conversation = open_office_conversation(person=self.resident.person)
        self.office_writes("Zapraszamy na spacer.")

    def office_writes(self, text: str) -> None:
        """As a web process does: this thread has the event loop of the browser."""
        with ThreadPoolExecutor(1) as elsewhere:
            elsewhere.submit(self._write, text).result()

    def _write(self, text: str) -> None:
        with bind(self.site):
            post_message(
                conversation=self.conversation, acting_user=self.clerk, text=text, token=uuid4()
            )
        connections.close_all()

    def page(self, context: BrowserContext, role: str, *, has_script: bool = True) -> Page:
        """The conversation in the browser of somebody of the cast, its socket open."""
        client = SiteClient(self.site)
        client.log_in(role)
        context.add_cookies(
            [{
                "name": "sessionid", "value": client.cookies["sessionid"].value,
                "domain": "srem.localhost", "path": "/",
            }]
        )  # fmt: skip
        page = context.new_page()
        where = "en/wiadomosci" if role == "resident" else "en/panel/wiadomosci"
        address = f"http://srem.localhost:{self.port}/{where}/{self.conversation.pk}/"
        if not has_script:
            page.goto(address)
            return page
        # Once the socket is open, the page asks for what it may have missed.
        with page.expect_response(lambda response: "/nowe/" in response.url):
            page.goto(address)
        return page


def said(page: Page, text: str) -> Locator:
    """In the conversation; the list beside it quotes the last words."""
    return page.locator("li.msg").filter(has_text=text)


def write(page: Page, text: str) -> None:
    form = page.locator("form[data-hx-post]:has(textarea)").first
    form.locator("textarea").fill(text)
    form.get_by_role("button", name="Send").first.click()


def test_two_people_read_each_other_at_once(own_database: str, open_context: Open) -> None:
    with serving(with_pages=True) as port:
        town = Town(port)
        clerk, resident = town.page(open_context(), "osl"), town.page(open_context(), "resident")
        without_script = town.page(
            open_context(java_script_enabled=False), "resident", has_script=False
        )

        write(clerk, "Tak, o dziesiątej.")
        expect(said(clerk, "Tak, o dziesiątej.")).to_have_count(1)
        expect(said(resident, "Tak, o dziesiątej.")).to_have_count(1, timeout=AT_ONCE)

        write(resident, "Dziękuję!")
        expect(said(clerk, "Dziękuję!")).to_have_count(1, timeout=AT_ONCE)
        expect(said(resident, "Dziękuję!")).to_have_count(1)

        expect(said(without_script, "Dziękuję!")).to_have_count(0)
        without_script.reload()
        expect(said(without_script, "Dziękuję!")).to_have_count(1)


def test_staff_see_who_else_has_a_conversation_open(own_database: str, open_context: Open) -> None:
    with serving(with_pages=True) as port:
        town = Town(port)
        clerk = town.page(open_context(), "osl")
        director = town.page(open_context(), "director")
        expect(clerk.get_by_text("Director is reading this too.")).to_be_visible()
        director.locator("form[data-hx-post] textarea").first.press_sequentially("Dz")
        expect(clerk.get_by_text("Director is writing an answer.")).to_be_visible()


def test_what_was_written_while_the_socket_was_cut_is_there_once(
    own_database: str, open_context: Open
) -> None:
    written = [f"Wiadomość {number}." for number in range(1, 9)]
    context = open_context()
    with serving(with_pages=True) as port:
        town = Town(port)
        page = town.page(context, "resident")
        town.office_writes(written[0])
        expect(said(page, written[0])).to_have_count(1, timeout=AT_ONCE)
    for text in written[1:5]:
        town.office_writes(text)
    with serving(port=port, with_pages=True):
        started = monotonic()
        expect(said(page, written[4])).to_have_count(1, timeout=30_000)
        assert monotonic() - started < 30
        for text in written[5:]:
            town.office_writes(text)
        # The page may have asked by itself just now, and be about to connect again.
        for text in written:
            expect(said(page, text)).to_have_count(1, timeout=30_000)
