"""What each app keeps about people, and for how long: one registry, read by the export, by erasure,
by retention and by the page that tells people.

An app declares itself in ``AppConfig.ready``; nothing about a person may be kept undeclared
(``tests/architecture/test_privacy.py`` compares the declarations with the foreign keys to Person).
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from portal.accounts.models import Person
from tenants.nightly import every_night


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
    """One part of what is kept. The person its functions get is a current one; rows may still be of
    somebody merged into them (``merging.everybody_who_is``).

    Attributes:
        key: name of the part in the export's JSON.
        label: its heading for people.
        basis: legal basis, in words.
        kept_for: how long, in words.
        tables: database tables with rows about people.
        export: what is kept about a person: lists and dicts of texts, numbers, dates.
        names: what the keys of the export are called in its readable version.
        erase: delete it or empty it, in the caller's transaction; rows under a lock stay. The apps
            above erase before those below: names and addresses are still there.
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
    names: Mapping[str, Promise | str] = field(default_factory=dict)


_declared: dict[str, Declaration] = {}


def declare(declaration: Declaration) -> None:
    _declared[declaration.key] = declaration
    if declaration.retain is not None:
        every_night(declaration.retain)


def declarations() -> Iterator[Declaration]:
    """In the order of declaration: accounts first, the apps above it after."""
    return iter(tuple(_declared.values()))


def locks_on(person: Person) -> list[Lock]:
    """Everything that would stay if the person were erased now."""
    locks = [lock for declaration in declarations() for lock in declaration.locks(person)]
    if locks:
        locks.append(_name_beside(locks))
    return locks


def _name_beside(locks: list[Lock]) -> Lock:
    """A proof that nobody can tell whose it is proves nothing."""
    return Lock(
        table=Person._meta.db_table,
        label=_("Your first and last name, without any way to reach you"),
        basis=_("needed to know whose the kept records are"),
        until=max(lock.until for lock in locks),
    )
