from django.db import transaction
from django.utils import timezone

from portal.accounts.actions.grant_role import grant_role
from portal.accounts.models import Invitation, OrganisationMember, User
from portal.accounts.notices import current_notice
from portal.accounts.roles import Role
from portal.audit.models import record
from portal.entrance.invitations import address_of, find_open, inviter
from portal.entrance.logins import AddressTaken, new_login


class LoginExists(Exception):
    """The address has a login: whoever holds it must show that first."""


@transaction.atomic
def accept_invitation(
    *,
    token: str,
    acting_user: User | None,
    first_name: str = "",
    last_name: str = "",
    language: str = "pl",
) -> User:
    """Give the invited role to ``acting_user``, or to a new login with the invited address.

    Raises:
        InvitationOver: accepted, withdrawn, too old, or of another site.
        LoginExists: the address has a login, and nobody is logged in or somebody else is.
    """
    invitation = find_open(token, to_change=True)
    address = address_of(invitation)
    if address.is_taken(besides=acting_user):
        raise LoginExists
    try:
        # Read anew: what a request knows of its user's roles is about to be wrong.
        user = acting_user and User.objects.get(pk=acting_user.pk)
        user = user or new_login(
            address=address,
            first_name=first_name,
            last_name=last_name,
            language=language,
            notice=current_notice(),
        )
    except AddressTaken:
        raise LoginExists from None
    _give(invitation, user)
    invitation.accepted_at, invitation.accepted_by = timezone.now(), user.pk
    invitation.save(update_fields=["accepted_at", "accepted_by"])
    record("invitation.accepted", actor=user.pk, of=invitation, person=user.person_id)
    return user


def _give(invitation: Invitation, user: User) -> None:
    by = inviter(invitation)
    if invitation.role:
        grant_role(user=user, role=Role(invitation.role), acting_user=by)
    elif invitation.organisation is not None:
        member, made = OrganisationMember.objects.get_or_create(
            organisation=invitation.organisation,
            user=user,
            defaults={"role": invitation.organisation_role},
        )
        user.forget_roles()
        if made:
            record(
                "organisation.member_added",
                actor=by.pk if by else None,
                of=invitation.organisation,
                person=user.person_id,
                role=member.role,
            )
