"""``/wolontariat/``: what volunteering here is, what one can do, and how to begin."""

from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse

from portal.page_cache import live_page
from tenants.binding import current_tenant
from volunteering.models import District
from volunteering.views.opportunities.listed import listed_opportunities

# The rest is on the page of all opportunities.
SHOWN = 6


@live_page
def home(request: HttpRequest) -> HttpResponse:
    """Of a gmina; a leader's site has no volunteers of its own."""
    if current_tenant().is_leader:
        raise Http404
    listed = list(listed_opportunities()[: SHOWN + 1])
    return TemplateResponse(
        request,
        "volunteering/joining/home.html",
        {
            # Who joins says where they live: before the office has named its parts, nobody can.
            "is_open": District.objects.exists(),
            "opportunities": listed[:SHOWN],
            "has_more": len(listed) > SHOWN,
        },
    )
