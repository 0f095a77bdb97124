"""Invitations: one link, one acceptance, on one site."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from portal.accounts.actions.grant_role import RoleNotHere
from portal.accounts.models import Invitation, Organisation, OrganisationMember, User
from portal.accounts.roles import Role
from portal.audit.models import AuditEntry
from portal.entrance.actions.accept_invitation import accept_invitation
from portal.entrance.actions.invite import invite
from portal.entrance.actions.revoke_invitation import revoke_invitation
from portal.entrance.invitations import InvitationOver
from tenants.binding import bind
from tenants.models import Tenant
from tests.conftest import SiteClient
from tests.entrance.doors import email_of, is_in, log_in_by_code, messages_to, person_of
from tests.entrance.test_limits import at_once

EWA = {"first_name": "Ewa", "last_name": "Lis"}


def invite_to(tenant: Tenant, address: str, **what: Any) -> tuple[Invitation, str]:
    """The director invites; the path of the link in the message."""
    how: dict[str, Any] = {"email": address} if "@" in address else {"phone": address}
    with bind(tenant):
        director = User.objects.get(email=email_of("director", tenant))
        invitation = invite(**how, **(what or {"role": Role.OSL}), acting_user=director)
    words = next(iter(messages_to(tenant, address)[0].content.values()))
    link = next(word for word in words["text"].split() if "/konto/zaproszenie/" in word)
    return invitation, "/en" + link.partition(".localhost:8000")[2]


def test_somebody_new_accepts_and_becomes_staff(srem: Tenant, as_site: type[SiteClient]) -> None:
    invitation, path = invite_to(srem, "ewa@example.pl")
    visitor = as_site(srem)
    page = visitor.get(path).content.decode()
    assert "Director Przykładowa" in page
    assert visitor.post(path, {"first_name": "Ewa"}).status_code == 422
    accepted = visitor.post(path, EWA)
    assert accepted["Location"].startswith("/en/konto/dwa-kroki/?next=")
    with bind(srem):
        user = User.objects.get(email="ewa@example.pl")
        assert Role.OSL in user.roles
        assert user.person.full_name == "Ewa Lis"
        invitation.refresh_from_db()
        assert invitation.accepted_by == user.pk
        told = AuditEntry.objects.get(action="invitation.accepted")
        assert "ewa" not in str(told.details)
    assert visitor.get(path).status_code == 410


def test_looking_changes_nothing(srem: Tenant, as_site: type[SiteClient]) -> None:
    _invitation, path = invite_to(srem, "ewa@example.pl")
    for _time in range(3):
        assert as_site(srem).get(path).status_code == 200
    with bind(srem):
        assert not User.objects.filter(email="ewa@example.pl").exists()


def test_the_token_is_nowhere_but_in_the_message(srem: Tenant) -> None:
    invitation, path = invite_to(srem, "ewa@example.pl")
    token = path.rstrip("/").rpartition("/")[2]
    assert len(token) >= 40
    with bind(srem):
        assert token not in str(Invitation.objects.filter(pk=invitation.pk).values().get())


def test_invited_by_sms(srem: Tenant, as_site: type[SiteClient]) -> None:
    _invitation, path = invite_to(srem, "+48600100200")
    as_site(srem).post(path, EWA)
    with bind(srem):
        assert User.objects.get(phone="+48600100200").phone_verified_at is not None


def test_the_link_alone_does_not_open_an_account_that_exists(
    srem: Tenant, as_site: type[SiteClient]
) -> None:
    _invitation, path = invite_to(srem, email_of("resident", srem))
    visitor = as_site(srem)
    assert "Log in with it" in visitor.get(path).content.decode()
    visitor.post(path, EWA)
    assert person_of(visitor) is None
    log_in_by_code(visitor, email_of("resident", srem))
    assert "You are logged in as" in visitor.get(path).content.decode()
    assert visitor.post(path)["Location"].startswith("/en/konto/dwa-kroki/")
    with bind(srem):
        assert Role.OSL in User.objects.get(email=email_of("resident", srem)).roles


def test_somebody_else_who_is_logged_in_cannot_take_it_over(
    srem: Tenant, as_site: type[SiteClient]
) -> None:
    _invitation, path = invite_to(srem, email_of("resident", srem))
    visitor = as_site(srem)
    visitor.log_in("volunteer")
    assert "belongs to another account" in visitor.get(path).content.decode()
    visitor.post(path)
    with bind(srem):
        assert Role.OSL not in User.objects.get(email=email_of("volunteer", srem)).roles


def test_member_of_an_organisation_by_invitation(srem: Tenant, as_site: type[SiteClient]) -> None:
    with bind(srem):
        circle = Organisation.objects.get()
    _invitation, path = invite_to(
        srem, "ewa@example.pl", organisation=circle,
        organisation_role=OrganisationMember.Role.MEMBER.value,
    )  # fmt: skip
    visitor = as_site(srem)
    assert "Koło Gospodyń" in visitor.get(path).content.decode()
    assert visitor.post(path, EWA)["Location"] == f"/en/konto/organizacje/{circle.pk}/"
    assert is_in(visitor)
    with bind(srem):
        member = OrganisationMember.objects.get(user__email="ewa@example.pl")
        assert (member.organisation, member.role) == (circle, "member")


@pytest.mark.parametrize("why", ["expired", "revoked", "replaced", "foreign", "forged"])
def test_a_link_that_is_over_says_what_to_do(
    srem: Tenant, kety: Tenant, as_site: type[SiteClient], why: str
) -> None:
    invitation, path = invite_to(srem, "ewa@example.pl")
    visitor = as_site(srem)
    with bind(srem):
        if why == "expired":
            Invitation.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
        elif why == "revoked":
            director = User.objects.get(email=email_of("director", srem))
            revoke_invitation(invitation=invitation, acting_user=director)
    if why == "replaced":
        invite_to(srem, "ewa@example.pl")
    elif why == "foreign":
        visitor = as_site(kety)
    elif why == "forged":
        path = "/en/konto/zaproszenie/abc/"
    for response in (visitor.get(path), visitor.post(path, EWA)):
        assert response.status_code == 410
        assert "Ask the person who invited you for a new one." in response.content.decode()
    for tenant in (srem, kety):
        with bind(tenant):
            assert not User.objects.filter(email="ewa@example.pl").exists()


def test_two_at_once_accept_once(own_database: str) -> None:
    srem = Tenant.objects.get(domains__domain="srem.localhost")
    _invitation, path = invite_to(srem, "ewa@example.pl")
    token = path.rstrip("/").rpartition("/")[2]

    def act(_number: int) -> bool:
        with bind(srem):
            try:
                accept_invitation(token=token, acting_user=None, **EWA)
            except InvitationOver:
                return False
        return True

    assert at_once(act).count(True) == 1
    with bind(srem):
        assert User.objects.filter(email="ewa@example.pl").count() == 1


def test_nobody_is_invited_to_what_the_site_has_not(srem: Tenant) -> None:
    for role in (Role.ANALYST, Role.VOLUNTEER, Role.RESIDENT):
        with pytest.raises(RoleNotHere):
            invite_to(srem, "ewa@example.pl", role=role)


# The first director of a new site


def test_operator_invites_the_first_director(
    srem: Tenant, kety: Tenant, as_site: type[SiteClient], capsys: pytest.CaptureFixture[str]
) -> None:
    call_command("invite_staff", "srem.localhost", "Ewa@Example.pl", "--role", "director")
    link = capsys.readouterr().out.split()[-1]
    path = link.partition("srem.localhost:8000")[2]
    assert as_site(kety).get(path).status_code == 410
    visitor = as_site(srem)
    visitor.post(path, EWA)
    with bind(srem):
        assert Role.DIRECTOR in User.objects.get(email="ewa@example.pl").roles


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("nie.localhost", "a@b.pl"), "domain: no site"),
        (("srem.localhost", "a-b.pl"), "email: 'a-b.pl' is not"),
        (("srem.localhost", "a@b.pl", "--role", "analyst"), "role: Gmina Śrem has no analyst"),
    ],
)
def test_mistakes_of_the_operator_are_named(
    srem: Tenant, arguments: tuple[str, ...], message: str
) -> None:
    with pytest.raises(CommandError, match=message):
        call_command("invite_staff", *arguments)
    with bind(srem):
        assert not Invitation.objects.exists()
