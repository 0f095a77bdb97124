"""Staff without a second factor are nobody, at every door."""

import re
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP
from cryptography.fernet import InvalidToken
from django.core.files.base import ContentFile
from django.core.management import CommandError, call_command
from django.test import override_settings
from wagtail.models import Collection, CollectionViewRestriction

from cms_pages.models import SiteDocument
from portal.accounts.actions.grant_role import grant_role
from portal.accounts.models import User
from portal.accounts.roles import Role
from tenants.binding import bind
from tenants.models import Tenant
from tests.conftest import SiteClient
from tests.entrance.doors import (
    PASSWORD_LOGIN,
    SECOND_STEP,
    app_code,
    email_of,
    is_in,
    log_in_by_code,
    messages_to,
    person_of,
)  # fmt: skip

APP = f"{SECOND_STEP}aplikacja/"
SHOW = "/en/konto/zaloguj/drugi-krok/"
SHOW_AGAIN = "/en/konto/potwierdz/drugi-krok/"
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
STAFF = ["osl", "ous", "editor", "director", "dpo"]


@pytest.fixture
def half_in(srem: Tenant, as_site: type[SiteClient]) -> SiteClient:
    """A director who has typed a code, and has nothing else to show yet."""
    visitor = as_site(srem)
    log_in_by_code(visitor, email_of("director", srem))
    return visitor


def give_app(tenant: Tenant, role: str) -> User:
    """An authenticator app and recovery codes, set up before."""
    with bind(tenant):
        user = User.objects.get(email=email_of(role, tenant))
        TOTP.activate(user, SECRET)
        RecoveryCodes.activate(user)
    return user


def secret_on(page: str) -> str:
    found = re.search(r'class="code key-letters">([A-Z2-7 ]+)<', page)
    assert found
    return found[1].replace(" ", "")


def set_up_app(visitor: SiteClient, **query: str) -> Any:
    secret = secret_on(visitor.get(APP, query).content.decode())
    return visitor.post(APP, {"code": app_code(secret)}, query_params=query)


@pytest.mark.parametrize("role", STAFF)
def test_staff_are_led_to_their_second_factor_and_are_nobody_elsewhere(
    srem: Tenant, as_site: type[SiteClient], role: str
) -> None:
    visitor = as_site(srem)
    response = log_in_by_code(visitor, email_of(role, srem))
    assert response["Location"] == SECOND_STEP
    assert "a code alone is not enough" in visitor.get(SECOND_STEP).content.decode()
    for door in ("/en/panel/", "/en/konto/", "/cms/", "/cms/pages/"):
        assert visitor.get(door).status_code == 302, door


def test_residents_need_none(srem: Tenant, as_site: type[SiteClient]) -> None:
    visitor = as_site(srem)
    log_in_by_code(visitor, email_of("resident", srem))
    assert is_in(visitor)


def test_every_door_leads_on_to_the_set_up_and_back_without_a_loop(half_in: SiteClient) -> None:
    for door in ("/cms/", "/en/panel/"):
        response = half_in.get(door, follow=True)
        assert response.status_code == 200
        assert response.redirect_chain[-1][0].startswith(("/konto/dwa-kroki/", SECOND_STEP))
        assert "next=" in response.redirect_chain[-1][0]
        assert len(response.redirect_chain) <= 4


def test_restricted_documents_are_shut_to_the_half_logged_in(
    srem: Tenant, half_in: SiteClient
) -> None:
    with bind(srem):
        root = Collection.get_first_root_node()
        assert root is not None
        CollectionViewRestriction.objects.create(collection=root, restriction_type="login")
        document = SiteDocument.objects.create(
            title="x", file=ContentFile(b"x", name="x.pdf"), collection=root
        )
        address = document.url
    assert half_in.get(address)["Location"].startswith("/konto/zaloguj/?next=")
    set_up_app(half_in)
    assert half_in.get(address).status_code == 200


def test_setting_up_an_app_shows_it_and_gives_recovery_codes(
    srem: Tenant, half_in: SiteClient
) -> None:
    page = half_in.get(APP).content.decode()
    assert "<svg viewBox=" in page
    assert "data:" not in page
    done = set_up_app(half_in, next="/en/panel/")
    assert done["Location"] == f"{SECOND_STEP}kody/?next=%2Fen%2Fpanel%2F"
    codes = half_in.get(done["Location"]).content.decode()
    assert len(re.findall(r'<li class="code">\d{4} \d{4}</li>', codes)) == 10
    assert 'href="/en/panel/"' in codes
    download = half_in.get(f"{SECOND_STEP}kody/pobierz/")
    assert len(re.findall(r"^\d{4} \d{4}$", download.content.decode(), re.MULTILINE)) == 10
    assert half_in.get("/en/panel/").status_code == 200
    assert half_in.get("/cms/").status_code == 200


def test_a_wrong_code_of_the_app_sets_nothing_up(srem: Tenant, half_in: SiteClient) -> None:
    half_in.get(APP)
    assert "This code is not right" in half_in.post(APP, {"code": "1"}).content.decode()
    assert half_in.get("/en/panel/").status_code == 302


def test_the_next_login_asks_for_the_app(srem: Tenant, as_site: type[SiteClient]) -> None:
    give_app(srem, "director")
    visitor = as_site(srem)
    response = log_in_by_code(visitor, email_of("director", srem))
    assert response["Location"] == SHOW
    assert person_of(visitor) is None
    assert "This code is not right" in visitor.post(SHOW, {"code": "123"}).content.decode()
    assert visitor.post(SHOW, {"code": app_code(SECRET)}).status_code == 302
    assert visitor.get("/en/panel/").status_code == 200


