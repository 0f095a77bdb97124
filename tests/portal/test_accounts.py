"""Logins: one gmina each, reached by e-mail or phone, made by the operator's command."""

from unittest.mock import patch

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction

from portal.accounts.models import User
from tenants.binding import bind
from tenants.models import Tenant
from tests.conftest import SiteClient

PASSWORD = "long-enough-and-odd-7"


def add_editor(*arguments: str, typed: tuple[str, str] = (PASSWORD, PASSWORD)) -> None:
    with patch("portal.accounts.management.commands.add_editor.getpass", side_effect=typed):
        call_command("add_editor", *arguments)


def test_operator_adds_a_director_who_logs_in_on_that_site_only(
    srem: Tenant, kety: Tenant, as_site: type[SiteClient]
) -> None:
    add_editor("srem.localhost", "Ewa@Example.pl", "--role", "director")
    answer = {"username": "ewa@example.pl", "password": PASSWORD}
    here, there = as_site(srem), as_site(kety)
    assert here.post("/cms/login/", answer).status_code == 302
    assert here.get("/cms/").status_code == 200
    assert there.post("/cms/login/", answer).status_code == 200
    assert there.get("/cms/").status_code == 302


@pytest.mark.parametrize(
    ("arguments", "typed", "message"),
    [
        (("nie.localhost", "a@b.pl"), (PASSWORD, PASSWORD), "domain: no site"),
        (("srem.localhost", "a-b.pl"), (PASSWORD, PASSWORD), "email: 'a-b.pl' is not"),
        (("srem.localhost", "a@b.pl"), (PASSWORD, "other"), "password: the two"),
        (("srem.localhost", "a@b.pl"), ("short", "short"), "password: "),
    ],
)
def test_mistakes_are_named_and_leave_nobody(
    srem: Tenant, arguments: tuple[str, str], typed: tuple[str, str], message: str
) -> None:
    with pytest.raises(CommandError, match=message):
        add_editor(*arguments, typed=typed)
    with bind(srem):
        assert not User.objects.filter(email="a@b.pl").exists()


def test_the_same_address_twice_is_refused(srem: Tenant) -> None:
    add_editor("srem.localhost", "a@b.pl")
    with pytest.raises(CommandError, match="already has a login"):
        add_editor("srem.localhost", "A@b.pl")


def test_a_login_needs_an_address_or_a_number(srem: Tenant) -> None:
    with bind(srem):
        with pytest.raises(ValueError, match="e-mail address or a phone"):
            User.objects.create_user()
        with pytest.raises(IntegrityError), transaction.atomic():
            User().save()
        assert User.objects.create_user(phone="+48600100200").check_password("") is False
