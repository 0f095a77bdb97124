from collections.abc import Collection
from uuid import UUID

from django.contrib.auth.models import Group
from django.db import transaction
from django.utils.translation import gettext as _

from portal.accounts.models import RoleGrant, User
from portal.accounts.permissions import WAGTAIL_GROUPS
from portal.accounts.refusals import Refused
from portal.accounts.roles import GRANTED, ON_LEADER_SITES, ON_MUNICIPALITY_SITES, Role
from portal.audit.models import record
from tenants.binding import current_tenant


class RoleNotHere(Refused):
    """This kind of site has no such role."""


class LastDirector(Refused):
    """Somebody must be able to give roles."""


@transaction.atomic
def grant_role(*, user: User, role: Role, acting_user: User | None) -> None:
    """Give somebody a role of the bound site; harmless when they have it.

    Raises:
        RoleNotHere: leaders have no organisers, gminas no analysts, and some roles are implied.
    """
    here = ON_LEADER_SITES if current_tenant().is_leader else ON_MUNICIPALITY_SITES
    if role not in here & GRANTED:
        raise RoleNotHere(_("This site has no such role: %(role)s.") % {"role": role.label})
    _grant, made = RoleGrant.objects.get_or_create(
        user=user, role=role, defaults={"granted_by": acting_user.pk if acting_user else None}
    )
    if made:
        _follow_in_wagtail(user)
        _record("role.granted", user, role, acting_user)


@transaction.atomic
def revoke_role(*, user: User, role: Role, acting_user: User | None) -> None:
    """Take a role away and end the user's sessions: what is open now was opened with the role.

    Raises:
        LastDirector: nobody else could give roles any more.
    """
    if role == Role.DIRECTOR:
        keep_a_director(without={user.pk})
    deleted, _rows = RoleGrant.objects.filter(user=user, role=role).delete()
    if deleted:
        _follow_in_wagtail(user)
        user.sessions.all().delete()
        _record("role.revoked", user, role, acting_user)


def keep_a_director(*, without: Collection[UUID]) -> None:
    """Lock the directors and see that one stays when these users are none any more.

    Raises:
        LastDirector: nobody else could give roles any more.
    """
    directors = {
        grant.user_id
        for grant in RoleGrant.objects.select_for_update().filter(
            role=Role.DIRECTOR, user__is_active=True
        )
    }
    if directors and directors <= set(without):
        raise LastDirector(_("This is the only director. Give the role to somebody else first."))


def _follow_in_wagtail(user: User) -> None:
    user.forget_roles()
    groups = {WAGTAIL_GROUPS[role] for role in user.roles if role in WAGTAIL_GROUPS}
    user.groups.set(Group.objects.filter(name__in=groups))


def _record(action: str, user: User, role: Role, acting_user: User | None) -> None:
    record(
        action,
        actor=acting_user.pk if acting_user else None,
        of=user,
        person=user.person_id,
        role=role.value,
    )
