"""What everybody reads about opportunities: no login, no cookie."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.views.decorators.http import require_safe

from events.calendars import CONTENT_TYPE
from portal.page_cache import live_page
from portal.paging import page_of
from tenants.binding import current_tenant
from volunteering.models import Shift
from volunteering.opportunity_in_words import requirements
from volunteering.shift_calendar import CALENDAR_NAME, shift_calendar
from volunteering.shift_lines import ShiftLine, with_everything
from volunteering.views.opportunities.finding import opportunity_or_404, public_shift_or_404
from volunteering.views.opportunities.listed import listed_opportunities

SHIFTS_ON_A_PAGE = 12


@live_page
def opportunities(request: HttpRequest) -> HttpResponse:
    """All of them; the page about volunteering shows the first. A leader's site has none."""
    if current_tenant().is_leader:
        raise Http404
    return TemplateResponse(
        request,
        "volunteering/opportunities/opportunities.html",
        {"opportunities": page_of(listed_opportunities(), request)},
    )


@live_page
def opportunity(request: HttpRequest, slug: str) -> HttpResponse:
    """What it is, when and where, what it asks of volunteers, whether there is a place."""
    found = opportunity_or_404(slug)
    shifts = with_everything(Shift.objects.filter(opportunity=found).upcoming()).in_order()
    dates = page_of(shifts, request, SHIFTS_ON_A_PAGE)
    return TemplateResponse(
        request,
        "volunteering/opportunities/opportunity.html",
        {
            "opportunity": found,
            "requirements": requirements(found),
            "dates": dates,
            "lines": [ShiftLine(shift) for shift in dates],
        },
    )


@require_safe
def ics(request: HttpRequest, pk: UUID) -> HttpResponse:
    """A shift for one's own calendar."""
    content = shift_calendar(public_shift_or_404(pk))
    disposition = f'attachment; filename="{CALENDAR_NAME}"'
    return HttpResponse(
        content,
        content_type=CONTENT_TYPE,
        headers={"Content-Disposition": disposition, "Cache-Control": "no-cache"},
    )
