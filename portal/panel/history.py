"""The audit as people read it: actions in words, ids as names of those who are still here."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.utils.functional import Promise

from portal.accounts.models import (
    Consent,
    ConsentPurpose,
    Organisation,
    OrganisationMember,
    Person,
    User,
)
from portal.accounts.roles import Role
from portal.audit.actions import label_of
from portal.audit.models import AuditEntry


@dataclass(frozen=True, slots=True)
class Event:
    """An entry with names: ``actor`` is "" when nobody acted, ``person`` when it is about none."""

    entry: AuditEntry
    action: Promise | str
    actor: str
    person: str
    details: str


def told(entries: Iterable[AuditEntry]) -> list[Event]:
    """Two queries for any number of entries."""
    rows = list(entries)
    actors = _names_of_users({row.actor for row in rows if row.actor})
    people = _names_of_people({row.person for row in rows if row.person})
    return [
        Event(
            entry=row,
            action=label_of(row.action),
            actor=actors.get(row.actor, str(row.actor)) if row.actor else "",
            person=people.get(row.person, str(row.person)) if row.person else "",
            details=_in_one_line(row.details),
        )
        for row in rows
    ]


def _names_of_users(ids: set[UUID]) -> dict[UUID | None, str]:
    users = User.objects.filter(pk__in=ids).select_related("person")
    return {user.pk: str(user.person) for user in users if user.person.erased_at is None}


def _names_of_people(ids: set[UUID]) -> dict[UUID | None, str]:
    people = Person.objects.filter(pk__in=ids, erased_at=None)
    return {person.pk: str(person) for person in people}


def _in_one_line(details: dict[str, Any]) -> str:
    """Whatever has words; the ids among the details stay in the entry."""
    return ", ".join(
        str(words.get(value, value))
        for key, words in _words().items()
        for value in _as_list(details.get(key))
    )


def _words() -> dict[str, dict[str, Promise | str]]:
    """Of the values that stand in details, by their key."""
    return {
        "role": {**dict(Role.choices), **dict(OrganisationMember.Role.choices)},
        "fields": {field.name: field.verbose_name for field in Person._meta.concrete_fields},
        "purpose": dict(ConsentPurpose.choices),
        "means": dict(Consent.Means.choices),
        "status": dict(Organisation.Status.choices),
    }


def _as_list(value: Any) -> list[str]:
    if not value:
        return []
    return [str(one) for one in value] if isinstance(value, list) else [str(value)]
