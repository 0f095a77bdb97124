"""What a conversation is about. The apps above own a foreign key to
:class:`~portal.messaging.models.Conversation` and register here what conversations are theirs: a
course, the team of a shift, a task."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db.models import QuerySet

from portal.accounts.models import Person
from portal.messaging.models import Conversation


@dataclass(frozen=True, slots=True)
class About:
    """In the language being spoken; ``panel_url`` is "" where staff have no page of it."""

    label: str
    url: str
    panel_url: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Owner:
    """
    Attributes:
        about: conversations' ids → what those of them that are this owner's are about.
        members: who belongs to a conversation now, None for one that is not this owner's.
        is_open: whether people may write in a conversation of this owner now.
    """

    key: str
    about: Callable[[Iterable[UUID]], dict[UUID, About]]
    members: Callable[[Conversation], QuerySet[Person] | None]
    is_open: Callable[[Conversation], bool] = lambda _conversation: True


_owners: dict[str, Owner] = {}


def register(*owners: Owner) -> None:
    _owners.update({owner.key: owner for owner in owners})


def about(conversations: Iterable[UUID]) -> dict[UUID, About]:
    """What conversations are about: one query an owner, however many there are."""
    ids = list(conversations)
    found: dict[UUID, About] = {}
    for owner in _owners.values() if ids else ():
        found |= owner.about(ids)
    return found


def members_of(conversation: Conversation) -> QuerySet[Person] | None:
    """Who belongs to it by what it is about; None when nothing says so."""
    for owner in _owners.values():
        members = owner.members(conversation)
        if members is not None:
            return members
    return None


def is_open(conversation: Conversation) -> bool:
    return all(owner.is_open(conversation) for owner in _owners.values())
