from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from portal.accounts.models import Person, User
from portal.accounts.refusals import Refused
from portal.audit.models import record

NAMES = ("first_name", "last_name")


class PersonIsGone(Refused):
    """Merged into somebody or erased while the form was open."""


@transaction.atomic
def change_person(
    *, person: Person, changes: Mapping[str, Any], acting_user: User | None
) -> Person:
    """Write the changed fields, and no others: two people may correct one card at once.

    Raises:
        PersonIsGone: there is nothing to change any more.
        ValidationError: what another change left does not go with this one.
    """
    stored = Person.objects.select_for_update().current().filter(pk=person.pk).first()
    if stored is None:
        raise PersonIsGone(
            _("This card was merged with another one or erased. Look the person up again.")
        )
    changed = sorted(name for name, value in changes.items() if getattr(stored, name) != value)
    for name in changed:
        setattr(stored, name, changes[name])
    stored.clean()
    if changed:
        stored.save(update_fields=changed)
        if not set(NAMES).isdisjoint(changed):
            stored.sign_logins()
        record(
            "person.changed",
            actor=acting_user.pk if acting_user else None,
            of=stored,
            person=stored.pk,
            fields=changed,
        )
    return stored
