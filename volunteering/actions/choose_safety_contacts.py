from collections.abc import Sequence

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from portal.accounts.models import User
from portal.accounts.permissions import Permission, may
from portal.audit.models import record
from volunteering.models import SafetyContact
from volunteering.refusals import AlreadyChanged


def choose_safety_contacts(*, users: Sequence[User], acting_user: User) -> None:
    """Two people of the office read reports of danger from now on, and nobody else.

    Raises:
        ValidationError: not two, or somebody who does not work here.
        AlreadyChanged: somebody else chose at the same moment.
    """
    if len({user.pk for user in users}) != 2:
        raise ValidationError(_("Choose two different people."))
    if not all(may(user, Permission.ENTER_PANEL) for user in users):
        raise ValidationError(_("Choose people who work here."))
    try:
        with transaction.atomic():
            list(SafetyContact.objects.select_for_update())
            SafetyContact.objects.all().delete()
            SafetyContact.objects.bulk_create(
                SafetyContact(user=user, place=place) for place, user in enumerate(users, start=1)
            )
            record(
                "safety_contacts.chosen", actor=acting_user.pk,
                users=[str(user.pk) for user in users],
            )  # fmt: skip
    except IntegrityError as conflict:
        raise AlreadyChanged from conflict
