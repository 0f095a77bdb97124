"""The rail: what somebody may open, and where they are."""

from collections.abc import Callable
from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from events.models import Activity
from portal.accounts.models import Organisation, User
from portal.accounts.permissions import Permission, may
from portal.notifications.models import Delivery


@dataclass(frozen=True, slots=True)
class _Place:
    """``waiting`` is counted for those who may do something about it: ``whose``."""

    view: str
    label: Promise
    permission: Permission
    waiting: Callable[[], int] | None = None
    whose: Permission = Permission.ENTER_PANEL


@dataclass(frozen=True, slots=True)
class Entry:
    label: Promise
    url: str
    is_current: bool
    is_section: bool
    waiting: int


_PLACES = (
    _Place("today", _("Today"), Permission.ENTER_PANEL),
    _Place("people", _("People"), Permission.SEE_PEOPLE),
    _Place(
        "events:calendar",
        _("Events"),
        Permission.SEE_EVENTS,
        lambda: Activity.objects.to_review().count(),
        whose=Permission.REVIEW_EVENTS,
    ),
    _Place(
        "calls",
        _("Calls and letters"),
        Permission.HANDLE_CALLS,
        lambda: Delivery.objects.waiting().for_a_human().count(),
    ),
    _Place(
        "deliveries",
        _("Messages sent"),
        Permission.SEE_DELIVERIES,
        lambda: Delivery.objects.failed().count(),
        whose=Permission.RETRY_DELIVERIES,
    ),
    _Place(
        "organisations",
        _("Organisations"),
        Permission.SEE_ORGANISATIONS,
        lambda: Organisation.objects.to_verify().count(),
        whose=Permission.VERIFY_ORGANISATIONS,
    ),
    _Place("team", _("Team"), Permission.SEE_TEAM),
    _Place("audit", _("Who did what"), Permission.SEE_AUDIT),
    _Place("jobs", _("Background work"), Permission.SEE_JOBS),
    _Place("settings", _("Settings"), Permission.CHANGE_SETTINGS),
)


def menu_of(user: User, request: HttpRequest) -> list[Entry]:
    return [_entry(place, user, request) for place in _PLACES if may(user, place.permission)]


def _entry(place: _Place, user: User, request: HttpRequest) -> Entry:
    url = reverse(f"panel:{place.view}")
    is_current = request.path == url
    return Entry(
        label=place.label,
        url=url,
        is_current=is_current,
        is_section=not is_current and place.view != "today" and request.path.startswith(url),
        waiting=place.waiting() if place.waiting and may(user, place.whose) else 0,
    )
