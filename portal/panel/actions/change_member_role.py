from django.db import transaction
from django.utils.translation import gettext as _

from portal.accounts.actions.remove_member import LastCoordinator
from portal.accounts.models import Organisation, OrganisationMember, User
from portal.audit.models import record


@transaction.atomic
def change_member_role(
    *, member: OrganisationMember, role: OrganisationMember.Role, acting_user: User
) -> None:
    """Make a member a coordinator of the organisation, or the other way round.

    Raises:
        LastCoordinator: nobody could act for the organisation any more.
    """
    # The organisation's row, so that the last two coordinators are not changed at one moment.
    organisation = Organisation.objects.select_for_update().get(pk=member.organisation_id)
    row = organisation.members.select_related("user").get(pk=member.pk)
    if row.role == role:
        return
    coordinators = organisation.members.filter(role=OrganisationMember.Role.COORDINATOR)
    if row.role == OrganisationMember.Role.COORDINATOR and coordinators.count() == 1:
        raise LastCoordinator(
            _("This is the only coordinator. Let somebody else coordinate first.")
        )
    row.role = role
    row.save(update_fields=["role"])
    record(
        "member.role_changed",
        actor=acting_user.pk,
        of=organisation,
        person=row.user.person_id,
        member=str(row.user_id),
        role=role.value,
    )
