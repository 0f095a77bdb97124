"""What each app keeps about people, and for how long: one registry, read by the export, by erasure,
by retention and by the page that tells people.

An app declares itself in ``AppConfig.ready``; nothing about a person may be kept undeclared
(``tests/architecture/test_privacy.py`` compares the declarations with the foreign keys to Person).
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils.functional import Promise

from portal.accounts.models import Person


@dataclass(frozen=True, slots=True)
class Lock:
    """Rows the law keeps although the person asked to be erased (GDPR art. 17(3))."""

    table: str
    label: Promise | str
    basis: Promise | str
    until: date


def _nothing_locked(_person: Person) -> list[Lock]:
    return []


@dataclass(frozen=True, slots=True, kw_only=True)
class Declaration:
    """
    Attributes:
        key: name of the part in the export's JSON.
        label: its heading for people.
        basis: legal basis, in words.
        kept_for: how long, in words.
        tables: database tables with rows about people.
        export: what is kept about a person, as JSON-ready lists and dicts.
        erase: delete it or empty it, in the caller's transaction; rows under a lock stay.
        locks: what must stay, and until when.
        retain: delete what has been kept long enough; runs every night, for the bound site.
    """

    key: str
    label: Promise | str
    basis: Promise | str
    kept_for: Promise | str
    tables: tuple[str, ...]
    export: Callable[[Person], Any]
    erase: Callable[[Person], None]
    locks: Callable[[Person], list[Lock]] = field(default=_nothing_locked)
    retain: Callable[[], None] | None = None


_declared: dict[str, Declaration] = {}


def declare(declaration: Declaration) -> None:
    _declared[declaration.key] = declaration


def declarations() -> Iterator[Declaration]:
    """In the order of declaration: accounts first, the apps above it after."""
    return iter(tuple(_declared.values()))


def locks_on(person: Person) -> list[Lock]:
    """Everything that would stay if the person were erased now."""
    return [lock for declaration in declarations() for lock in declaration.locks(person)]
