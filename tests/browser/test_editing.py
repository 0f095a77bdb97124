"""An editor writes, the director approves, a reader reads it: in a real browser."""

from collections.abc import Callable, Iterator

import pytest
from allauth.mfa.totp.internal.auth import TOTP
from playwright.sync_api import Browser, BrowserContext, Page, expect

from cms_pages.models import StandardPage
from portal.accounts.models import User
from tenants.binding import bind
from tenants.models import Tenant
from tests.browser.conftest import Sites, served
from tests.cast import PASSWORD
from tests.entrance.doors import app_code

pytestmark = pytest.mark.browser

SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
TITLE = "O nas i dla nas"


@pytest.fixture
def own_sites(chromium: Browser, own_database: str) -> Iterator[Sites]:
    """The two gminas of the cast, to be written in."""
    with served() as port:
        yield Sites(port)


def sign_in(page: Page, sites: Sites, name: str, password: str = PASSWORD) -> None:
    """By the door of the CMS, with a password and an app that shows codes."""
    page.goto(sites("srem", "/cms/"))
    page.goto(page.url.replace("/konto/zaloguj/", "/konto/zaloguj/haslo/"))
    page.locator("main input[type='text'], main input[type='email']").fill(name)
    page.locator("main input[type='password']").fill(password)
    page.locator("main form button").first.click()
    page.wait_for_load_state()
    if page.url.endswith("/drugi-krok/"):
        page.locator("#id_code").fill(app_code(SECRET))
        page.locator("main form button").first.click()
        page.wait_for_load_state()


def with_an_app(srem: Tenant, *names: str) -> None:
    with bind(srem):
        for user in User.objects.filter(email__in=names):
            TOTP.activate(user, SECRET)


def test_an_editor_writes_the_director_approves_and_a_reader_reads(
    own_sites: Sites, open_context: Callable[..., BrowserContext]
) -> None:
    srem = Tenant.objects.get(domains__domain="srem.localhost")
    with bind(srem):
        about = StandardPage.objects.get(slug="o-nas", locale__language_code="pl")
    address = own_sites("srem", f"/cms/pages/{about.pk}/edit/")
    editors, directors = (f"{role}@{srem.schema_name}.example" for role in ("editor", "director"))
    with_an_app(srem, editors, directors)
    reader, editor, director = (open_context().new_page() for _person in range(3))

    sign_in(editor, own_sites, editors)
    expect(editor).to_have_url(own_sites("srem", "/cms/"))
    editor.goto(address)
    editor.locator("#id_title").fill(TITLE)
    assert editor.locator("button[name='action-publish']").count() == 0
    _more_actions(editor)
    with editor.expect_navigation():
        editor.locator("button[name='action-submit']").click()

    reader.goto(own_sites("srem", "/o-nas/"))
    expect(reader.locator("h1")).not_to_have_text(TITLE)

    sign_in(director, own_sites, directors)
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
    srem = Tenant.objects.get(domains__domain="srem.localhost")
    editor = f"editor@{srem.schema_name}.example"
    with_an_app(srem, editor)
    sign_in(page, own_sites, editor, "nie to hasło")
    expect(page.locator("main input[type='password']")).to_be_visible()
    page.goto(own_sites("srem", "/cms/"))
    expect(page).to_have_url(own_sites("srem", "/konto/zaloguj/?next=%2Fcms%2F"))


def _more_actions(page: Page) -> None:
    page.wait_for_load_state("networkidle")  # the menu opens once its script has come
    page.locator("footer [data-w-dropdown-target='toggle']").first.click()
