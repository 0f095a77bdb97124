"""The bare domain: which gminas have a site here, and who leads the projects."""

from collections import Counter
from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.translation import get_language

from cms_pages.addresses import localised
from cms_pages.frame import NATIVE_NAMES, Link
from tenants.models import Municipality, Tenant
from tenants.models.tenant import TenantQuerySet

LONGEST_QUESTION = 80
ELSEWHERE_SHOWN = 10


@dataclass(frozen=True, slots=True)
class Chip:
    """A voivodeship to narrow the list to; "" is all of them."""

    voivodeship: str
    count: int
    is_current: bool


def directory(request: HttpRequest) -> HttpResponse:
    """``?q=`` part of a gmina's or county's name, ``?woj=`` a voivodeship; both may be empty."""
    question = " ".join(request.GET.get("q", "").split())[:LONGEST_QUESTION]
    voivodeship = request.GET.get("woj", "")
    gminas = list(_with_domain(Tenant.objects.listed().municipalities()))
    place = {site.pk: site.municipality.voivodeship for site in gminas if site.municipality}
    counts = Counter(place.values())
    shown = gminas
    if question:
        matching = set(Municipality.objects.matching(question).values_list("pk", flat=True))
        shown = [site for site in shown if site.municipality_id in matching]
    if voivodeship in counts:
        shown = [site for site in shown if place[site.pk] == voivodeship]
    response = TemplateResponse(
        request,
        "directory/directory.html",
        {
            "question": question,
            "sites": shown,
            "total": len(gminas),
            "chips": [
                Chip("", len(gminas), voivodeship not in counts),
                *(Chip(name, counts[name], name == voivodeship) for name in sorted(counts)),
            ],
            "elsewhere": _without_site(question) if question and not shown else [],
            "leaders": _with_domain(Tenant.objects.listed().leaders()),
            **_frame(request),
        },
    )
    response.headers["Cache-Control"] = "public, max-age=60"
    return response


def for_municipalities(request: HttpRequest) -> HttpResponse:
    """What an office gets and how it starts."""
    response = TemplateResponse(request, "directory/for_municipalities.html", _frame(request))
    response.headers["Cache-Control"] = "public, max-age=60"
    return response


def accessibility(request: HttpRequest) -> HttpResponse:
    """The directory's own accessibility statement; each site publishes its own declaration."""
    response = TemplateResponse(request, "directory/accessibility.html", _frame(request))
    response.headers["Cache-Control"] = "public, max-age=60"
    return response


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return TemplateResponse(request, "directory/404.html", _frame(request), status=404)


def _with_domain(sites: TenantQuerySet) -> TenantQuerySet:
    return (
        sites.select_related("municipality")
        .with_primary_domain()
        .order_by("municipality__sort_key", "name")
    )


def _without_site(question: str) -> list[Municipality]:
    return list(
        Municipality.objects.matching(question).exclude(tenant__status=Tenant.Status.ACTIVE)[
            :ELSEWHERE_SHOWN
        ]
    )


def _frame(request: HttpRequest) -> dict[str, object]:
    language = get_language() or settings.LANGUAGE_CODE
    path = request.path_info.lstrip("/")
    prefix, _slash, rest = path.partition("/")
    path = rest if prefix in NATIVE_NAMES else path
    _name, colon, port = request.get_host().partition(":")
    return {
        "port_suffix": colon + port,
        "home_url": localised("", language),
        "languages": [
            Link(name, localised(path, code), code, is_current=code == language)
            for code, name in NATIVE_NAMES.items()
        ],
    }
