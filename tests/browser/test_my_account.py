"""Every page of ``/konto/``, empty, as usual and overfull: axe, keyboard, 320 px, no script.

A copy of the cast's database for each test, because these pages write.
"""

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest
from django.conf import settings
from playwright.sync_api import BrowserContext, Page, expect

from portal.accounts.actions.give_consent import give_consent
from portal.accounts.models import (
    Guardianship,
    Household,
    Organisation,
    OrganisationMember,
    Person,
    User,
)
from portal.audit.models import record
from portal.entrance.actions.invite import invite
from portal.notifications.models import Delivery
from portal.notifications.promise import File, promise
from tenants.binding import bind
from tenants.models import Tenant
from tests.browser.conftest import PHONE, Sites, served
from tests.browser.test_accessible import RULES, everywhere, violations
from tests.browser.test_keyboard import steps
from tests.conftest import SiteClient
from tests.my_account.conftest import show_who_i_am

pytestmark = pytest.mark.browser

PAGES = (
    "", "dane/", "dane/imie/", "dane/kontakt/", "dane/adres/", "dane/jezyk/", "wiadomosci/",
    "wiadomosci/ustawienia/", "zgody/", "przechowywanie/", "kto-zagladal/", "pobierz/", "usun/",
    "usun/potwierdz/", "bezpieczenstwo/",
)  # fmt: skip
NARROW = 320
RING_AROUND_CHOICE = """() => getComputedStyle(
    document.activeElement.closest('.choice') || document.activeElement).outlineStyle !== 'none'"""
LONG = "Ogólnopolskie Stowarzyszenie Przyjaciół Uniwersytetu Trzeciego Wieku i Okolic w Śremie"


@dataclass(frozen=True, slots=True)
class Account:
    """Two people of one site: one with nothing, one with more than anybody has."""

    sites: Sites
    empty: SiteClient
    full: SiteClient
    full_pages: tuple[str, ...]

    def pages(self) -> Iterator[tuple[SiteClient, str]]:
        yield from ((self.empty, path) for path in PAGES)
        yield from ((self.full, path) for path in (*PAGES, *self.full_pages))

    def url(self, path: str) -> str:
        return self.sites("srem", f"/en/konto/{path}")


@pytest.fixture
def account(own_database: str, chromium: object) -> Iterator[Account]:
    assert os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]
    tenant = Tenant.objects.get(domains__domain="srem.localhost")
    with bind(tenant):
        full_pages = fill(User.objects.get(email__startswith="ngo_member@"))
    clients = {role: SiteClient(tenant) for role in ("resident", "ngo_member")}
    for role, client in clients.items():
        client.log_in(role)
        show_who_i_am(client)
    with served() as port:
        yield Account(Sites(port), clients["resident"], clients["ngo_member"], full_pages)


def fill(user: User) -> tuple[str, ...]:
    """Give somebody a long name and too much of everything; addresses of what they have."""
    household = Household.objects.create()
    person = user.person
    person.first_name, person.last_name = "Aleksandra-Konstancja", "Brzęczyszczykiewicz-Nowakowska"
    person.street, person.postcode, person.city = "Generała Władysława 100/12", "63-100", "Śrem"
    person.phone, person.household = "+48600100200", household
    person.save()
    for name in ("Zofia", "Władysława"):
        other = Person.objects.create(first_name=name, last_name="Nowak", household=household)
        Guardianship.objects.create(guardian=person, ward=other, kind="carer")
    for number in range(45):
        message = promise(
            "panel/written",
            to=[person],
            content={"pl": {"subject": f"{LONG} {number}", "text": LONG, "sms": LONG}},
            files=[File(f"{LONG.replace(' ', '_')}.pdf", "application/pdf", b"%PDF")],
        )
        record("person.viewed", actor=user.pk if number % 2 else None, person=person.pk)
    letter = message.deliveries.get(channel=Delivery.Channel.INBOX)
    give_consent(person=person, purpose="news", means="paper", acting_user=None)
    organisation = Organisation.objects.get(members__user=user)
    organisation.name = LONG
    organisation.email = "sekretariat.stowarzyszenia.przyjaciol.utw@example.pl"
    organisation.save()
    for role in ("osl", "volunteer"):
        member = OrganisationMember.objects.create(
            organisation=organisation, user=User.objects.get(email__startswith=f"{role}@")
        )
    invite(
        email="bardzo.dlugi.adres.zaproszonej.osoby@example.pl", organisation=organisation,
        organisation_role="member", acting_user=user,
    )  # fmt: skip
    own = f"organizacje/{organisation.pk}/"
    return (
        f"wiadomosci/{letter.pk}/", own, f"{own}zmien/", f"{own}zapros/",
        f"{own}osoby/{member.pk}/usun/",
    )  # fmt: skip


