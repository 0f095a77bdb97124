"""What takes place when: drafts too, with numbers."""

from datetime import date, timedelta
from enum import StrEnum

from django.db.models import Q
from django.http import Http404, HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from events.days import FIRST_YEAR, LAST_YEAR, between
from events.models import Activity, Session
from events.models.session import SessionQuerySet
from events.month import month_of, next_month, previous_month
from events.session_lines import as_lines, lines, not_public
from events.shown import by_day
from portal.accounts.permissions import Permission
from portal.entrance.doors import requires
from portal.entrance.requests import OwnRequest

WEEK = timedelta(days=7)
FEW = 3  # titles in one cell of the table


class Shown(StrEnum):
    """``?pokaz=``"""

    ALL = ""
    OURS = "nasze"
    PARTNERS = "organizacje"
    DRAFTS = "robocze"

    @property
    def condition(self) -> Q:
        return {
            Shown.ALL: Q(),
            Shown.OURS: Q(activity__organisation=None),
            Shown.PARTNERS: Q(activity__organisation__isnull=False),
            Shown.DRAFTS: not_public(),
        }[self]


_LABELS = {
    Shown.ALL: _("All"),
    Shown.OURS: _("Ours"),
    Shown.PARTNERS: _("Of organisations"),
    Shown.DRAFTS: _("Not public"),
}


@require_safe
@requires(Permission.SEE_EVENTS)
def calendar(request: OwnRequest) -> HttpResponse:
    """A week, or with ``?widok=dzien`` a day, around ``?od=2026-11-24``."""
    today = timezone.localdate()
    asked, is_day = _day(request) or today, request.GET.get("widok") == "dzien"
    first = asked if is_day else _monday(asked)
    step = timedelta(days=1) if is_day else WEEK
    last = first + step - timedelta(days=1)
    sessions = lines(_asked_for(request).filter(between(first, last)).in_order())
    return TemplateResponse(
        request,
        "panel/events/calendar.html",
        {
            "days": by_day(as_lines(sessions)),
            "is_day": is_day,
            "first": first,
            "last": last,
            "before": first - step,
            "after": first + step,
            "is_now": first <= today <= last,
            **_chips(request),
        },
    )


@require_safe
@requires(Permission.SEE_EVENTS)
def month(request: OwnRequest, year: int, month: int) -> HttpResponse:
    if not (FIRST_YEAR < year < LAST_YEAR and 1 <= month <= 12):
        raise Http404
    sheet = month_of(_asked_for(request), date(year, month, 1), with_titles=True)
    return TemplateResponse(
        request,
        "panel/events/month.html",
        {
            "month": sheet,
            "previous": previous_month(sheet.first),
            "next": next_month(sheet.first),
            "few": FEW,
            **_chips(request),
        },
    )


def _asked_for(request: OwnRequest) -> SessionQuerySet:
    return Session.objects.filter(_shown(request).condition)


def _shown(request: OwnRequest) -> Shown:
    asked = request.GET.get("pokaz", "")
    return Shown(asked) if asked in set(Shown) else Shown.ALL


def _chips(request: OwnRequest) -> dict[str, object]:
    shown = _shown(request)
    return {
        "chips": [(one.value, label, one == shown) for one, label in _LABELS.items()],
        "shown": shown.value,
        "to_review": Activity.objects.to_review().count(),
    }


def _day(request: OwnRequest) -> date | None:
    """``?od=``; nonsense is today."""
    try:
        day = date.fromisoformat(request.GET.get("od", ""))
    except ValueError:
        return None
    return day if FIRST_YEAR < day.year < LAST_YEAR else None


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())
