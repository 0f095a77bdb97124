from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from portal.accounts.models import User
from portal.audit.models import record
from volunteering.models import District


def save_district(*, district: District, acting_user: User) -> District:
    """Add a part of the gmina, or write its name and its point anew: whoever lives there moves
    along.

    Raises:
        ValidationError: the name is taken, or the point is not in Poland.
    """
    district.full_clean()
    try:
        with transaction.atomic():
            return _saved(district, acting_user)
    except IntegrityError:
        # Somebody has given another one this name since it was looked up.
        raise ValidationError({"name": _("This name is in the list already.")}) from None


def _saved(district: District, acting_user: User) -> District:
    is_new = not District.objects.select_for_update(no_key=True).filter(pk=district.pk).exists()
    district.save()
    action = "district.added" if is_new else "district.changed"
    record(action, actor=acting_user.pk, of=district)
    return district
