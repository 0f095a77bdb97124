from django.db import transaction
from django.db.models import ProtectedError
from django.utils.translation import gettext as _

from portal.accounts.models import User
from portal.audit.models import record
from volunteering.models import District
from volunteering.refusals import VolunteeringRefused


class DistrictInUse(VolunteeringRefused):
    code = "district_in_use"

    def __init__(self) -> None:
        super().__init__(
            _("Somebody lives there or asked for help there, so it stays. You can rename it.")
        )


@transaction.atomic
def remove_district(*, district: District, acting_user: User) -> None:
    """Take a part of the gmina off the list.

    Raises:
        DistrictInUse: a volunteer or a request belongs to it.
    """
    locked = District.objects.select_for_update().get(pk=district.pk)
    record("district.removed", actor=acting_user.pk, of=locked)
    try:
        locked.delete()
    except ProtectedError:
        raise DistrictInUse from None
