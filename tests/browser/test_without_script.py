"""Everything works in a browser that runs no script."""

from collections.abc import Callable
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.conftest import PHONE, Sites

pytestmark = pytest.mark.browser


@pytest.fixture
def scriptless(open_context: Callable[..., BrowserContext]) -> Page:
    return open_context(java_script_enabled=False).new_page()


@pytest.fixture
def scriptless_phone(open_context: Callable[..., BrowserContext]) -> Page:
    return open_context(java_script_enabled=False, viewport=PHONE).new_page()


def path_of(page: Page) -> str:
    return urlsplit(page.url).path


def test_the_menu_leads_to_every_section(sites: Sites, scriptless: Page) -> None:
    scriptless.goto(sites("rokietnica"))
    shown = scriptless.locator("#menu a").filter(visible=True)
    sections = [link.get_attribute("href") for link in shown.all()]
    assert len(sections) >= 5
    for path in sections:
        scriptless.goto(sites("rokietnica"))
        scriptless.locator(f"#menu a[href='{path}']").click()
        assert path_of(scriptless) == path
        expect(scriptless.locator("h1")).to_be_visible()
        assert scriptless.locator(f"#menu a[href='{path}']").get_attribute("aria-current") == "page"


def test_a_phone_opens_and_closes_the_menu(sites: Sites, scriptless_phone: Page) -> None:
    phone = scriptless_phone
    phone.goto(sites("rokietnica"))
    menu = phone.locator("#menu")
    expect(menu).to_be_hidden()
    phone.locator("a[href='#menu']").click()
    expect(menu).to_be_visible()
    phone.locator("#menu a[href='#tresc']").click()
    expect(menu).to_be_hidden()
    phone.locator("a[href='#menu']").click()
    menu.locator("a[href='/kontakt/']").click()
    assert path_of(phone) == "/kontakt/"


def test_search_finds_and_search_finds_nothing(sites: Sites, scriptless: Page) -> None:
    scriptless.goto(sites("rokietnica", "/szukaj/"))
    scriptless.locator("main #q").fill("pomoc w domu")
    scriptless.locator("main #q").press("Enter")
    scriptless.locator("main a[href='/uslugi/pomoc-w-domu/']").first.click()
    assert path_of(scriptless) == "/uslugi/pomoc-w-domu/"
    scriptless.goto(sites("rokietnica", "/szukaj/?q=qqqq"))
    expect(scriptless.locator("main .empty")).to_be_visible()


def test_the_directory_leads_to_a_gmina(sites: Sites, scriptless: Page) -> None:
    scriptless.goto(sites(""))
    scriptless.locator("#q").fill("rokietnic")
    scriptless.locator("#q").press("Enter")
    scriptless.locator("main a[href*='rokietnica.localhost']").click()
    assert urlsplit(scriptless.url).hostname == "rokietnica.localhost"
    assert urlsplit(scriptless.url).port == sites.port
    expect(scriptless.locator("h1")).to_be_visible()


def test_languages_change_the_page_and_keep_the_place(sites: Sites, scriptless: Page) -> None:
    scriptless.goto(sites("rokietnica", "/kontakt/"))
    for language, path in (("en", "/en/kontakt/"), ("uk", "/uk/kontakt/"), ("pl", "/kontakt/")):
        scriptless.locator(f".langs a[lang='{language}']").click()
        assert path_of(scriptless) == path
        assert scriptless.locator("html").get_attribute("lang") == language
    scriptless.goto(sites("rokietnica", "/en/"))
    scriptless.locator("#menu a[href='/en/uslugi/']").click()
    assert path_of(scriptless) == "/en/uslugi/"


def test_back_and_breadcrumbs_lead_up(sites: Sites, scriptless: Page) -> None:
    scriptless.goto(sites("rokietnica", "/uslugi/pomoc-w-domu/"))
    scriptless.locator(".crumbs a[href='/uslugi/']").click()
    assert path_of(scriptless) == "/uslugi/"
    scriptless.locator(".crumbs a[href='/']").click()
    assert path_of(scriptless) == "/"
