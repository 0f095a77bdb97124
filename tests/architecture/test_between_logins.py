"""Coming in on one site is coming in there only: cookies, codes, passwords, invitations, secrets.

The same ids, and where a test says so the same e-mail address, are on both sites.
"""

import json
import os
import re
import subprocess
import sys

import pytest
from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from cryptography.fernet import InvalidToken
from django.conf import settings

from portal.accounts.models import Invitation, Session, User
from portal.notifications.models import Delivery
from tenants.binding import bind
from tenants.models import Tenant
from tests.architecture.canaries import Canaries
from tests.architecture.walls import (
    is_nobody,
    outside_the_schema,
    rows_written,
    undone,
    visitor_as,
    visitor_who_is,
    with_cookies_of,
)
from tests.cast import PASSWORD
from tests.conftest import SiteClient, domain

SAME = "ta-sama@example.org"
OTHER_PASSWORD = f"{PASSWORD}-elsewhere"
SHOW = "import json; from django.conf import settings; print(json.dumps("
NEW = {"first_name": "Nowa", "last_name": "Osoba"}

pytestmark = pytest.mark.usefixtures("db", "plain_templates")


def with_the_same_address(tenant: Tenant, password: str = PASSWORD) -> None:
    with bind(tenant):
        User.objects.create_user(email=SAME, password=password, first_name="Ta", last_name="Sama")


def last_message(tenant: Tenant) -> str:
    """Words of the newest message of a site, whoever gets it."""
    with bind(tenant):
        words = Delivery.objects.latest("created_at", "id").words
    assert words is not None
    return words["text"]


def asked_for_a_code(tenant: Tenant) -> tuple[SiteClient, str]:
    """A browser that waits for a code, and the code that was sent."""
    visitor = SiteClient(tenant)
    visitor.post("/konto/zaloguj/", {"address": SAME})
    [code] = re.findall(r"\b\d{6}\b", last_message(tenant))
    return visitor, code


# Cookies


@pytest.mark.parametrize("role", ["resident", "ngo_member", "osl", "director", "superuser"])
def test_a_cookie_of_one_site_is_nobodys_on_the_other(
    role: str, own: Canaries, other: Canaries
) -> None:
    visitor = visitor_as(role, own.tenant)
    assert visitor.get("/konto/").status_code == 200
    assert is_nobody(with_cookies_of(visitor, other.tenant))


def test_somebody_with_the_same_id_is_not_let_in_either(own: Canaries, other: Canaries) -> None:
    """Not even when the very row of the session is brought along."""
    with bind(own.tenant):
        user = User.objects.get(pk=own.ids["login"])
    visitor = visitor_who_is(user, own.tenant)
    assert visitor.get("/panel/").status_code == 200
    assert is_nobody(with_cookies_of(visitor, other.tenant))
    with bind(own.tenant):
        row = Session.objects.get(pk=visitor.cookies["sessionid"].value)
    with bind(other.tenant):
        assert User.objects.filter(pk=user.pk).exists()
        row.save(force_insert=True)
    assert is_nobody(with_cookies_of(visitor, other.tenant))


def test_ending_sessions_leaves_those_of_the_same_keys_on_the_other_site(
    own: Canaries, other: Canaries
) -> None:
    with bind(own.tenant):
        user = User.objects.get(pk=own.ids["login"])
    visitor = visitor_who_is(user, own.tenant)
    before = session_keys(user, other.tenant)
    assert before & session_keys(user, own.tenant)
    visitor.post("/konto/bezpieczenstwo/wyloguj-inne/")
    assert session_keys(user, own.tenant) == {visitor.cookies["sessionid"].value}
    assert session_keys(user, other.tenant) == before


def session_keys(user: User, tenant: Tenant) -> set[str]:
    with bind(tenant):
        return set(Session.objects.filter(user=user.pk).values_list("session_key", flat=True))


