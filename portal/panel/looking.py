"""Who saw whose contact data: an entry of the audit for everybody shown."""

from collections.abc import Iterable
from datetime import timedelta
from uuid import UUID

from django.utils import timezone

from portal.accounts.models import Person, User
from portal.audit.models import AuditEntry, record

VIEWED = "person.viewed"
# A list that is worked through all day would fill the audit with itself.
AGAIN_AFTER = timedelta(hours=1)


def note_opened(person: Person, user: User) -> None:
    record(VIEWED, actor=user.pk, of=person, person=person.pk)


def note_listed(people: Iterable[UUID | None], user: User) -> None:
    """Contact data stood in a list; who was seen in the last hour is not noted again."""
    shown = {person for person in people if person is not None}
    noted = AuditEntry.objects.filter(
        action=VIEWED, actor=user.pk, person__in=shown, at__gt=timezone.now() - AGAIN_AFTER
    )
    for person in sorted(shown - set(noted.values_list("person", flat=True))):
        record(VIEWED, actor=user.pk, person=person)
