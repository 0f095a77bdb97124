"""What each role may do. This table is the only place that says so.

A resident's right to their own data, and a member's right to their own organisation, are
predicates of their own; everything else asks :func:`may`. Wagtail's groups follow the last table.
"""

from collections.abc import Collection
from enum import StrEnum
from typing import TYPE_CHECKING

from portal.accounts.roles import Role

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from portal.accounts.models import Organisation, User


class Permission(StrEnum):
    ENTER_PANEL = "enter_panel"
    SEE_PEOPLE = "see_people"
    EDIT_PEOPLE = "edit_people"
    MERGE_PEOPLE = "merge_people"
    ERASE_PEOPLE = "erase_people"
    WRITE_TO_PEOPLE = "write_to_people"
    SEE_CONVERSATIONS = "see_conversations"
    MODERATE_MESSAGES = "moderate_messages"
    HANDLE_CALLS = "handle_calls"
    SEE_DELIVERIES = "see_deliveries"
    RETRY_DELIVERIES = "retry_deliveries"
    SEE_ORGANISATIONS = "see_organisations"
    EDIT_ORGANISATIONS = "edit_organisations"
    VERIFY_ORGANISATIONS = "verify_organisations"
    SEE_TEAM = "see_team"
    MANAGE_TEAM = "manage_team"
    CHANGE_SETTINGS = "change_settings"
    SEE_AUDIT = "see_audit"
    SEE_JOBS = "see_jobs"
    RETRY_JOBS = "retry_jobs"
    SEE_FIGURES = "see_figures"
    SEE_EVENTS = "see_events"
    EDIT_EVENTS = "edit_events"
    REVIEW_EVENTS = "review_events"
    SEE_PARTICIPANTS = "see_participants"
    RUN_EVENTS = "run_events"
    SEE_NEEDS = "see_needs"
    SEE_HELP = "see_help"
    RUN_HELP = "run_help"
    SEE_HELP_CONTACTS = "see_help_contacts"
    SEE_VOLUNTEERS = "see_volunteers"
    EDIT_VOLUNTEERS = "edit_volunteers"
    ADMIT_VOLUNTEERS = "admit_volunteers"
    SEE_OPPORTUNITIES = "see_opportunities"
    EDIT_OPPORTUNITIES = "edit_opportunities"


_EVERY_STAFF = {Role.OSL, Role.OUS, Role.EDITOR, Role.DIRECTOR, Role.DPO, Role.ANALYST}
_ORGANISERS = {Role.OSL, Role.OUS, Role.DIRECTOR}

# fmt: off
MAY: dict[Permission, frozenset[Role]] = {
    permission: frozenset(roles)
    for permission, roles in {
        Permission.ENTER_PANEL:          _EVERY_STAFF,
        Permission.SEE_PEOPLE:           _ORGANISERS | {Role.DPO},
        Permission.EDIT_PEOPLE:          _ORGANISERS,
        Permission.MERGE_PEOPLE:         _ORGANISERS,
        Permission.ERASE_PEOPLE:         {Role.DIRECTOR},
        Permission.WRITE_TO_PEOPLE:      _ORGANISERS,
        Permission.SEE_CONVERSATIONS:    _ORGANISERS,
        Permission.MODERATE_MESSAGES:    {Role.OSL, Role.DIRECTOR},
        Permission.HANDLE_CALLS:         _ORGANISERS,
        Permission.SEE_DELIVERIES:       _ORGANISERS | {Role.DPO},
        Permission.RETRY_DELIVERIES:     _ORGANISERS,
        Permission.SEE_ORGANISATIONS:    _ORGANISERS | {Role.EDITOR, Role.DPO},
        Permission.EDIT_ORGANISATIONS:   _ORGANISERS,
        Permission.VERIFY_ORGANISATIONS: {Role.OSL, Role.DIRECTOR},
        Permission.SEE_TEAM:             {Role.DIRECTOR, Role.DPO},
        Permission.MANAGE_TEAM:          {Role.DIRECTOR},
        Permission.CHANGE_SETTINGS:      {Role.DIRECTOR},
        Permission.SEE_AUDIT:            {Role.DIRECTOR, Role.DPO},
        Permission.SEE_JOBS:             {Role.DIRECTOR, Role.DPO},
        Permission.RETRY_JOBS:           {Role.DIRECTOR},
        Permission.SEE_FIGURES:          {Role.DIRECTOR, Role.DPO, Role.ANALYST},
        Permission.SEE_EVENTS:           _ORGANISERS | {Role.EDITOR, Role.DPO},
        Permission.EDIT_EVENTS:          _ORGANISERS | {Role.EDITOR},
        Permission.REVIEW_EVENTS:        {Role.OSL, Role.DIRECTOR},
        Permission.SEE_PARTICIPANTS:     _ORGANISERS | {Role.DPO},
        Permission.RUN_EVENTS:           _ORGANISERS,
        Permission.SEE_NEEDS:            _ORGANISERS,
        Permission.SEE_HELP:             _ORGANISERS | {Role.DPO},
        Permission.RUN_HELP:             _ORGANISERS,
        Permission.SEE_HELP_CONTACTS:    {Role.OSL},
        Permission.SEE_VOLUNTEERS:       _ORGANISERS | {Role.DPO},
        Permission.EDIT_VOLUNTEERS:      _ORGANISERS,
        Permission.ADMIT_VOLUNTEERS:     {Role.OSL, Role.DIRECTOR},
        Permission.SEE_OPPORTUNITIES:    _ORGANISERS | {Role.EDITOR, Role.DPO},
        Permission.EDIT_OPPORTUNITIES:   _ORGANISERS,
    }.items()
}
# fmt: on

# Wagtail knows groups. Roles that are not here have no business in the editors' admin.
WAGTAIL_GROUPS: dict[Role, str] = {
    Role.EDITOR: "Editors",
    Role.OUS: "Editors",
    Role.DIRECTOR: "Moderators",
}


def may(user: "User | AnonymousUser", permission: Permission) -> bool:
    """Whether one of the user's roles allows it; a superuser may do everything."""
    if not user.is_authenticated or not user.is_active:
        return False
    return user.is_superuser or not MAY[permission].isdisjoint(user.roles)


def is_member_of(user: "User | AnonymousUser", organisation: "Organisation") -> bool:
    return user.is_authenticated and organisation.members.filter(user=user).exists()


def permissions_of(roles: Collection[Role]) -> frozenset[Permission]:
    return frozenset(permission for permission, who in MAY.items() if not who.isdisjoint(roles))
