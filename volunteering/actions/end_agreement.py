from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.accounts.models import User
from portal.audit.models import record
from volunteering.models import VolunteerAgreement
from volunteering.refusals import AlreadyChanged

Status = VolunteerAgreement.Status


@transaction.atomic
def end_agreement(
    *, agreement: VolunteerAgreement, last_on: date | None, acting_user: User
) -> VolunteerAgreement:
    """One of the two ends it; the row stays.

    Args:
        last_on: its last day; None crosses out what was written down by mistake, from now on.

    Raises:
        AlreadyChanged: it has ended already.
        ValidationError: the day is not within the agreement.
    """
    locked = VolunteerAgreement.objects.select_for_update(of=["self"], no_key=True)
    stored = locked.select_related("profile").get(pk=agreement.pk)
    if stored.status == Status.ENDED:
        raise AlreadyChanged
    if last_on is None:
        stored.status = Status.ENDED
    else:
        _end(stored, last_on)
    stored.save(update_fields=["status", "ends_on"])
    record(
        "agreement.ended", actor=acting_user.pk, of=stored, person=stored.profile.person_id,
        is_mistake=last_on is None,
    )  # fmt: skip
    return stored


def _end(agreement: VolunteerAgreement, last_on: date) -> None:
    if last_on < agreement.starts_on:
        raise ValidationError({"last_on": _("The last day comes before the first.")})
    if agreement.ends_on is not None and last_on > agreement.ends_on:
        raise ValidationError({"last_on": _("It ends earlier than that already.")})
    agreement.ends_on = last_on
    # Until then it is in force, and matching goes by the day.
    if last_on < timezone.localdate():
        agreement.status = Status.ENDED
