"""Somebody who uses no mouse gets everywhere and sees where they are."""

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import Sites
from tests.browser.every_page import PAGES, PLAIN

pytestmark = pytest.mark.browser

MOST_STEPS = 60
FOCUSED = """() => {
    const e = document.activeElement, box = e.getBoundingClientRect();
    // A link that fills its card draws the ring around the card.
    const ring = ['', '::after'].map(part => getComputedStyle(e, part))
        .some(s => s.outlineStyle !== 'none' && parseFloat(s.outlineWidth) >= 2);
    return {
        html: e.outerHTML.slice(0, 90), href: e.getAttribute('href'), id: e.id,
        inMenu: !!e.closest('#menu'), inMain: !!e.closest('main'), inFooter: !!e.closest('footer'),
        ring,
        shown: box.width > 0 && box.height > 0 && box.bottom > 0 && box.top < innerHeight
            && box.right > 0 && box.left < innerWidth,
    };
}"""


def steps(page: Page) -> Iterator[dict[str, Any]]:
    """What has the focus, Tab by Tab, until it leaves the page."""
    for _step in range(MOST_STEPS):
        page.keyboard.press("Tab")
        here = page.evaluate(FOCUSED)
        if here["html"].startswith("<body"):
            return
        yield here


@pytest.mark.parametrize("name", [name for name in PAGES if name not in PLAIN])
def test_the_first_step_skips_to_the_content(name: str, sites: Sites, reader: Page) -> None:
    page = reader
    page.goto(sites(*PAGES[name]))
    first = next(steps(page))
    assert first["href"] == "#tresc"
    assert first["shown"]
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "tresc"
    assert page.evaluate("() => document.activeElement.getBoundingClientRect().top < innerHeight")
    after = next(steps(page))
    assert after["inMain"] or after["inFooter"], after["html"]


@pytest.mark.parametrize(
    "name", ["directory", "home", "services", "contact", "search-found", "declaration", "404"]
)
def test_every_step_is_seen_and_reaches_menu_content_and_footer(
    name: str, sites: Sites, page: Page
) -> None:
    page.goto(sites(*PAGES[name]))
    walked = list(steps(page))
    unseen = [step["html"] for step in walked if not step["shown"]]
    unmarked = [step["html"] for step in walked if not step["ring"]]
    assert (unseen, unmarked) == ([], [])
    if name != "directory":
        assert any(step["inMenu"] for step in walked)
        assert any(step["inMenu"] and step["href"] == "/szukaj/" for step in walked)
    assert any(step["inMain"] for step in walked)
    if len(walked) < MOST_STEPS:
        assert walked[-1]["inFooter"]


def test_the_menu_of_a_phone_opens_by_keyboard(sites: Sites, phone: Page) -> None:
    phone.goto(sites("rokietnica"))
    opener = next(step for step in steps(phone) if step["href"] == "#menu")
    assert opener["shown"]
    phone.keyboard.press("Enter")
    following = next(steps(phone))
    assert following["inMenu"], following["html"]
    assert following["shown"]


def test_a_wide_table_is_reached_and_named(sites: Sites, phone: Page) -> None:
    """What scrolls sideways must be scrollable by keyboard (WCAG 2.1.1)."""
    for name in ("project", "project-leader", "project-running", "contact-hours"):
        phone.goto(sites(*PAGES[name]))
        lost = phone.evaluate(
            """() => [...document.querySelectorAll('main *')]
                .filter(e => e.scrollWidth > e.clientWidth + 1
                    && ['auto', 'scroll'].includes(getComputedStyle(e).overflowX))
                .filter(e => e.tabIndex < 0 || !(e.getAttribute('aria-label')
                    || e.getAttribute('aria-labelledby')))
                .map(e => e.outerHTML.slice(0, 120))"""
        )
        assert lost == [], name
