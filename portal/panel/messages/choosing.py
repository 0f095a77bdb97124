"""To whom an announcement goes: the groups chosen, and those that may be."""

from collections.abc import Iterable
from dataclasses import dataclass

from portal.accounts.models import User
from portal.messaging.audiences import Named, NoSuchAudience, audiences_for, name_of


@dataclass(frozen=True, slots=True)
class Chosen:
    """``name`` is "" when what the group was of is gone; then nobody is in it."""

    named: Named
    name: str


def chosen_of(audiences: Iterable[Named]) -> list[Chosen]:
    return [Chosen(named, _name(named)) for named in audiences]


def may_be_chosen(user: User, named: Named) -> bool:
    """Whether there is such a group and the user writes to it."""
    allowed = {one.key for one in audiences_for(user)}
    return named["key"] in allowed and bool(_name(named))


def _name(named: Named) -> str:
    try:
        return name_of(named)
    except NoSuchAudience:
        return ""
