"""What erasing somebody does to the database; the action around it asks whether it may."""

from django.db import transaction
from django.utils import timezone

from portal.accounts.merging import everybody_who_is
from portal.accounts.models import Person
from portal.accounts.privacy import Lock, declarations, locks_on

_EMPTY = {
    **dict.fromkeys(("phone", "email", "street", "postcode", "city", "channel"), ""),
    "household": None,
    "notice": None,
    "language": Person.Language.POLISH,
}


@transaction.atomic
def erase(person: Person) -> list[Lock]:
    """Delete a person and everything of theirs but what a lock keeps; a second time harmless."""
    everybody = everybody_who_is(person)
    locks = locks_on(person)
    for declaration in reversed(list(declarations())):
        declaration.erase(person)
    rows = Person.objects.filter(pk__in=[one.pk for one in everybody])
    rows.exclude(pk=person.pk).update(merged_into=None)
    if not locks:
        rows.delete()
        return []
    rows.exclude(pk=person.pk).delete()
    for name, value in _EMPTY.items():
        setattr(person, name, value)
    person.erased_at = person.erased_at or timezone.now()
    person.save()
    return locks
