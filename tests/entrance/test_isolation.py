"""What opens Śrem opens nothing in Kęty, even where the ids are the same."""

import pytest
from django.conf import settings

from portal.accounts.models import User
from tenants.binding import bind
from tenants.models import Tenant
from tests.conftest import SiteClient
from tests.entrance.doors import CODE, ask_for_code, is_in, log_in_by_code

TWIN = "01890000-0000-7000-8000-000000000001"


@pytest.fixture(autouse=True)
def twins(srem: Tenant, kety: Tenant) -> None:
    """The same id, address and password on both sites."""
    for tenant in (srem, kety):
        with bind(tenant):
            User.objects.create_user(id=TWIN, email="twin@example.pl", password="the same here")


def carry(cookies_of: SiteClient, to: SiteClient) -> None:
    for name, morsel in cookies_of.cookies.items():
        to.cookies[name] = morsel.value


def test_a_cookie_is_nobody_elsewhere(
    srem: Tenant, kety: Tenant, as_site: type[SiteClient]
) -> None:
    here, there = as_site(srem), as_site(kety)
    log_in_by_code(here, "twin@example.pl")
    assert is_in(here)
    carry(here, there)
    assert not is_in(there)


def test_a_code_is_worth_nothing_elsewhere(
    srem: Tenant, kety: Tenant, as_site: type[SiteClient]
) -> None:
    here, there = as_site(srem), as_site(kety)
    code = ask_for_code(here, "twin@example.pl")
    carry(here, there)
    assert there.post(CODE, {"code": code}).status_code == 410
    other = ask_for_code(there, "twin@example.pl")
    if other != code:
        assert there.post(CODE, {"code": code}).status_code == 422
    assert not is_in(there)


def test_cookies_are_for_one_host(srem: Tenant, as_site: type[SiteClient]) -> None:
    visitor = as_site(srem)
    log_in_by_code(visitor, "twin@example.pl")
    assert visitor.cookies
    for morsel in visitor.cookies.values():
        assert (morsel["domain"], morsel["path"]) == ("", "/")
    assert visitor.cookies["sessionid"]["httponly"]
    assert settings.SESSION_COOKIE_DOMAIN is None
    assert settings.CSRF_COOKIE_DOMAIN is None


def test_a_session_that_was_to_show_a_factor_here_shows_none_there(
    srem: Tenant, kety: Tenant, as_site: type[SiteClient]
) -> None:
    here, there = as_site(srem), as_site(kety)
    here.log_in("director")
    carry(here, there)
    assert here.get("/en/panel/").status_code == 200
    assert there.get("/en/panel/")["Location"].startswith("/en/konto/zaloguj/")
