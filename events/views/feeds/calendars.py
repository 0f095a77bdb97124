"""Calendar files for everybody: the whole agenda, one activity, one date."""

from dataclasses import replace
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse

from events.agenda import AgendaFilters
from events.calendars import CONTENT_TYPE, calendar_of, session_calendar, site_name, within_window
from events.models import Activity, Session
from portal.page_cache import live_page


@live_page
def feed(request: HttpRequest) -> HttpResponse:
    """The agenda to subscribe to, with the filters of its address.

    But for „places left”: a date that vanishes from a calendar looks cancelled, and what is full
    is not.
    """
    filters = replace(AgendaFilters.from_query(request.GET), is_bookable=False)
    sessions = within_window(filters.apply(Session.objects.public()))
    page = request.build_absolute_uri(reverse("events:agenda"))
    query = filters.query_string
    return _calendar(
        calendar_of(
            sessions.select_related("activity", "place", "room"),
            name=site_name(),
            url=f"{page}?{query}" if query else page,
        ),
        file_name="wydarzenia",
    )


@live_page
def activity(request: HttpRequest, slug: str) -> HttpResponse:
    """Every date of one activity."""
    found = get_object_or_404(Activity.objects.published().with_texts(), slug=slug)
    sessions = within_window(Session.objects.public().filter(activity=found))
    return _calendar(
        calendar_of(
            sessions.select_related("activity", "place", "room"),
            name=found.title,
            url=request.build_absolute_uri(reverse("events:activity", args=[slug])),
        ),
        file_name=slug,
    )


@live_page
def session(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One date, whenever it was: somebody may keep the link to it."""
    found = get_object_or_404(
        Session.objects.public().select_related("activity", "place", "room"), pk=pk
    )
    return _calendar(session_calendar(found), file_name=found.activity.slug)


def _calendar(body: bytes, *, file_name: str) -> HttpResponse:
    """Shown rather than saved: telephones then offer to add it to the calendar."""
    response = HttpResponse(body, content_type=CONTENT_TYPE)
    response.headers["Content-Disposition"] = f'inline; filename="{file_name}.ics"'
    return response
