"""Groups of people an organiser writes to, by name. The apps above register theirs: everybody with
a place on a date, the waiting list of a course, volunteers who drive."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TypedDict
from uuid import UUID

from django.db.models import QuerySet
from django.utils.functional import Promise

from portal.accounts.models import Person, User
from portal.accounts.permissions import Permission, may


class NoSuchAudience(Exception):
    """No app registers it, or what it was of is gone."""


class Named(TypedDict):
    """An audience as an announcement stores it: its key, and of what (an id, a closed-list key)."""

    key: str
    of: str


@dataclass(frozen=True, slots=True)
class Choice:
    """One thing an audience can be of: this date, that course."""

    of: str
    label: str
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Audience:
    """
    Attributes:
        key: ``events.session``.
        label: what such a group is called: "People with a place on a date".
        people: who is in it now; may hold somebody twice, and people merged or erased since.
        name_of: what it is called in full; raises NoSuchAudience.
        choices: what it can be of, best first, for the words somebody typed ("" for the likely).
        permission: who may write to it.
    """

    key: str
    label: Promise
    people: Callable[[str], QuerySet[Person]]
    name_of: Callable[[str], str]
    choices: Callable[[str], Sequence[Choice]]
    permission: Permission


_audiences: dict[str, Audience] = {}


def register(*audiences: Audience) -> None:
    _audiences.update({audience.key: audience for audience in audiences})


def audience(key: str) -> Audience:
    """
    Raises:
        NoSuchAudience: no app has registered it.
    """
    try:
        return _audiences[key]
    except KeyError:
        raise NoSuchAudience(key) from None


def audiences_for(user: User) -> list[Audience]:
    """Those the user may write to, in the order of their registration."""
    return [one for one in _audiences.values() if may(user, one.permission)]


def name_of(named: Named) -> str:
    """
    Raises:
        NoSuchAudience: what it was of is gone.
    """
    return audience(named["key"]).name_of(named["of"])


def id_in(of: str) -> UUID:
    """Of an audience that is of a row.

    Raises:
        NoSuchAudience: it is no id.
    """
    try:
        return UUID(of)
    except ValueError:
        raise NoSuchAudience(of) from None


def people_in(chosen: Iterable[Named]) -> QuerySet[Person]:
    """Everybody in any of them, once, as the person they are now; nobody erased.

    Raises:
        NoSuchAudience: an audience is not registered.
    """
    ids: set[UUID] = set()
    for named in chosen:
        found = audience(named["key"]).people(named["of"]).order_by()
        ids |= {merged or pk for pk, merged in found.values_list("pk", "merged_into_id").distinct()}
    return Person.objects.current().filter(pk__in=ids).in_order()
