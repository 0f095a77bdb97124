"""Who is let in at ``/ws/``: the site first, then where the page is from, then who it is."""

from collections.abc import Callable

import pytest
from django.test import override_settings
from websockets.exceptions import InvalidStatus

from tenants.binding import bind
from tenants.models import Tenant
from tenants.provisioning import archive, reopen
from tests.sockets.conftest import Somebody, meanwhile
from tests.sockets.serving import Page

pytestmark = pytest.mark.usefixtures("port")
Enter = Callable[[Tenant, str], Somebody]


async def answer(page: Page) -> int:
    try:
        async with page:
            return 101
    except InvalidStatus as refusal:
        return refusal.response.status_code


@pytest.fixture
def resident(somebody: Enter, srem: Tenant) -> Somebody:
    return somebody(srem, "resident")


async def test_a_page_of_its_own_site_is_let_in(port: int, resident: Somebody) -> None:
    assert await answer(resident.page(port)) == 101


@pytest.mark.parametrize(
    "origin",
    [
        "http://elsewhere.example:{port}",
        "http://kety.localhost:{port}",
        "https://srem.localhost:{port}",
        "http://srem.localhost",
        "http://srem.localhost:1",
        "http://srem.localhost.elsewhere.example:{port}",
        "null",
        None,
    ],
)
async def test_a_page_from_elsewhere_is_turned_away(
    port: int, resident: Somebody, origin: str | None
) -> None:
    origin = origin and origin.format(port=port)
    assert await answer(Page(port, "srem.localhost", resident.cookie, origin=origin)) == 403


@pytest.mark.parametrize("host", ["nowhere.localhost", "localhost"])
async def test_where_there_is_no_site_nobody_is_let_in(
    port: int, resident: Somebody, host: str
) -> None:
    assert await answer(Page(port, host, resident.cookie)) == 403


async def test_nor_at_another_address_of_the_site(port: int, resident: Somebody) -> None:
    assert await answer(Page(port, resident.host, resident.cookie, path="/ws/more/")) == 403


async def test_an_archived_site_lets_nobody_in(port: int, somebody: Enter, kety: Tenant) -> None:
    visitor = await meanwhile(somebody, kety, "resident")
    assert await answer(visitor.page(port)) == 101
    await meanwhile(archive, kety)
    assert await answer(visitor.page(port)) == 403
    await meanwhile(reopen, kety)


@pytest.mark.parametrize("cookie", ["", "made-up", "x" * 4_000])
async def test_whoever_is_not_logged_in_is_turned_away(port: int, cookie: str) -> None:
    assert await answer(Page(port, "srem.localhost", cookie)) == 403


async def test_a_cookie_of_one_site_is_nobodys_on_another(port: int, resident: Somebody) -> None:
    assert await answer(Page(port, "kety.localhost", resident.cookie)) == 403


async def test_staff_who_have_not_shown_their_second_factor_are_nobody(
    port: int, somebody: Enter, srem: Tenant
) -> None:
    clerk = await meanwhile(somebody, srem, "osl")
    assert await answer(clerk.page(port)) == 101
    await meanwhile(_forget_factor, clerk)
    assert await answer(clerk.page(port)) == 403


def _forget_factor(clerk: Somebody) -> None:
    with bind(clerk.site):
        session = clerk.browser.session
        del session["account_authentication_methods"]
        session.save()


async def test_behind_a_proxy_its_word_on_the_scheme_counts(port: int, resident: Somebody) -> None:
    def page(scheme: str, *, said: str) -> Page:
        origin = f"{scheme}://{resident.host}:{port}"
        headers = {"X-Forwarded-Proto": said}
        return Page(port, resident.host, resident.cookie, origin=origin, headers=headers)

    # Nobody's word counts where the settings trust no proxy.
    assert await answer(page("https", said="https")) == 403
    with override_settings(SECURE_PROXY_SSL_HEADER=("HTTP_X_FORWARDED_PROTO", "https")):
        assert await answer(page("https", said="https")) == 101
        assert await answer(page("http", said="https")) == 403
        assert await answer(page("https", said="http")) == 403
