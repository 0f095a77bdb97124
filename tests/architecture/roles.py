"""Who stands behind the names of roles in the tables of addresses, and what a line of them says."""

from dataclasses import dataclass

Roles = frozenset[str]


def _roles(names: str) -> Roles:
    return frozenset(names.split())


NONE: Roles = frozenset()
# Logged in, but the session has shown no second factor: nobody, but for the doors to show one.
UNPROVEN = "unproven_director"
RESIDENTS = _roles("resident volunteer ngo_member")
OFFICE = _roles("osl ous editor director dpo superuser")
EVERYBODY = RESIDENTS | OFFICE
EVEN_UNPROVEN = EVERYBODY | {UNPROVEN}

ORGANISERS = _roles("osl ous director superuser")
SEES_PEOPLE = _roles("osl ous director dpo superuser")
SEES_ORGANISATIONS = _roles("osl ous editor director dpo superuser")
VERIFIES = _roles("osl director superuser")
DIRECTORS = _roles("director superuser")
OVERSEES = _roles("director dpo superuser")
OWNER = _roles("ngo_member")
# Calendar and bookings.
SEES_EVENTS = _roles("osl ous editor director dpo superuser")
EDITS_EVENTS = _roles("osl ous editor director superuser")
REVIEWS_EVENTS = _roles("osl director superuser")
SEES_PARTICIPANTS = _roles("osl ous director dpo superuser")
RUNS_EVENTS = _roles("osl ous director superuser")
SEES_NEEDS = _roles("osl ous director superuser")


@dataclass(frozen=True, slots=True)
class Row:
    """
    Attributes:
        get: who may look; nobody where the address only takes forms.
        post: who may send its form; nobody where there is none.
        refusal: what the others get who are logged in.
    """

    address: str
    get: Roles = NONE
    post: Roles = NONE
    refusal: int = 403


@dataclass(frozen=True, slots=True)
class Door:
    """A page for those who are not logged in, or for both; statuses of (GET, POST).

    ``knows_unproven``: whether staff are known there who have yet to show their second factor.
    """

    address: str
    stranger: tuple[int, int]
    known: tuple[int, int]
    knows_unproven: bool = False
