from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.accounts.models import User
from portal.audit.models import record
from volunteering.models import VolunteerProfile
from volunteering.refusals import AlreadyChanged

Status = VolunteerProfile.Status


@transaction.atomic
def pause_profile(
    *, profile: VolunteerProfile, until: date | None, acting_user: User
) -> VolunteerProfile:
    """A break: nobody is asked anything while it lasts. Tasks that were agreed stay theirs. Whoever
    has a break already gives it another end.

    Args:
        until: the last day of the break; None when they do not know yet.

    Raises:
        ValidationError: the day is over.
        AlreadyChanged: they are no active volunteer.
    """
    if until is not None and until < timezone.localdate():
        raise ValidationError({"until": _("This day is over. Give a later one.")})
    locked = VolunteerProfile.objects.select_for_update(no_key=True).get(pk=profile.pk)
    if locked.status == Status.PAUSED:
        if locked.paused_until == until:
            return locked
        locked.paused_until = until
        locked.save(update_fields=["paused_until"])
    else:
        try:
            locked.change_status(Status.PAUSED, until)
        except ValidationError:
            raise AlreadyChanged from None
    record("volunteer.paused", actor=acting_user.pk, of=locked, person=locked.person_id)
    return locked
