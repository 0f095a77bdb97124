"""A passkey in a real browser: Chromium's own virtual authenticator holds it."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tenants.models import Tenant
from tests.browser.conftest import SCHEME, served
from tests.entrance.doors import code_sent_to, email_of

AUTHENTICATOR = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


@pytest.fixture
def site(own_database: str) -> Iterator[str]:
    with served() as port:
        yield f"{SCHEME}://srem.localhost:{port}"


@pytest.fixture
def keyed_page(open_context: Callable[..., BrowserContext]) -> Page:
    """A page of a browser that can keep passkeys; complaints of its console are failures."""
    context = open_context()
    page = context.new_page()
    session = context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    session.send("WebAuthn.addVirtualAuthenticator", {"options": AUTHENTICATOR})
    return page


@pytest.mark.browser
def test_director_sets_up_a_passkey_and_logs_in_with_it_alone(
    site: str, keyed_page: Page, tmp_path: Path
) -> None:
    complaints: list[str] = []
    keyed_page.on(
        "console", lambda said: complaints.append(said.text) if said.type == "error" else None
    )
    srem = Tenant.objects.get(domains__domain="srem.localhost")
    address = email_of("director", srem)

    keyed_page.goto(f"{site}/en/konto/zaloguj/?next=/en/panel/")
    keyed_page.get_by_label("E-mail address or mobile number").fill(address)
    keyed_page.get_by_role("button", name="Send me a code").click()
    keyed_page.get_by_label("Code of 6 digits").fill(code_sent_to(srem, address))
    keyed_page.get_by_role("button", name="Continue").click()
    keyed_page.get_by_role("link", name="Add a passkey").click()
    keyed_page.get_by_label("Name of the passkey").fill("Office laptop")
    keyed_page.get_by_role("button", name="Add the passkey").click()
    expect(keyed_page.get_by_role("heading", name="Recovery codes")).to_be_visible()
    keyed_page.get_by_role("link", name="I have them, continue").click()
    expect(keyed_page).to_have_url(f"{site}/en/panel/")

    keyed_page.context.clear_cookies()
    keyed_page.goto(f"{site}/en/panel/")
    keyed_page.get_by_role("button", name="Log in with a passkey").click()
    expect(keyed_page).to_have_url(f"{site}/en/panel/")
    keyed_page.goto(f"{site}/cms/")
    expect(keyed_page).to_have_url(f"{site}/cms/")

    keyed_page.context.clear_cookies()
    keyed_page.goto(f"{site}/en/konto/zaloguj/")
    keyed_page.get_by_label("E-mail address or mobile number").fill(address)
    keyed_page.get_by_role("button", name="Send me a code").click()
    keyed_page.get_by_label("Code of 6 digits").fill(code_sent_to(srem, address))
    keyed_page.get_by_role("button", name="Continue").click()
    keyed_page.get_by_role("button", name="Show a passkey instead").click()
    expect(keyed_page).to_have_url(f"{site}/en/panel/")
    assert not [text for text in complaints if "Content Security Policy" in text]
