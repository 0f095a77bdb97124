from collections.abc import Mapping
from typing import Any

from django.db import transaction

from portal.accounts.models import Person, User
from portal.accounts.notices import current_notice
from portal.audit.models import record


@transaction.atomic
def add_person(*, details: Mapping[str, Any], acting_user: User | None) -> Person:
    """Add somebody we can reach; ``details`` are fields of ``PersonForm``.

    Raises:
        ValidationError: the details contradict each other.
    """
    person = Person(notice=current_notice(), **details)
    person.clean()
    person.save()
    record(
        "person.added",
        actor=acting_user.pk if acting_user else None,
        of=person,
        person=person.pk,
    )
    return person
