"""Invitations and their links. The link is the secret: only its digest is kept."""

import secrets
from datetime import timedelta
from hashlib import sha256
from uuid import UUID

from django.urls import reverse
from django.utils import timezone

from portal.accounts.models import Invitation, Organisation, OrganisationMember, User
from portal.accounts.roles import ON_LEADER_SITES, ON_MUNICIPALITY_SITES, STAFF, Role
from portal.entrance.addresses import EMAIL, SMS, LoginAddress
from portal.notifications.links import absolute
from tenants.binding import current_tenant

LASTS = timedelta(days=14)
# Invited with a command of the server, before anybody of the office has a login.
BY_THE_OPERATOR = UUID(int=0)


class InvitationOver(Exception):
    """Accepted, withdrawn, too old, or of another site."""


def roles_to_invite_to() -> list[Role]:
    """Staff roles this kind of site has, in the order of the list of roles."""
    here = ON_LEADER_SITES if current_tenant().is_leader else ON_MUNICIPALITY_SITES
    return [role for role in Role if role in here & STAFF]


def new_invitation(
    *,
    address: LoginAddress,
    role: Role | None,
    organisation: Organisation | None,
    organisation_role: str,
    invited_by: User | None,
) -> tuple[Invitation, str]:
    """The row and the token of its link; an earlier invitation to the same is withdrawn."""
    same = Invitation.objects.open().filter(
        email=address.email, phone=address.phone, role=role or "", organisation=organisation
    )
    same.update(revoked_at=timezone.now())
    token = secrets.token_urlsafe(32)
    invitation = Invitation.objects.create(
        email=address.email,
        phone=address.phone,
        role=role or "",
        organisation=organisation,
        organisation_role=(organisation_role or OrganisationMember.Role.MEMBER)
        if organisation
        else "",
        token_digest=digest(token),
        invited_by=invited_by.pk if invited_by else BY_THE_OPERATOR,
        expires_at=timezone.now() + LASTS,
    )
    return invitation, token


def find_open(token: str, *, to_change: bool = False) -> Invitation:
    """
    Raises:
        InvitationOver: nothing open answers to the token on this site.
    """
    invitations = Invitation.objects.open()
    if to_change:
        invitations = invitations.select_for_update()
    invitation = invitations.filter(token_digest=digest(token)).first()
    if invitation is None:
        raise InvitationOver
    return invitation


def digest(token: str) -> str:
    return sha256(token.encode()).hexdigest()


def link(token: str) -> str:
    return absolute(reverse("entrance:invitation", args=[token]))


def address_of(invitation: Invitation) -> LoginAddress:
    if invitation.email:
        return LoginAddress(EMAIL, invitation.email)
    return LoginAddress(SMS, str(invitation.phone))


def inviter(invitation: Invitation) -> User | None:
    return User.objects.filter(pk=invitation.invited_by).select_related("person").first()
