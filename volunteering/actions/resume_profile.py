from django.core.exceptions import ValidationError
from django.db import transaction

from portal.accounts.models import User
from portal.audit.models import record
from volunteering.models import VolunteerProfile
from volunteering.refusals import AlreadyChanged

Status = VolunteerProfile.Status


@transaction.atomic
def resume_profile(*, profile: VolunteerProfile, acting_user: User | None) -> VolunteerProfile:
    """The break is over; harmless when there is none.

    Args:
        acting_user: None at night, after the last day of the break.

    Raises:
        AlreadyChanged: they have left meanwhile, or are not admitted yet.
    """
    locked = VolunteerProfile.objects.select_for_update(no_key=True).get(pk=profile.pk)
    if locked.status == Status.ACTIVE:
        return locked
    if locked.status != Status.PAUSED:
        raise AlreadyChanged
    try:
        locked.change_status(Status.ACTIVE)
    except ValidationError:
        raise AlreadyChanged from None
    record(
        "volunteer.resumed", actor=acting_user.pk if acting_user else None, of=locked,
        person=locked.person_id,
    )  # fmt: skip
    return locked
