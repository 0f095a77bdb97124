"""A page as it is shown now, looked at on a phone and on a very small one."""

from dataclasses import dataclass, field

import html5lib
from playwright.sync_api import Page

from tests.browser.conftest import PHONE
from tests.browser.test_accessible import OF_COLOUR, RULES, violations

NARROW = 320


@dataclass
class Inspector:
    """Notes what axe finds, what is wider than the screen, and HTML that is not valid."""

    page: Page
    offences: list[str] = field(default_factory=list)

    def look(self, name: str, *, in_the_dark: bool = False) -> None:
        page = self.page
        found = violations(page, {"type": "tag", "values": RULES})
        if in_the_dark:
            page.emulate_media(color_scheme="dark")
            found += violations(page, {"type": "rule", "values": OF_COLOUR})
            page.emulate_media(color_scheme="light")
        page.set_viewport_size({"width": NARROW, "height": 640})
        width = page.evaluate("document.documentElement.scrollWidth")
        if width > NARROW:
            found.append(f"{width} px wide")
        page.set_viewport_size(PHONE)
        self.offences += [f"{name}: {offence}" for offence in found]

    def open(self, url: str, name: str, *, in_the_dark: bool = False) -> None:
        response = self.page.goto(url.partition("#")[0])
        assert response
        parser = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False)
        parser.parse(response.text())
        self.look(name, in_the_dark=in_the_dark)
