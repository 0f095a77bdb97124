from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.accounts.models import User
from portal.audit.models import record
from volunteering.models import BackgroundCheck, VolunteerProfile
from volunteering.refusals import AlreadyChanged

Status = BackgroundCheck.Status


@transaction.atomic
def record_check(
    *,
    profile: VolunteerProfile,
    status: str,
    checked_on: date | None = None,
    recheck_on: date | None = None,
    has_residence_statement: bool = False,
    acting_user: User,
) -> BackgroundCheck:
    """How far the background check of a volunteer is; nothing of what a register says.

    Args:
        status: asked for, checked, or not admitted. One that is checked may be checked again, with
            new dates, and stays valid meanwhile.
        checked_on, recheck_on, has_residence_statement: of one that is checked.

    Raises:
        AlreadyChanged: no such step from where it is now.
        ValidationError: checked without dates or statement, or on a day to come.
    """
    locked = VolunteerProfile.objects.select_for_update(no_key=True).get(pk=profile.pk)
    check = BackgroundCheck.objects.filter(profile=locked).first()
    check = check or BackgroundCheck(profile=locked)
    is_renewed = check.status == status == Status.VERIFIED
    if status not in BackgroundCheck.FOLLOWS[check.status] and not is_renewed:
        raise AlreadyChanged
    if checked_on is not None and checked_on > timezone.localdate():
        raise ValidationError({"checked_on": _("This day has not come yet.")})
    check.status = status
    check.checked_on, check.recheck_on = checked_on, recheck_on
    check.has_residence_statement = has_residence_statement
    check.checked_by = acting_user.pk
    check.full_clean()
    check.save()
    record(
        "background_check.recorded", actor=acting_user.pk, of=check, person=locked.person_id,
        status=str(status),
    )  # fmt: skip
    return check
