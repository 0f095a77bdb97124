"""What takes place: on a gmina's site its own activities, on a leader's those of its partners."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone

from events.agenda import AgendaFilters
from events.bookable import BOOKABLE
from events.days import DayFilters, When, between
from events.models import Session
from events.models.session import SessionQuerySet
from events.month import month_of
from events.partners import PartnerFilters, PartnerSession, coming
from events.shown import by_week, show
from portal.page_cache import live_page
from portal.paging import page_of
from tenants.binding import current_tenant


@live_page
def agenda(request: HttpRequest) -> HttpResponse:
    """Coming sessions day by day; past ones only for whoever asks for days that are past."""
    if current_tenant().is_leader:
        return _of_partners(request)
    filters = AgendaFilters.from_query(request.GET)
    today = timezone.localdate()
    public = Session.objects.public()
    listed = public if _is_past(filters, today) else public.upcoming()
    page = page_of(filters.apply(listed).in_order().with_everything(), request)
    items = show(page)
    opened_on = filters.days[0] or (items[0].day if items else today)
    return TemplateResponse(
        request,
        "events/agenda.html",
        {
            "filters": filters,
            "sessions": page,
            "spans": by_week(items, today),
            "presets": _presets(filters, filters.apply_but_presets(public.upcoming())),
            "month": month_of(filters.apply_but_days(public), opened_on.replace(day=1)),
            "has_any": page.paginator.count > 0 or public.upcoming().exists(),
        },
    )


def _of_partners(request: HttpRequest) -> HttpResponse:
    filters = PartnerFilters.from_query(request.GET, current_tenant())
    sessions = coming(current_tenant())
    page = page_of(filters.apply(sessions), request)
    return TemplateResponse(
        request,
        "events/partners.html",
        {
            "filters": filters,
            "sessions": page,
            "spans": by_week(map(PartnerSession, page), timezone.localdate()),
            "presets": _partner_presets(filters, sessions),
            "has_any": page.paginator.count > 0 or sessions.exists(),
        },
    )


def _is_past(filters: DayFilters, today: date) -> bool:
    first_on, last_on = filters.days
    return any(day is not None and day < today for day in (first_on, last_on))


@dataclass(frozen=True)
class Preset:
    """A chip: what it asks for, how much there is of it, and the query that asks."""

    label: str
    count: int
    query: str
    is_on: bool


def _presets(filters: AgendaFilters, sessions: SessionQuerySet) -> list[Preset]:
    """Days by name, and what has places left, with numbers: one query. What would show nothing is
    left out, unless it is on."""
    bookable = BOOKABLE if filters.is_bookable else Q()
    counts = sessions.aggregate(
        **_counts_by_day(bookable),
        bookable=Count("pk", filter=between(*filters.days) & BOOKABLE),
    )
    drop = ["wolne"] if filters.is_bookable else []
    wanted = Preset(
        label=str(filters.form.fields["wolne"].label) if filters.form else "",
        count=counts["bookable"],
        query=filters.without(*drop, **({} if filters.is_bookable else {"wolne": "1"})),
        is_on=filters.is_bookable,
    )
    return [*_by_name(filters, counts), *([wanted] if wanted.count or wanted.is_on else [])]


def _partner_presets(filters: PartnerFilters, sessions: Any) -> list[Preset]:
    counts = filters.apply_but_days(sessions).aggregate(**_counts_by_day(Q()))
    return _by_name(filters, counts)


def _counts_by_day(condition: Q) -> dict[str, Count]:
    today = timezone.localdate()
    named = {
        when.value: Count("pk", filter=between(*when.days(today)) & condition) for when in When
    }
    return {"every": Count("pk", filter=condition), **named}


def _by_name(filters: DayFilters, counts: dict[str, int]) -> list[Preset]:
    named = [
        Preset(
            label=str(when.label),
            count=counts[when.value],
            query=filters.without("od", "do", kiedy=when.value),
            is_on=filters.when == when,
        )
        for when in When
    ]
    return [
        Preset("", counts["every"], filters.but_days, is_on=not filters.has_days),
        *(preset for preset in named if preset.count or preset.is_on),
    ]
