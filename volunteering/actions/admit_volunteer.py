from django.db import transaction

from portal.accounts.models import User
from portal.audit.models import record
from volunteering.admission import tell_admitted
from volunteering.models import VolunteerProfile
from volunteering.refusals import AlreadyChanged

Status = VolunteerProfile.Status


@transaction.atomic
def admit_volunteer(*, profile: VolunteerProfile, acting_user: User) -> VolunteerProfile:
    """Somebody who applied is a volunteer from now on, and is told so. What the law asks for before
    they help is recorded apart from this, and matching obeys it.

    Raises:
        AlreadyChanged: they are no longer new.
    """
    stored = VolunteerProfile.objects.select_for_update(of=["self"], no_key=True)
    locked = stored.select_related("person").get(pk=profile.pk)
    if locked.status != Status.APPLIED:
        raise AlreadyChanged
    locked.change_status(Status.ACTIVE)
    record("volunteer.admitted", actor=acting_user.pk, of=locked, person=locked.person_id)
    tell_admitted(locked)
    return locked
