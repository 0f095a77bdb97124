"""The rail: what somebody may open, and where they are."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, QuerySet, Value
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from events.models import Activity
from portal.accounts.models import Organisation, User
from portal.accounts.permissions import Permission, may
from portal.messaging.models import Conversation
from portal.notifications.models import Delivery
from portal.panel.help.attention import waiting
from volunteering.models import Opportunity, VolunteerProfile


@dataclass(frozen=True, slots=True)
class _Place:
    """``waiting`` are counted for those who may do something about them: ``whose``."""

    view: str
    label: Promise
    permission: Permission
    waiting: "Callable[[], QuerySet[Any]] | None" = None
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
        Activity.objects.to_review,
        whose=Permission.REVIEW_EVENTS,
    ),
    _Place(
        "volunteers:list",
        _("Volunteers"),
        Permission.SEE_VOLUNTEERS,
        lambda: VolunteerProfile.objects.filter(status="applied"),
        whose=Permission.ADMIT_VOLUNTEERS,
    ),
    _Place(
        "opportunities:list",
        _("Opportunities"),
        Permission.SEE_OPPORTUNITIES,
        Opportunity.objects.to_review,
        whose=Permission.EDIT_OPPORTUNITIES,
    ),
    _Place("help:requests", _("Help"), Permission.SEE_HELP, waiting, whose=Permission.RUN_HELP),
    _Place(
        "messages:inbox",
        _("Messages"),
        Permission.SEE_CONVERSATIONS,
        Conversation.objects.waiting,
        whose=Permission.WRITE_TO_PEOPLE,
    ),
    _Place(
        "calls",
        _("Calls and letters"),
        Permission.HANDLE_CALLS,
        lambda: Delivery.objects.waiting().for_a_human(),
    ),
    _Place(
        "deliveries",
        _("Messages sent"),
        Permission.SEE_DELIVERIES,
        Delivery.objects.failed,
        whose=Permission.RETRY_DELIVERIES,
    ),
    _Place(
        "organisations",
        _("Organisations"),
        Permission.SEE_ORGANISATIONS,
        Organisation.objects.to_verify,
        whose=Permission.VERIFY_ORGANISATIONS,
    ),
    _Place("figures:figures", _("Figures"), Permission.SEE_FIGURES),
    _Place("team", _("Team"), Permission.SEE_TEAM),
    _Place("audit", _("Who did what"), Permission.SEE_AUDIT),
    _Place("jobs", _("Background work"), Permission.SEE_JOBS),
    _Place("settings", _("Settings"), Permission.CHANGE_SETTINGS),
)


def menu_of(user: User, request: HttpRequest) -> list[Entry]:
    places = [place for place in _PLACES if may(user, place.permission)]
    waiting = _waiting([place for place in places if may(user, place.whose)])
    return [_entry(place, request, waiting.get(place.view, 0)) for place in places]


def _waiting(places: Iterable[_Place]) -> dict[str, int]:
    """How many wait where, by the name of the view; one query, as it stands on every page."""
    counts = [
        place.waiting()
        .order_by()
        .annotate(in_menu=Value(place.view))
        .values("in_menu")
        .annotate(how_many=Count("pk"))
        .values_list("in_menu", "how_many")
        for place in places
        if place.waiting is not None
    ]
    return dict(counts[0].union(*counts[1:], all=True)) if counts else {}


def _entry(place: _Place, request: HttpRequest, waiting: int) -> Entry:
    url = reverse(f"panel:{place.view}")
    is_current = request.path == url
    return Entry(
        label=place.label,
        url=url,
        is_current=is_current,
        is_section=not is_current and place.view != "today" and request.path.startswith(url),
        waiting=waiting,
    )
