from django.db import transaction
from django.utils.translation import gettext as _

from portal.accounts.models import Organisation, OrganisationMember, User
from portal.accounts.refusals import Refused
from portal.audit.models import record


class LastCoordinator(Refused):
    """Somebody must be able to act for the organisation."""


@transaction.atomic
def remove_member(*, member: OrganisationMember, acting_user: User) -> None:
    """Take somebody out of an organisation; harmless when repeated.

    Raises:
        LastCoordinator: nobody could invite the next one.
    """
    # The organisation's row, so that the last two coordinators do not leave at one moment.
    organisation = Organisation.objects.select_for_update().get(pk=member.organisation_id)
    row = organisation.members.filter(pk=member.pk).select_related("user").first()
    if row is None:
        return
    coordinators = organisation.members.filter(role=OrganisationMember.Role.COORDINATOR)
    is_last = row.role == OrganisationMember.Role.COORDINATOR and coordinators.count() == 1
    if is_last:
        raise LastCoordinator(
            _("This is the only coordinator. Let somebody else coordinate first.")
        )
    record(
        "organisation.member_removed",
        actor=acting_user.pk,
        of=organisation,
        person=row.user.person_id,
        member=str(row.user_id),
    )
    row.delete()
