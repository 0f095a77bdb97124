"""Who is behind a socket, by what the database says now."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import F, OuterRef
from django.db.models.functions import MD5
from django.http import HttpRequest
from django.utils import timezone

from portal.accounts.models import OrganisationMember, RoleGrant, Session, User
from portal.accounts.permissions import Permission, may
from portal.accounts.roles import Role
from portal.accounts.sessions import SessionStore
from portal.entrance.second_factor import trusted_user

PATH = "/ws/"

# What a session's rights follow from; where it is the same as before, so are they.
State = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Visitor:
    """Somebody with a session that says who they are, staff with their second factor."""

    session: str
    state: State
    user: UUID
    person: UUID
    roles: frozenset[Role]
    name: str
    enters_panel: bool
    sees_conversations: bool

    def keeps(self, before: "Visitor") -> bool:
        """Whether this is who it was, with nothing taken away."""
        return (
            (self.user, self.person) == (before.user, before.person)
            and self.roles >= before.roles
            and self.enters_panel >= before.enters_panel
        )


def recognise(session_key: str) -> Visitor | None:
    """Whose session it is on the bound site; None: nobody's."""
    # First the state: what changes from now on differs from it.
    state = _states([session_key]).get(session_key)
    if state is None:
        return None
    request = HttpRequest()
    request.path = request.path_info = PATH
    request.session = _Unchanged(session_key)
    user = trusted_user(request)
    if not isinstance(user, User):
        return None
    return Visitor(
        session=session_key,
        state=state,
        user=user.pk,
        person=user.person_id,
        roles=user.roles,
        name=user.get_short_name(),
        enters_panel=may(user, Permission.ENTER_PANEL),
        sees_conversations=may(user, Permission.SEE_CONVERSATIONS),
    )


def changed(known: Iterable[tuple[str, State]]) -> dict[str, Visitor | None]:
    """Sessions that are not as they were known, and whose they are now: one query, as long as
    nothing has changed."""
    pairs = set(known)
    states = _states({session for session, _state in pairs})
    others = {session for session, state in pairs if states.get(session) != state}
    return {session: recognise(session) for session in others}


def _states(session_keys: Iterable[str]) -> dict[str, State]:
    grants = RoleGrant.objects.filter(user=OuterRef("user")).order_by("role").values("role")
    places = OrganisationMember.objects.filter(user=OuterRef("user")).order_by("pk").values("pk")
    rows = Session.objects.filter(
        session_key__in=list(session_keys), expire_date__gt=timezone.now(), user__is_active=True
    ).values_list(
        "session_key",
        "user",
        "user__person",
        "user__is_superuser",
        MD5(F("user__password")),
        # Whether the second factor was shown stands in there, among other things.
        MD5(F("session_data")),
        ArraySubquery(grants),
        ArraySubquery(places),
    )
    return {key: (*state, tuple(roles), tuple(places)) for key, *state, roles, places in rows}


class _Unchanged(SessionStore):
    """A session read on the way, by what cannot set the cookie of a new key."""

    # Django signs with the name of the class.
    key_salt = SessionStore().key_salt

    def cycle_key(self) -> None:
        pass
