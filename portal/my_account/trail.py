"""The audit trail as the person it is about reads it: in words, and by role."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from portal.accounts.models import OrganisationMember, RoleGrant, User
from portal.accounts.roles import Role
from portal.audit.actions import label_of
from portal.audit.models import AuditEntry


@dataclass(frozen=True, slots=True)
class Told:
    at: datetime
    who: str
    what: Promise | str


def told(entries: Sequence[AuditEntry], *, reader: User) -> list[Told]:
    """Two queries however many entries there are."""
    people = {entry.actor for entry in entries if entry.actor is not None}
    roles = _roles_of(people - {reader.pk})
    return [
        Told(at=entry.at, who=_who(entry.actor, reader, roles), what=label_of(entry.action))
        for entry in entries
    ]


def _who(actor: UUID | None, reader: User, roles: dict[UUID, str]) -> str:
    if actor is None:
        return _("The portal, by itself")
    if actor == reader.pk:
        return _("You")
    return roles.get(actor) or _("Somebody whose login is gone")


def _roles_of(users: set[UUID]) -> dict[UUID, str]:
    """What each of them does here now; never who they are."""
    labels: dict[UUID, list[str]] = {
        pk: [] for pk in User.objects.filter(pk__in=users).values_list("pk", flat=True)
    }
    for user, role in (
        RoleGrant.objects.filter(user__in=users).order_by("role").values_list("user", "role")
    ):
        labels[user].append(str(Role(role).label))
    for user in OrganisationMember.objects.filter(user__in=users).values_list("user", flat=True):
        if not labels[user]:
            labels[user].append(str(Role.NGO_MEMBER.label))
    return {
        pk: ", ".join(names or [str(Role.RESIDENT.label)]).capitalize()
        for pk, names in labels.items()
    }
