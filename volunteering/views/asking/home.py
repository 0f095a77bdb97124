"""Neighbourly help, said to whoever might need it: what it is, what it is not, how to ask."""

from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse

from portal.page_cache import live_page
from tenants.binding import current_tenant
from volunteering.models import District
from volunteering.vocabulary import Kind


@live_page
def help_page(request: HttpRequest) -> HttpResponse:
    """Of a gmina; a leader's site finds nobody's neighbours."""
    if current_tenant().is_leader:
        raise Http404
    kinds = [kind.label for kind in Kind if kind != Kind.OTHER]
    return TemplateResponse(
        request,
        "volunteering/asking/help.html",
        {"kinds": kinds, "can_ask_here": District.objects.exists()},
    )
