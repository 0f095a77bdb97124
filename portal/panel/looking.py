"""Who saw whose contact data and needs: an entry of the audit for everybody shown."""

from collections.abc import Iterable
from datetime import timedelta
from uuid import UUID

from django.utils import timezone

from portal.accounts.models import Person, User
from portal.audit.models import AuditEntry, record, record_each

VIEWED = "person.viewed"
NEEDS_VIEWED = "needs.viewed"
# A list that is worked through all day would fill the audit with itself.
AGAIN_AFTER = timedelta(hours=1)


def note_opened(person: Person, user: User) -> None:
    record(VIEWED, actor=user.pk, of=person, person=person.pk)


def note_listed(people: Iterable[UUID | None], user: User) -> None:
    """Contact data stood in a list; who was seen in the last hour is not noted again."""
    _note(VIEWED, people, user)


def note_needs(people: Iterable[UUID], user: User) -> None:
    """Like :func:`note_listed`, of what people need in order to take part."""
    _note(NEEDS_VIEWED, people, user)


def _note(action: str, people: Iterable[UUID | None], user: User) -> None:
    """Two statements for any number of people."""
    shown = {person for person in people if person is not None}
    if not shown:
        return
    noted = AuditEntry.objects.filter(
        action=action, actor=user.pk, person__in=shown, at__gt=timezone.now() - AGAIN_AFTER
    )
    new = sorted(shown - set(noted.values_list("person", flat=True)))
    record_each(action, actor=user.pk, people=new)
