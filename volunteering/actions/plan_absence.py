from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.accounts.models import User
from portal.audit.models import record
from volunteering.models import Absence, VolunteerProfile


@transaction.atomic
def plan_absence(
    *, profile: VolunteerProfile, first_on: date, last_on: date, acting_user: User
) -> Absence:
    """Days when nobody asks them to help; the same days given twice are one absence. Tasks that
    were agreed for those days stay theirs until they give them back.

    Raises:
        ValidationError: the days are over, or the last comes before the first.
    """
    if last_on < first_on:
        raise ValidationError({"last_on": _("The last day comes before the first.")})
    if last_on < timezone.localdate():
        raise ValidationError({"last_on": _("These days are over.")})
    locked = VolunteerProfile.objects.select_for_update(no_key=True).get(pk=profile.pk)
    absence, is_new = Absence.objects.get_or_create(
        profile=locked, first_on=first_on, last_on=last_on
    )
    if is_new:
        record("absence.planned", actor=acting_user.pk, of=absence, person=locked.person_id)
    return absence
