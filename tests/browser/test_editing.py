"""An editor writes, the director approves, a reader reads it: in a real browser, with passwords."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from cms_pages.models import StandardPage
from tenants.binding import bind
from tenants.models import Tenant
from tests.browser.conftest import Sites, served
from tests.cast import PASSWORD

pytestmark = pytest.mark.browser

TITLE = "O nas i dla nas"


@pytest.fixture
def own_sites(chromium: Browser, own_database: str) -> Iterator[Sites]:
    """The two gminas of the cast, to be written in."""
    with served() as port:
        yield Sites(port)


def sign_in(page: Page, sites: Sites, name: str, password: str = PASSWORD) -> None:
    page.goto(sites("srem", "/cms/"))
    page.locator("#id_username").fill(name)
    page.locator("#id_password").fill(password)
    page.locator("form button[type='submit']").click()
    page.wait_for_load_state()


def test_an_editor_writes_the_director_approves_and_a_reader_reads(
    own_sites: Sites, open_context: Callable[..., BrowserContext]
) -> None:
    srem = Tenant.objects.get(domains__domain="srem.localhost")
    with bind(srem):
        about = StandardPage.objects.get(slug="o-nas", locale__language_code="pl")
    address = own_sites("srem", f"/cms/pages/{about.pk}/edit/")
    reader, editor, director = (open_context().new_page() for _person in range(3))

    sign_in(editor, own_sites, f"editor@{srem.schema_name}.example")
    editor.goto(address)
    editor.locator("#id_title").fill(TITLE)
    assert editor.locator("button[name='action-publish']").count() == 0
    _more_actions(editor)
    with editor.expect_navigation():
        editor.locator("button[name='action-submit']").click()

    reader.goto(own_sites("srem", "/o-nas/"))
    expect(reader.locator("h1")).not_to_have_text(TITLE)

    sign_in(director, own_sites, f"director@{srem.schema_name}.example")
    expect(director.locator("main")).to_contain_text(TITLE)
    director.goto(address)
    _more_actions(director)
    approve = "button[data-workflow-action-name='approve']:not([data-workflow-action-modal-url])"
    with director.expect_navigation():
        director.locator(approve).click()

    reader.goto(own_sites("srem", "/o-nas/"))
    expect(reader.locator("h1")).to_have_text(TITLE)
    expect(reader.locator("#menu")).to_contain_text(TITLE)
    reader.goto(own_sites("kety", "/o-nas/"))
    expect(reader.locator("h1")).not_to_have_text(TITLE)


def test_a_wrong_password_lets_nobody_in(own_sites: Sites, page: Page) -> None:
    schema = Tenant.objects.get(domains__domain="srem.localhost").schema_name
    sign_in(page, own_sites, f"editor@{schema}.example", "nie to hasło")
    expect(page.locator("#id_password")).to_be_visible()
    page.goto(own_sites("srem", "/cms/"))
    expect(page.locator("#id_password")).to_be_visible()


def _more_actions(page: Page) -> None:
    page.wait_for_load_state("networkidle")  # the menu opens once its script has come
    page.locator("footer [data-w-dropdown-target='toggle']").first.click()
