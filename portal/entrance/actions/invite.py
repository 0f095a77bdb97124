from django.db import transaction
from django.utils.translation import gettext as _

from portal.accounts.actions.grant_role import RoleNotHere
from portal.accounts.models import Invitation, Organisation, User
from portal.accounts.roles import Role
from portal.audit.models import record
from portal.entrance import invitations
from portal.entrance.addresses import EMAIL, SMS, LoginAddress
from portal.notifications.promise import promise


@transaction.atomic
def invite(
    *,
    email: str = "",
    phone: str = "",
    role: Role | None = None,
    organisation: Organisation | None = None,
    organisation_role: str = "",
    acting_user: User,
) -> Invitation:
    """Invite somebody to the staff or to an organisation, by an e-mail or an SMS with a link.

    Raises:
        RoleNotHere: nobody is invited to such a role on this site.
    """
    if role is not None and role not in invitations.roles_to_invite_to():
        raise RoleNotHere(_("This site has no such role: %(role)s.") % {"role": role.label})
    address = LoginAddress(EMAIL, email.lower()) if email else LoginAddress(SMS, phone)
    invitation, token = invitations.new_invitation(
        address=address,
        role=role,
        organisation=organisation,
        organisation_role=organisation_role,
        invited_by=acting_user,
    )
    promise(
        "entrance/invitation",
        to=[address.recipient()],
        context={
            "inviter": acting_user.person.full_name,
            "role": role.label if role else "",
            "organisation": organisation.name if organisation else "",
            "link": invitations.link(token),
            "until": invitation.expires_at,
        },
        sender=acting_user.pk,
        expires_at=invitation.expires_at,
    )
    record(
        "invitation.sent",
        actor=acting_user.pk,
        of=invitation,
        role=invitation.role,
        organisation=str(organisation.pk) if organisation else "",
    )
    return invitation
