"""The staff panel in a real browser: axe, 320 px, the keyboard, no JavaScript."""

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from portal.accounts.models import Organisation, Person
from tenants.binding import bind
from tenants.models import Tenant
from tests.browser.conftest import DESK, PHONE, Sites, served
from tests.browser.test_accessible import everywhere
from tests.browser.test_layout import STICKS_OUT, TOO_SMALL
from tests.conftest import CAST_DATABASE, SiteClient, _create_database, using_database
from tests.panel.office import Office, open_office

pytestmark = pytest.mark.browser

PAGES = {
    "today": "",
    "people": "osoby/",
    "people-found": "osoby/?q=halina",
    "people-nobody": "osoby/?q=qqq",
    "person-add": "osoby/dodaj/",
    "duplicates": "osoby/podobne/",
    "person": "osoby/{halina}/",
    "person-long": "osoby/{zofia}/",
    "person-edit": "osoby/{halina}/popraw/",
    "housemate": "osoby/{zofia}/dom/?q=jan",
    "leave-household": "osoby/{halina}/dom/opusc/",
    "guardian-choose": "osoby/{halina}/opiekun/?q=zofia",
    "guardian": "osoby/{halina}/opiekun/{zofia}/",
    "consent": "osoby/{halina}/zgoda/news/",
    "merge-choose": "osoby/{halina}/polacz/?q=ewa",
    "merge-compare": "osoby/{halina}/polacz/{ewa}/",
    "merge-confirm": "osoby/{halina}/polacz/{ewa}/potwierdz/",
    "erase": "osoby/{halina}/usun/",
    "write": "osoby/{halina}/wiadomosc/",
    "inbox": "wiadomosci/",
    "compose": "wiadomosci/ogloszenia/nowe/",
    "calls": "telefony/",
    "letter": "telefony/{letter}/list/",
    "give-up": "telefony/{call}/rezygnuj/",
    "deliveries": "wysylki/",
    "deliveries-all": "wysylki/?stan=wszystkie",
    "deliveries-none": "wysylki/?stan=expired",
    "message": "wysylki/{message}/",
    "organisations": "organizacje/",
    "organisation": "organizacje/{circle}/",
    "organisation-add": "organizacje/dodaj/",
    "organisation-refuse": "organizacje/{circle}/odmow/",
    "member-invite": "organizacje/{circle}/zapros/",
    "team": "zespol/",
    "team-invite": "zespol/zapros/",
    "colleague": "zespol/{colleague}/",
    "role-revoke": "zespol/{colleague}/osl/zabierz/",
    "factor-forget": "zespol/{colleague}/drugi-krok/usun/",
    "audit": "dziennik/",
    "audit-nothing": "dziennik/?co=person.erased",
    "jobs": "zadania-w-tle/",
    "settings": "ustawienia/",
}
CROWD = 60
MILLIMETRE = 96 / 25.4
# A radio button is as large as the words around it.
TARGETS = TOO_SMALL.replace(", input'", ", .input'")


@dataclass(frozen=True, slots=True)
class Panel:
    """The panel of Śrem on a server of its own, with somebody logged in."""

    sites: Sites
    ids: dict[str, str]
    session: str

    def address(self, name: str) -> str:
        return self.sites("srem", f"/panel/{PAGES[name].format_map(self.ids)}")

    def enter(self, context: BrowserContext) -> Page:
        context.add_cookies(
            [{"name": "sessionid", "value": self.session, "url": self.sites("srem", "/")}]
        )
        return context.new_page()


@pytest.fixture(scope="module")
def panel(django_db_setup: None, chromium: Browser, django_db_blocker: Any) -> Iterator[Panel]:
    name = f"panel_{os.getpid()}"
    with django_db_blocker.unblock():
        _create_database(name, copy_of=CAST_DATABASE)
        with using_database(name):
            tenant = Tenant.objects.get(domains__domain="srem.localhost")
            office = open_office(tenant)
            visitor = SiteClient(tenant)
            visitor.log_in("director")
            ids = _crowded(tenant, office)
            with served() as port:
                yield Panel(Sites(port), ids, visitor.cookies["sessionid"].value)