def entered(context: BrowserContext, client: SiteClient) -> BrowserContext:
    """The window of somebody who is logged in as ``client`` is."""
    name = settings.SESSION_COOKIE_NAME
    key = client.cookies[name].value
    context.clear_cookies()
    context.add_cookies(
        [{"name": name, "value": key, "domain": "srem.localhost", "path": "/"}]
    )  # fmt: skip
    return context


Open = Callable[..., BrowserContext]


def test_every_page_is_accessible(account: Account, open_context: Open) -> None:
    context = open_context()
    page, offences = context.new_page(), []
    for client, path in account.pages():
        entered(context, client)
        response = page.goto(account.url(path))
        assert response
        assert response.status == 200, path
        assert page.url == account.url(path)
        offences += [f"{path}: {offence}" for offence in everywhere(page)]
    assert not offences, "\n" + "\n".join(offences)


def test_what_is_wrong_is_accessible(account: Account, open_context: Open) -> None:
    page = entered(open_context(viewport=PHONE), account.empty).new_page()
    for path, button in (("dane/kontakt/", "Save"), ("usun/potwierdz/", "Delete my account")):
        page.goto(account.url(path))
        if path.startswith("dane"):
            page.get_by_label("Phone", exact=False).last.fill("12 34")
        page.get_by_role("button", name=button, exact=True).click()
        summary = page.locator(".error-summary")
        expect(summary).to_be_focused()
        assert page.title().startswith("Error:")
        assert not violations(page, {"type": "tag", "values": RULES})
        summary.locator("a").first.click()
        assert page.evaluate("document.activeElement.matches('input')"), path


def test_no_page_is_wider_than_a_small_phone(account: Account, open_context: Open) -> None:
    context = open_context(viewport={"width": NARROW, "height": 640})
    page, wide = context.new_page(), []
    for client, path in account.pages():
        entered(context, client)
        page.goto(account.url(path))
        if page.evaluate("document.documentElement.scrollWidth") > NARROW:
            wide.append(path)
    assert wide == []


def test_every_step_by_keyboard_is_seen(account: Account, open_context: Open) -> None:
    context = entered(open_context(), account.full)
    page = context.new_page()
    for path in ("", "dane/", "dane/kontakt/", "zgody/", "bezpieczenstwo/", *account.full_pages):
        page.goto(account.url(path))
        lost, is_in_main = [], False
        for step in steps(page):
            is_in_main |= step["inMain"]
            if not step["shown"] or not (step["ring"] or page.evaluate(RING_AROUND_CHOICE)):
                lost.append(step["html"])
        assert lost == [], path
        assert is_in_main, path


def test_acts_work_without_script(account: Account, open_context: Open) -> None:
    context = open_context(java_script_enabled=False, viewport=PHONE)
    page = entered(context, account.full).new_page()
    page.goto(account.url(""))
    page.get_by_role("link", name="Messages").click()
    page.get_by_role("link", name="Notices of the site").click()
    page.locator("a.thread").first.click()
    page.get_by_role("button", name="I have read this").click()
    assert page.url == account.url("wiadomosci/")
    page.goto(account.url("zgody/"))
    page.get_by_role("button", name="Withdraw my consent").click()
    expect(page.locator("[role=status]")).to_contain_text("Your consent is withdrawn.")
    page.goto(account.url("dane/"))
    change_name(page)
    expect(page.locator("main")).to_contain_text("Halina Nowak")


def change_name(page: Page) -> None:
    page.get_by_role("link", name="Change the name").click()
    page.get_by_label("First name").fill("Halina")
    page.get_by_label("Last name").fill("Nowak")
    page.get_by_role("button", name="Save").click()
