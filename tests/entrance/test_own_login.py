"""Changing what one logs in with: another address, a password."""

import pytest

from portal.accounts.models import Person, User
from portal.audit.models import AuditEntry
from tenants.binding import bind
from tenants.models import Tenant
from tests.cast import PASSWORD
from tests.conftest import SiteClient
from tests.entrance.doors import (
    PASSWORD_LOGIN,
    code_sent_to,
    email_of,
    is_in,
    log_in_by_code,
    messages_to,
)  # fmt: skip

EMAIL, PHONE, PASSWORD_PAGE = "/en/konto/email/", "/en/konto/telefon/", "/en/konto/haslo/"
NEW_CODE = "/en/konto/nowy-adres/kod/"
CONFIRM = "/en/konto/potwierdz/"


@pytest.fixture
def resident(srem: Tenant, as_site: type[SiteClient]) -> SiteClient:
    """Somebody who has logged in with a code a moment ago."""
    visitor = as_site(srem)
    log_in_by_code(visitor, email_of("resident", srem))
    return visitor


def me(client: SiteClient) -> User:
    with bind(client.tenant):
        return User.objects.select_related("person").get(pk=client.session["_auth_user_id"])


def test_resident_changes_the_email_and_the_person_follows(
    srem: Tenant, resident: SiteClient
) -> None:
    old = email_of("resident", srem)
    assert resident.post(EMAIL, {"address": "new@example.pl"})["Location"] == NEW_CODE
    assert me(resident).email == old
    code = code_sent_to(srem, "new@example.pl")
    assert resident.post(NEW_CODE, {"code": code})["Location"] == "/en/konto/bezpieczenstwo/"
    assert (me(resident).email, me(resident).person.email) == ("new@example.pl",) * 2
    assert (
        "The e-mail address to log in with was changed."
        in (messages_to(srem, old)[0].content["en"]["text"])
    )
    with bind(srem):
        assert AuditEntry.objects.filter(action="login.email_changed").count() == 1


def test_another_email_of_the_person_stays(srem: Tenant, resident: SiteClient) -> None:
    with bind(srem):
        Person.objects.filter(pk=me(resident).person_id).update(email="home@example.pl")
    resident.post(EMAIL, {"address": "new@example.pl"})
    resident.post(NEW_CODE, {"code": code_sent_to(srem, "new@example.pl")})
    assert (me(resident).email, me(resident).person.email) == ("new@example.pl", "home@example.pl")


def test_resident_adds_a_phone_and_logs_in_with_it(
    srem: Tenant, resident: SiteClient, as_site: type[SiteClient]
) -> None:
    resident.post(PHONE, {"address": "600100200"})
    resident.post(NEW_CODE, {"code": code_sent_to(srem, "+48600100200")})
    assert str(me(resident).person.phone) == "+48600100200"
    visitor = as_site(srem)
    visitor.post("/en/konto/zaloguj/", {"address": "600 100 200"})
    visitor.post("/en/konto/kod/", {"code": code_sent_to(srem, "+48600100200")})
    assert is_in(visitor)


def test_an_address_of_somebody_else_is_neither_taken_nor_told(
    srem: Tenant, resident: SiteClient
) -> None:
    taken = email_of("volunteer", srem)
    assert resident.post(EMAIL, {"address": taken})["Location"] == NEW_CODE
    assert messages_to(srem, taken)[0].kind == "entrance/has_account"
    assert resident.post(NEW_CODE, {"code": "000000"}).status_code == 422
    assert me(resident).email == email_of("resident", srem)


def test_an_open_session_of_long_ago_must_show_again_who_it_is(
    srem: Tenant, as_site: type[SiteClient]
) -> None:
    visitor = as_site(srem)
    visitor.log_in("resident")
    with bind(srem):
        User.objects.get(email=email_of("resident", srem))
    for page in (EMAIL, PHONE, PASSWORD_PAGE, "/en/konto/dwa-kroki/aplikacja/"):
        assert visitor.get(page)["Location"].startswith(CONFIRM), page
    asked = visitor.post(visitor.get(EMAIL)["Location"])
    code = code_sent_to(srem, email_of("resident", srem))
    assert visitor.post(asked["Location"], {"code": code})["Location"] == EMAIL
    assert visitor.get(EMAIL).status_code == 200


def test_a_password_shows_it_too(srem: Tenant, as_site: type[SiteClient]) -> None:
    visitor = as_site(srem)
    visitor.log_in("resident")
    page = f"{CONFIRM}haslo/?next={EMAIL}"
    assert visitor.post(page, {"password": "wrong"}).status_code == 200
    assert visitor.get(EMAIL).status_code == 302
    assert visitor.post(page, {"password": PASSWORD})["Location"] == EMAIL
    assert visitor.get(EMAIL).status_code == 200


def test_resident_sets_another_password_and_other_sessions_end(
    srem: Tenant, resident: SiteClient, as_site: type[SiteClient]
) -> None:
    other = as_site(srem)
    other.log_in("resident")
    weak = resident.post(PASSWORD_PAGE, {"password": "short", "again": "short"})
    assert weak.status_code == 422
    uneven = resident.post(PASSWORD_PAGE, {"password": "willow stork village", "again": "x"})
    assert "The two passwords are not the same." in uneven.content.decode()
    new = {"password": "willow stork village", "again": "willow stork village"}
    assert resident.post(PASSWORD_PAGE, new).status_code == 302
    assert is_in(resident)
    assert not is_in(other)
    fresh = as_site(srem)
    answer = {"address": email_of("resident", srem), "password": "willow stork village"}
    assert fresh.post(PASSWORD_LOGIN, answer)["Location"] == "/en/konto/"
    assert (
        "The password was changed."
        in (messages_to(srem, email_of("resident", srem))[0].content["en"]["text"])
    )


def test_a_wrong_password_and_an_unknown_address_look_the_same(
    srem: Tenant, as_site: type[SiteClient]
) -> None:
    pages = []
    for address in (email_of("resident", srem), "nobody@srem.example"):
        response = as_site(srem).post(PASSWORD_LOGIN, {"address": address, "password": "wrong"})
        assert response.status_code == 422
        lines = response.content.decode().replace(address, "ADDRESS").splitlines()
        pages.append([line for line in lines if "csrfmiddlewaretoken" not in line])
    assert pages[0] == pages[1]


def test_a_closed_account_is_said_to_be_closed_only_to_its_owner(
    srem: Tenant, as_site: type[SiteClient]
) -> None:
    with bind(srem):
        User.objects.filter(email=email_of("resident", srem)).update(is_active=False)
    visitor = as_site(srem)
    right = {"address": email_of("resident", srem), "password": PASSWORD}
    assert visitor.post(PASSWORD_LOGIN, right)["Location"] == "/en/konto/nieaktywne/"
    assert visitor.get("/en/konto/nieaktywne/").status_code == 200
    assert as_site(srem).post(PASSWORD_LOGIN, {**right, "password": "x"}).status_code == 422


def test_logging_out_is_a_post(srem: Tenant, resident: SiteClient) -> None:
    assert "Do you want to log out?" in resident.get("/en/konto/wyloguj/").content.decode()
    assert is_in(resident)
    resident.post("/en/konto/wyloguj/")
    assert not is_in(resident)
