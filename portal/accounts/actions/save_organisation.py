from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from portal.accounts.models import Organisation, User
from portal.accounts.refusals import Refused
from portal.audit.models import record

# What its members and the office may write; status and decision have an action of their own.
WRITTEN = (
    "name", "kind", "nip", "regon", "krs", "email", "phone", "street", "postcode", "city",
)  # fmt: skip


class AlreadyRegistered(Refused):
    """Another organisation has the number; it was saved a moment before."""


def save_organisation(*, organisation: Organisation, acting_user: User) -> Organisation:
    """Add an organisation, or write the changed fields of one.

    Raises:
        AlreadyRegistered: its NIP or KRS belongs to another one.
    """
    try:
        with transaction.atomic():
            return _saved(organisation, acting_user)
    except IntegrityError:
        for field in ("nip", "krs"):
            if other := organisation.namesake(field, getattr(organisation, field)):
                raise AlreadyRegistered(
                    _("%(name)s has this number and is in the register already.")
                    % {"name": other.name}
                ) from None
        raise


def _saved(organisation: Organisation, acting_user: User) -> Organisation:
    stored = Organisation.objects.select_for_update().filter(pk=organisation.pk).first()
    if stored is None:
        organisation.save(force_insert=True)
        record("organisation.added", actor=acting_user.pk, of=organisation)
        return organisation
    changed = [name for name in WRITTEN if getattr(stored, name) != getattr(organisation, name)]
    for name in changed:
        setattr(stored, name, getattr(organisation, name))
    if changed:
        stored.save(update_fields=[*changed, "search_key", "sort_key"])
        record("organisation.changed", actor=acting_user.pk, of=stored, fields=changed)
    return stored