def test_cookies_go_to_one_host_and_no_script_reads_the_session(own: Canaries) -> None:
    with_the_same_address(own.tenant)
    visitor, code = asked_for_a_code(own.tenant)
    visitor.post("/konto/kod/", {"code": code})
    assert visitor.get("/konto/").status_code == 200
    assert set(visitor.cookies) == {"csrftoken", "sessionid"}
    for cookie in visitor.cookies.values():
        assert (cookie["domain"], cookie["path"], cookie["samesite"]) == ("", "/", "Lax")
    assert visitor.cookies["sessionid"]["httponly"]


def test_cookies_of_production_are_bound_to_their_host_by_name() -> None:
    """A browser takes ``__Host-`` only from the host itself: secure, for all of it, no domain."""
    names = [
        f"{kind}_COOKIE_{part}"
        for kind in ("SESSION", "CSRF")
        for part in ("NAME", "SECURE", "DOMAIN", "PATH")
    ]
    done = subprocess.run(
        [
            sys.executable, "-c",
            f"{SHOW}{{n: getattr(settings, n) for n in {names}}}))",
        ],
        cwd=settings.PROJECT,
        env={
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "portal.settings.production",
            "SECRET_KEY": "a-long-and-random-key-" + "x7Q" * 20,
            "DATABASE_URL": "postgresql://gromada_app@/gromada",
            "DIRECTORY_HOSTS": "gromada.example",
            "DEFAULT_FROM_EMAIL": "gromada@gromada.example",
        },
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    found = json.loads(done.stdout)
    for kind in ("SESSION", "CSRF"):
        assert found[f"{kind}_COOKIE_NAME"].startswith("__Host-")
        assert found[f"{kind}_COOKIE_SECURE"] is True
        assert found[f"{kind}_COOKIE_DOMAIN"] is None
        assert found[f"{kind}_COOKIE_PATH"] == "/"
    assert settings.MESSAGE_STORAGE.endswith("SessionStorage"), "messages would need a cookie"


def test_a_form_of_one_site_cannot_be_sent_to_the_other(own: Canaries, other: Canaries) -> None:
    here = SiteClient(own.tenant, enforce_csrf_checks=True)
    page = here.get("/konto/zaloguj/haslo/").content.decode()
    found = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page)
    assert found
    form = {"csrfmiddlewaretoken": found[1], "address": SAME, "password": "y"}
    assert here.post("/konto/zaloguj/haslo/", form).status_code == 422
    there = SiteClient(other.tenant, enforce_csrf_checks=True)
    assert there.post("/konto/zaloguj/haslo/", form).status_code == 403
    neighbour = f"http://{domain(other.tenant)}"
    assert here.post("/konto/zaloguj/haslo/", form, HTTP_ORIGIN=neighbour).status_code == 403


# Codes and passwords


def test_a_code_opens_the_site_that_sent_it(own: Canaries, other: Canaries) -> None:
    for site in (own, other):
        with_the_same_address(site.tenant)
    here, code = asked_for_a_code(own.tenant)
    there, code_of_there = asked_for_a_code(other.tenant)
    while code_of_there == code:
        there, code_of_there = asked_for_a_code(other.tenant)
    assert there.post("/konto/kod/", {"code": code}).status_code == 422
    brought = with_cookies_of(here, other.tenant)
    assert brought.post("/konto/kod/", {"code": code}).status_code == 410
    assert is_nobody(there)
    assert is_nobody(brought)
    here, code = asked_for_a_code(own.tenant)
    here.post("/konto/kod/", {"code": code})
    assert here.get("/konto/").status_code == 200
    assert is_nobody(with_cookies_of(here, other.tenant))