def _crowded(tenant: Tenant, office: Office) -> dict[str, str]:
    """More of everything than a page holds; gives the ids addresses are made of."""
    with bind(tenant):
        for number in range(CROWD):
            Person.objects.create(first_name="Stanisława", last_name=f"Tłumna-{number:03}")
            Organisation.objects.create(name=f"Stowarzyszenie nr {number}", kind="ngo")
        secretary = SiteClient(tenant).log_in("osl")
        return {
            "halina": str(office.halina.pk),
            "zofia": str(office.zofia.pk),
            "ewa": str(office.ewa.pk),
            "circle": str(office.circle.pk),
            "letter": str(office.letter.pk),
            "call": str(office.call.pk),
            "message": str(office.call.message_id),
            "colleague": str(secretary.pk),
        }


@pytest.fixture(scope="module")
def reader(panel: Panel, chromium: Browser) -> Iterator[Page]:
    with chromium.new_context(reduced_motion="reduce", viewport=DESK) as context:
        yield panel.enter(context)


@pytest.mark.parametrize("name", PAGES)
def test_page_of_the_panel_is_accessible(name: str, panel: Panel, reader: Page) -> None:
    answer = reader.goto(panel.address(name))
    assert answer is not None
    assert answer.status == 200
    offences = everywhere(reader)
    assert not offences, "\n" + "\n".join(offences)


@pytest.mark.parametrize("name", PAGES)
def test_page_of_the_panel_fits(name: str, panel: Panel, reader: Page) -> None:
    reader.goto(panel.address(name))
    wide = {}
    for width in (320, 390, 768, 1280):
        reader.set_viewport_size({"width": width, "height": 844})
        wide[width] = reader.evaluate(STICKS_OUT)
    assert {width: found for width, found in wide.items() if found} == {}
    reader.set_viewport_size(PHONE)
    assert reader.evaluate(TARGETS) == []


def test_a_message_is_written_on_a_phone_without_script(
    panel: Panel, open_context: Callable[..., BrowserContext]
) -> None:
    page = panel.enter(open_context(viewport=PHONE, java_script_enabled=False))
    page.goto(panel.address("today").replace("/panel/", "/en/panel/"))
    assert not page.get_by_role("link", name="People", exact=True).is_visible()
    page.get_by_role("link", name="Menu").click()
    page.get_by_role("link", name="People", exact=True).click()
    page.get_by_label("Name, phone or e-mail").fill("halina")
    page.get_by_role("button", name="Search").click()
    page.get_by_role("link", name="Halina Wiśniewska").click()
    page.get_by_role("link", name="Write a message").click()
    page.get_by_role("button", name="Send to Halina").click()
    assert page.title().startswith("Error:")
    page.get_by_label("Message to Halina").fill("Zaczynamy o 11:00.")
    page.get_by_role("button", name="Check the message").click()
    page.get_by_role("button", name="Send to Halina").click()
    assert page.get_by_role("status").first.inner_text().startswith("Sent.")
    assert "waiting" in page.locator("main").inner_text()


def test_a_letter_has_its_address_in_the_window_of_the_envelope(
    panel: Panel, open_context: Callable[..., BrowserContext]
) -> None:
    """DL, window on the right: 60 to 95 mm from the edge of A4 folded in three, with 5 mm play."""
    page = panel.enter(open_context(viewport={"width": 680, "height": 1000}))
    page.goto(panel.address("letter"))
    page.emulate_media(media="print")
    box = page.locator(".letter address").bounding_box()
    assert box is not None
    top, left = (16 + box["y"] / MILLIMETRE, 15 + box["x"] / MILLIMETRE)
    assert 50 <= top <= 58
    assert 108 <= left <= 118
    assert left + box["width"] / MILLIMETRE <= 195
    for furniture in (".topbar", ".rail", ".button"):
        assert page.locator(furniture).filter(visible=True).count() == 0, furniture