def test_a_recovery_code_works_once(srem: Tenant, as_site: type[SiteClient]) -> None:
    user = give_app(srem, "director")
    with bind(srem):
        authenticator = Authenticator.objects.get(user=user, type=Authenticator.Type.RECOVERY_CODES)
        code = authenticator.wrap().get_unused_codes()[0]
    for expected in (200, 302):
        visitor = as_site(srem)
        log_in_by_code(visitor, email_of("director", srem))
        visitor.post(SHOW, {"code": code})
        assert visitor.get("/en/panel/").status_code == expected


def test_a_code_of_the_app_cannot_be_used_again(srem: Tenant, as_site: type[SiteClient]) -> None:
    give_app(srem, "director")
    code = app_code(SECRET)
    for expected in (200, 302):
        visitor = as_site(srem)
        log_in_by_code(visitor, email_of("director", srem))
        visitor.post(SHOW, {"code": code})
        assert visitor.get("/en/panel/").status_code == expected


def test_second_factors_may_be_guessed_ten_times(srem: Tenant, as_site: type[SiteClient]) -> None:
    give_app(srem, "director")
    visitor = as_site(srem)
    log_in_by_code(visitor, email_of("director", srem))
    statuses = [visitor.post(SHOW, {"code": f"{n:06}"}).status_code for n in range(11)]
    assert statuses == [200] * 10 + [429]
    assert visitor.post(SHOW, {"code": app_code(SECRET)}).status_code == 429


def test_whoever_has_a_factor_cannot_add_another_instead_of_showing_it(
    srem: Tenant, half_in: SiteClient
) -> None:
    give_app(srem, "director")
    assert half_in.get(SECOND_STEP)["Location"] == SHOW_AGAIN
    for path in (APP, f"{SECOND_STEP}klucz/"):
        assert half_in.get(path)["Location"].startswith(SHOW_AGAIN)
    assert half_in.get("/en/konto/potwierdz/")["Location"] == SHOW_AGAIN
    half_in.post(SHOW_AGAIN, {"code": app_code(SECRET)})
    assert half_in.get("/en/panel/").status_code == 200


def test_becoming_staff_in_a_session_needs_a_factor_at_once(
    srem: Tenant, as_site: type[SiteClient]
) -> None:
    visitor = as_site(srem)
    log_in_by_code(visitor, email_of("resident", srem))
    assert is_in(visitor)
    with bind(srem):
        user = User.objects.get(email=email_of("resident", srem))
        grant_role(user=user, role=Role.OSL, acting_user=None)
    assert not is_in(visitor)
    set_up_app(visitor)
    assert is_in(visitor)


def test_removing_the_last_factor_leads_back_to_the_set_up_and_ends_other_sessions(
    srem: Tenant, half_in: SiteClient, as_site: type[SiteClient]
) -> None:
    set_up_app(half_in)
    other = as_site(srem)
    other.log_in("director")
    assert other.get("/en/panel/").status_code == 200
    assert half_in.post(f"{APP}usun/")["Location"] == SECOND_STEP
    assert half_in.get("/en/panel/").status_code == 302
    assert "a code alone is not enough" in half_in.get(SECOND_STEP).content.decode()
    assert other.get("/en/panel/").status_code == 302


def test_whoever_lost_the_phone_sets_up_another_after_the_operator_forgot_the_first(
    srem: Tenant, as_site: type[SiteClient], half_in: SiteClient
) -> None:
    set_up_app(half_in)
    call_command("forget_second_factor", "srem.localhost", email_of("director", srem))
    assert person_of(half_in) is None
    visitor = as_site(srem)
    assert log_in_by_code(visitor, email_of("director", srem))["Location"] == SECOND_STEP
    set_up_app(visitor)
    assert visitor.get("/en/panel/").status_code == 200
    with pytest.raises(CommandError, match="nobody logs in"):
        call_command("forget_second_factor", "srem.localhost", "nobody@example.pl")


def test_a_password_is_no_way_around(srem: Tenant, as_site: type[SiteClient]) -> None:
    visitor = as_site(srem)
    response = visitor.post(
        PASSWORD_LOGIN,
        {"address": email_of("director", srem), "password": "sesame-open-long"},
    )
    assert response["Location"] == SECOND_STEP
    assert visitor.get("/cms/").status_code == 302


def test_changing_factors_is_told_by_mail(srem: Tenant, half_in: SiteClient) -> None:
    set_up_app(half_in)
    half_in.post(f"{APP}usun/")
    told = [
        message.content["en"]["text"]
        for message in messages_to(srem, email_of("director", srem))
        if message.kind == "entrance/security_notice"
    ]
    assert "The authenticator app was removed." in told[0]


# Secrets at rest


def test_seeds_are_encrypted_for_this_site_and_old_keys_still_open(
    srem: Tenant, kety: Tenant
) -> None:
    user = give_app(srem, "director")
    with bind(srem):
        app = Authenticator.objects.get(user=user, type=Authenticator.Type.TOTP)
        assert SECRET not in str(app.data)
        assert app.wrap().validate_code(app_code(SECRET, steps=1))
        with override_settings(SECRET_KEY="new", SECRET_KEY_FALLBACKS=["test-only-" + "0" * 40]):
            assert app.wrap().validate_code(app_code(SECRET, steps=-1))
        seeds = Authenticator.objects.get(user=user, type=Authenticator.Type.RECOVERY_CODES)
        assert not re.fullmatch(r"[0-9a-f]+", seeds.data["seed"])
    with bind(kety), pytest.raises(InvalidToken):
        app.wrap().validate_code(app_code(SECRET))