def test_a_password_of_one_site_is_none_on_the_other(own: Canaries, other: Canaries) -> None:
    with_the_same_address(own.tenant)
    with_the_same_address(other.tenant, OTHER_PASSWORD)
    form = {"address": SAME, "password": PASSWORD}
    here, there = SiteClient(own.tenant), SiteClient(other.tenant)
    assert there.post("/konto/zaloguj/haslo/", form).status_code == 422
    here.post("/konto/zaloguj/haslo/", form)
    assert here.get("/konto/").status_code == 200
    assert is_nobody(there)


def test_an_account_of_one_site_is_none_on_the_other(own: Canaries, other: Canaries) -> None:
    with_the_same_address(own.tenant)
    there = SiteClient(other.tenant)
    there.post("/konto/zaloguj/haslo/", {"address": SAME, "password": PASSWORD})
    assert is_nobody(there)
    there.post("/konto/zaloguj/", {"address": SAME})
    assert not re.findall(r"\b\d{6}\b", last_message(other.tenant))


def test_tries_on_one_site_do_not_count_on_the_other(own: Canaries, other: Canaries) -> None:
    for site in (own, other):
        with_the_same_address(site.tenant)
    here, there = SiteClient(own.tenant), SiteClient(other.tenant)
    answers = [
        here.post("/konto/zaloguj/haslo/", {"address": SAME, "password": "zgaduję"}).status_code
        for _try in range(12)
    ]
    assert answers[-1] == 429
    there.post("/konto/zaloguj/haslo/", {"address": SAME, "password": PASSWORD})
    assert there.get("/konto/").status_code == 200


# Invitations


def test_an_invitation_of_one_site_is_none_on_the_other(own: Canaries, other: Canaries) -> None:
    for name in ("token", "member_token"):
        address = f"/konto/zaproszenie/{own.only_here[name]}/"
        assert SiteClient(own.tenant).get(address).status_code == 200
        for there in (SiteClient(other.tenant), visitor_as("director", other.tenant)):
            before = users(other.tenant)
            assert there.get(address).status_code == 410
            assert there.post(address, NEW).status_code == 410
            assert users(other.tenant) == before


def test_accepting_an_invitation_leaves_the_one_with_the_same_token(
    own: Canaries, other: Canaries
) -> None:
    written, registered = rows_written(other.tenant), outside_the_schema(other.tenant)
    visitor = SiteClient(own.tenant)
    with undone(visitor):
        visitor.post(f"/konto/zaproszenie/{own.ids['token']}/", NEW)
        assert is_accepted(own)
        assert not is_accepted(other)
        assert is_nobody(with_cookies_of(visitor, other.tenant))
    assert rows_written(other.tenant) == written
    assert outside_the_schema(other.tenant) == registered


def test_an_invitation_by_mail_leads_home(own: Canaries, other: Canaries) -> None:
    director = visitor_as("director", own.tenant)
    director.post("/panel/zespol/zapros/", {"email": SAME, "phone": "", "role": "osl"})
    text = last_message(own.tenant)
    assert domain(other.tenant) not in text
    found = re.search(rf"http://{re.escape(domain(own.tenant))}\S*(/konto/zaproszenie/\S+/)", text)
    assert found, text
    assert SiteClient(own.tenant).get(found[1]).status_code == 200
    assert SiteClient(other.tenant).get(found[1]).status_code == 410


def is_accepted(site: Canaries) -> bool:
    with bind(site.tenant):
        invitation = Invitation.objects.get(pk=site.ids["staff_invitation"])
    return invitation.accepted_at is not None


def users(tenant: Tenant) -> int:
    with bind(tenant):
        return User.objects.count()


# Secrets of the second factor


def test_a_secret_of_one_site_cannot_be_read_on_the_other(own: Canaries, other: Canaries) -> None:
    with bind(own.tenant):
        app = Authenticator.objects.get(type=Authenticator.Type.TOTP)
        secret = app.data["secret"]
        assert get_adapter().decrypt(secret)
    with bind(other.tenant), pytest.raises(InvalidToken):
        get_adapter().decrypt(secret)
