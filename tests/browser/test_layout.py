"""What fits where: 320 px, 400 % zoom, large text, the header of a phone, paper."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import DESK, PHONE, Sites
from tests.browser.every_page import ON_A_SITE, PAGES

pytestmark = pytest.mark.browser

# What sticks out sideways, unless it scrolls in a box of its own.
STICKS_OUT = """() => {
    const width = document.documentElement.clientWidth;
    if (document.documentElement.scrollWidth <= width) return [];
    return [...document.querySelectorAll('body *')]
        .filter(e => e.getBoundingClientRect().right > width + 1
            && !e.closest('[tabindex]:not(main)'))
        .slice(-3).map(e => e.outerHTML.slice(0, 120)).concat(
            'scrollWidth ' + document.documentElement.scrollWidth);
}"""
TOO_SMALL = """() => [
        ...document.querySelectorAll('header a, footer a, nav a, .button, .chip, .choice, input')]
    .filter(e => e.checkVisibility() && !e.matches('.skip, .chip input, .choice input'))
    .map(e => [e.outerHTML.slice(0, 80), e.getBoundingClientRect()])
    .filter(([, box]) => box.height < 47.5)
    .map(([html, box]) => `${html} ${box.width}×${box.height}`)"""
INK_AND_PAPER = """() => {
    const body = getComputedStyle(document.body);
    return [body.color, body.backgroundColor];
}"""


@pytest.fixture(scope="module")
def set_text_size(reader: Page) -> Callable[[int], object]:
    """The size of ordinary text in the settings of the browser; it comes as 16."""
    settings = reader.context.new_cdp_session(reader)
    settings.send("Page.enable")
    return lambda size: settings.send("Page.setFontSizes", {"fontSizes": {"standard": size}})


@pytest.mark.parametrize("name", PAGES)
def test_nothing_scrolls_sideways(
    name: str, sites: Sites, reader: Page, set_text_size: Callable[[int], object]
) -> None:
    """At 320 px, which is also 400 % zoom of 1280 px, and with text twice as large."""
    reader.goto(sites(*PAGES[name]))
    found: dict[tuple[int, int], Any] = {}
    try:
        for text, widths in ((16, (320, 390, 768)), (32, (390, 768, 1280))):
            set_text_size(text)
            for width in widths:
                reader.set_viewport_size({"width": width, "height": 256 if width == 320 else 844})
                found[width, text] = reader.evaluate(STICKS_OUT)
    finally:
        set_text_size(16)
    assert {size: wide for size, wide in found.items() if wide} == {}


@pytest.mark.parametrize("name", ON_A_SITE)
def test_funding_targets_and_paper(name: str, sites: Sites, reader: Page) -> None:
    """The funding is seen at once, every target takes a thumb, and paper gets the facts alone."""
    reader.goto(sites(*PAGES[name]))
    reader.set_viewport_size(PHONE)
    assert reader.evaluate(TOO_SMALL) == []
    assert bottom(reader, ".strip") <= 300
    reader.set_viewport_size(DESK)
    assert bottom(reader, ".strip") <= 300
    assert reader.locator(".strip .mark").count() <= 4
    reader.emulate_media(media="print")
    try:
        for furniture in (".topbar", ".nav", ".foot", ".skip", ".search", ".crumbs"):
            assert reader.locator(furniture).filter(visible=True).count() == 0, furniture
        assert reader.locator("h1").is_visible()
        assert reader.locator(".masthead .brand").is_visible()
        ink, paper = reader.evaluate(INK_AND_PAPER)
        assert lightness(ink) < 0.3
        assert lightness(paper) > 0.9
    finally:
        reader.emulate_media(media="screen")


@pytest.mark.parametrize("site", ["rokietnica", "kety", "wojcieszkow", "rops-krakow"])
def test_a_phone_shows_number_languages_menu_and_funding_first(
    site: str, sites: Sites, phone: Page
) -> None:
    phone.goto(sites(site))
    for selector in (".topbar .call", ".topbar .langs", "a[href='#menu']", ".strip"):
        assert bottom(phone, selector) <= 300, f"{selector} ends too low"
    assert bottom(phone, "h1") <= PHONE["height"]


def test_no_mark_is_larger_than_the_flag_of_the_union(
    sites: Sites, page: Page, phone: Page
) -> None:
    for reader in (page, phone):
        reader.goto(sites("rokietnica"))
        heights = reader.eval_on_selector_all(
            ".strip .mark svg", "marks => marks.map(m => [m.className.baseVal, m.clientHeight])"
        )
        union = max(height for name, height in heights if "eu" in name)
        assert max(height for _name, height in heights) <= union


@pytest.mark.parametrize(
    ("site", "path", "facts"),
    [
        ("rokietnica", "/o-projekcie/", ["18 749 999,98", "Gmina Śrem", "1400"]),
        ("wojcieszkow", "/kontakt/", ["7:30–16:00", "25 755 41 01"]),
        ("rokietnica", "/uslugi/pomoc-w-domu/", ["61 814 53 41"]),
    ],
)
def test_the_facts_are_on_paper(
    site: str, path: str, facts: list[str], sites: Sites, page: Page
) -> None:
    page.goto(sites(site, path))
    page.emulate_media(media="print", color_scheme="dark")
    text = page.locator("main").inner_text().replace("\u00a0", " ")
    for fact in facts:
        assert fact in text
    assert page.pdf(format="A4").startswith(b"%PDF")


def test_dark_pages_are_dark(sites: Sites, page: Page) -> None:
    page.emulate_media(color_scheme="dark")
    for name in ("home", "directory", "unknown-host"):
        page.goto(sites(*PAGES[name]))
        _ink, paper = page.evaluate(INK_AND_PAPER)
        assert lightness(paper) < 0.3, name


def test_each_gmina_has_its_own_colour(sites: Sites, page: Page) -> None:
    seen = set()
    for site in ("rokietnica", "kety", "wojcieszkow"):
        page.goto(sites(site))
        seen.add(page.locator(".topbar").evaluate("bar => getComputedStyle(bar).backgroundColor"))
    assert len(seen) == 3


def bottom(page: Page, selector: str) -> float:
    box = page.locator(selector).filter(visible=True).first.bounding_box()
    assert box, f"{selector} is not shown on {page.url}"
    return box["y"] + box["height"]


def lightness(colour: str) -> float:
    """Of ``rgb(…)``, ``color(srgb …)`` or ``oklch(…)`` as Chromium writes them, from 0 (black)."""
    kind, _bracket, inside = colour.partition("(")
    words = inside.rstrip(")").replace(",", " ").split()
    numbers = [float(word) for word in words if word.replace(".", "").isdigit()]
    if kind.startswith("ok"):
        return numbers[0]
    return sum(numbers[:3]) / 3 / (1 if kind == "color" else 255)
