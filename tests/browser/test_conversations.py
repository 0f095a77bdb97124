"""Conversations as somebody has them who is logged in, and by a link: axe, 320 px, keyboard, with
and without script. A copy of the cast's database, because these pages write."""

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from uuid import UUID

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from portal.messaging.models import Conversation, Message
from tenants.binding import bind
from tenants.models import Tenant
from tests.browser.conftest import PHONE, Sites, served
from tests.browser.inspector import Inspector
from tests.browser.test_keyboard import steps
from tests.browser.test_my_account import RING_AROUND_CHOICE, entered
from tests.conftest import SiteClient
from tests.messaging.inbox.talking import (
    announced,
    between_people,
    link_of,
    picture,
    says,
    with_office,
)

pytestmark = pytest.mark.browser

LONG = "Dzieńdobrywszystkim" * 8
Open = Callable[..., BrowserContext]


@dataclass(frozen=True, slots=True)
class Talks:
    tenant: Tenant
    sites: Sites
    halina: SiteClient
    tomek: SiteClient
    office: UUID
    group: UUID
    relay: UUID
    announcement: UUID

    def url(self, path: object = "") -> str:
        return self.sites("srem", f"/en/wiadomosci/{path}")

    def by_link(self, conversation: UUID) -> str:
        return self.sites("srem", link_of(self.tenant, conversation))

    def office_says(self, text: str) -> None:
        with bind(self.tenant):
            says(Conversation.objects.get(pk=self.office), "osl", text)


@pytest.fixture
def talks(own_database: str, chromium: object) -> Iterator[Talks]:
    assert os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]
    srem = Tenant.objects.get(domains__domain="srem.localhost")
    office = with_office(srem, "Czy jest winda?", "Tak, jest.")
    with bind(srem):
        says(Conversation.objects.get(pk=office), "osl", LONG, files=[picture()])
    group = between_people(srem, LONG, "Ja.", "Dobrze.", kind=Conversation.Kind.GROUP)
    relay = between_people(srem, "Będę o dziesiątej.")
    announcement = announced(srem)
    halina, tomek = SiteClient(srem), SiteClient(srem)
    halina.log_in("resident")
    tomek.log_in("volunteer")
    with served() as port:
        yield Talks(srem, Sites(port), halina, tomek, office, group, relay, announcement)


def test_every_page_is_accessible_and_fits_a_small_phone(talks: Talks, open_context: Open) -> None:
    page = entered(open_context(viewport=PHONE), talks.halina).new_page()
    inspector = Inspector(page)
    group = f"{talks.group}/"
    for path in (
        "", "?q=nic", f"{talks.office}/", group, f"{talks.announcement}/",
        f"{group}zglos/1/", f"{group}zablokuj/1/", "zablokowani/",
    ):  # fmt: skip
        inspector.open(talks.url(path), path, in_the_dark=path in ("", group))
    page.goto(talks.url(f"{group}zablokuj/1/"))
    page.get_by_role("button", name="Block Volunteer").click()
    inspector.look("blocked")
    page.goto(talks.url(f"{talks.relay}/"))
    inspector.look("not to be written in")
    entered(page.context, talks.tomek)
    inspector.open(talks.url("nowa/"), "nowa/")
    assert not inspector.offences, "\n" + "\n".join(inspector.offences)


def test_link_is_accessible_and_answered_by_an_open_page(talks: Talks, open_context: Open) -> None:
    page = open_context(viewport=PHONE).new_page()
    inspector = Inspector(page)
    inspector.open(talks.sites("srem", "/en/wiadomosci/link/nic/"), "link that is over")
    inspector.open(talks.by_link(talks.office), "by link")
    page.get_by_role("button", name="Send").click()
    expect(page.locator(".error-summary")).to_be_focused()
    assert page.title().startswith("Error:")
    inspector.look("nothing written")
    page.locator("textarea").fill("Dziękuję za odpowiedź.")
    page.context.set_offline(True)
    page.get_by_role("button", name="Send").click()
    expect(page.locator("[data-not-sent]")).to_be_visible()
    page.context.set_offline(False)
    page.get_by_role("button", name="Send").click()
    expect(page.locator(".msg.mine").last).to_contain_text("Dziękuję za odpowiedź.")
    expect(page.locator(".error-summary")).to_have_count(0)
    expect(page.locator("textarea")).to_have_value("")
    assert not page.title().startswith("Error:")
    assert not inspector.offences, "\n" + "\n".join(inspector.offences)


def test_conversation_by_keyboard_says_it_is_read_by_itself(
    talks: Talks, open_context: Open
) -> None:
    page = entered(open_context(), talks.halina).new_page()
    for path in ("", f"{talks.group}/", f"{talks.group}/zglos/1/"):
        page.goto(talks.url(path))
        lost = [
            step["html"]
            for step in steps(page)
            if not step["shown"] or not (step["ring"] or page.evaluate(RING_AROUND_CHOICE))
        ]
        assert lost == [], path
    expect_read(page, talks)


def expect_read(page: Page, talks: Talks) -> None:
    page.goto(talks.url(f"{talks.office}/"))
    page.locator("#reply").scroll_into_view_if_needed()
    expect(page.get_by_role("button", name="I have read this")).to_have_count(0)
    talks.office_says("Jest też podjazd.")
    page.evaluate("htmx.trigger('#newer', 'live')")
    expect(page.locator("ol[aria-live]")).to_contain_text("Jest też podjazd.")
    page.reload()
    expect(page.get_by_text("Jest też podjazd.")).to_have_count(1)


def test_all_of_it_works_without_script(talks: Talks, open_context: Open) -> None:
    context = open_context(java_script_enabled=False, viewport=PHONE)
    page = entered(context, talks.halina).new_page()
    page.goto(talks.sites("srem", "/en/konto/"))
    page.get_by_role("link", name="Messages").click()
    page.get_by_label("Find a word").fill("winda")
    page.get_by_role("button", name="Search").click()
    page.locator("a.thread").click()
    page.get_by_role("button", name="I have read this").click()
    expect(page.get_by_role("button", name="I have read this")).to_have_count(0)
    page.get_by_label("Your message").fill("Dziękuję.")
    page.locator("input[type=file]").set_input_files(
        {"name": "plan.png", "mimeType": "image/png", "buffer": picture()}
    )
    page.get_by_role("button", name="Send").click()
    expect(page.locator(".msg.mine").last).to_contain_text("Dziękuję.")
    shown = page.locator(".msg.mine img").last
    shown.scroll_into_view_if_needed()
    expect(shown).to_have_js_property("naturalWidth", 40)
    page.goto(talks.url(f"{talks.group}/"))
    page.locator("#m1").get_by_role("link", name="Report").click()
    page.get_by_label("Something else").check()
    page.get_by_role("button", name="Report the message").click()
    expect(page.locator("h1")).to_have_text("Thank you")
    with bind(talks.tenant):
        assert Message.objects.get(text="Dziękuję.").attachments.count() == 1
