from datetime import date

from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse

from events.agenda import AgendaFilters
from events.days import FIRST_YEAR, LAST_YEAR
from events.models import Session
from events.month import month_of
from portal.page_cache import live_page
from tenants.binding import current_tenant

FEW = 3  # titles in one cell of the table


@live_page
def month(request: HttpRequest, year: int, month: int) -> HttpResponse:
    """A month as a sheet of a wall calendar, with the filters of the agenda but for the days."""
    if current_tenant().is_leader or not (FIRST_YEAR <= year <= LAST_YEAR and 1 <= month <= 12):
        raise Http404
    filters = AgendaFilters.from_query(request.GET)
    sessions = filters.apply_but_days(Session.objects.public())
    return TemplateResponse(
        request,
        "events/month.html",
        {
            "filters": filters,
            "month": month_of(sessions, date(year, month, 1), with_titles=True),
            "few": FEW,
        },
    )
