"""axe finds nothing on any page, light or dark, on a phone or at a desk (WCAG 2.2 AA)."""

from collections.abc import Callable
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import BrowserContext, Page

from tests.browser.conftest import DESK, PHONE, Sites
from tests.browser.every_page import PAGES

RULES = ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa", "best-practice"]
# The dark theme changes colours and nothing else.
OF_COLOUR = ["color-contrast", "link-in-text-block"]

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("name", PAGES)
def test_page_is_accessible(name: str, sites: Sites, reader: Page) -> None:
    reader.goto(sites(*PAGES[name]))
    offences = everywhere(reader)
    assert not offences, "\n" + "\n".join(offences)


def test_door_of_the_demo_is_accessible(
    demo: Sites, open_context: Callable[..., BrowserContext]
) -> None:
    page = open_context(viewport=PHONE).new_page()
    page.goto(demo("rokietnica", "/demo/"))
    assert not violations(page, {"type": "tag", "values": RULES})
    page.locator("main form button").first.click()
    page.goto(demo("rokietnica", "/demo/"))
    assert not violations(page, {"type": "tag", "values": RULES})


def everywhere(page: Page) -> list[str]:
    """What is wrong with the page that is open: on a phone, in the dark, at a desk."""
    page.set_viewport_size(PHONE)
    page.emulate_media(color_scheme="light")
    offences = violations(page, {"type": "tag", "values": RULES})
    page.emulate_media(color_scheme="dark")
    offences += violations(page, {"type": "rule", "values": OF_COLOUR})
    page.set_viewport_size(DESK)
    page.emulate_media(color_scheme="light")
    return offences + violations(page, {"type": "tag", "values": RULES})


def violations(page: Page, rules: dict[str, Any]) -> list[str]:
    found = Axe().run(page, options={"resultTypes": ["violations"], "runOnly": rules})
    width, is_dark = page.evaluate(
        "() => [innerWidth, matchMedia('(prefers-color-scheme: dark)').matches]"
    )
    mode = f"{width} px, {'dark' if is_dark else 'light'}"
    return [
        f"{mode}, {violation['id']}: {' '.join(map(str, node['target']))}\n"
        f"    {node['html'][:200]}\n    {node.get('failureSummary', '')}"
        for violation in found.response["violations"]
        for node in violation["nodes"]
    ]
