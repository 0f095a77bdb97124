"""Public pages are rendered once for everybody, per version of the site's content.

The version came with the host look-up, so a cached page costs that one query; whatever an editor
publishes is on the next request of every process, because the version is part of the key.
"""

import hashlib
from collections.abc import Callable, Sequence
from functools import lru_cache, wraps
from pathlib import Path
from typing import Concatenate, ParamSpec

from django.conf import settings
from django.core.cache import caches
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.template.response import SimpleTemplateResponse
from django.utils import timezone
from django.utils.http import parse_etags
from django.utils.translation import get_language

from tenants.binding import current_tenant
from tenants.models import Tenant

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponse]
# Stands in a kept page for a reader's own words; no page has such a character.
_GAP = "\0{}\0"
CACHE_CONTROL = "public, max-age=0, must-revalidate"


def public_page(view: View[P]) -> View[P]:
    """A view that is the same for every reader: no session, no cookie, no user, GET only.

    Pages say what is open today, so the day in Warsaw is part of the key.
    """

    @wraps(view)
    def serve(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        if request.method not in {"GET", "HEAD"}:
            return HttpResponse(status=405, headers={"Allow": "GET, HEAD"})
        tenant = current_tenant()
        etag = _etag(tenant)
        if etag in parse_etags(request.headers.get("If-None-Match", "")):
            return _with_headers(HttpResponseNotModified(), etag, tenant)
        if request.META.get("QUERY_STRING"):
            return _with_headers(view(request, *args, **kwargs), "", tenant)
        pages = caches["pages"]
        key = f"{etag}{request.scheme}://{request.get_host()}{request.path}"
        kept = pages.get(key)
        if kept is not None:
            body, content_type = kept
            return _with_headers(HttpResponse(body, content_type=content_type), etag, tenant)
        response = view(request, *args, **kwargs)
        if isinstance(response, SimpleTemplateResponse):
            response.render()
        if response.status_code == 200 and not response.streaming and not response.cookies:
            pages.set(key, (response.content, response.headers["Content-Type"]))
            return _with_headers(response, etag, tenant)
        return response

    return serve


def live_page(view: View[P]) -> View[P]:
    """:func:`public_page` for what changes by the minute, like the number of places left: rendered
    each time; who has the same already is told so in a few bytes."""

    @wraps(view)
    def serve(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        if request.method not in {"GET", "HEAD"}:
            return HttpResponse(status=405, headers={"Allow": "GET, HEAD"})
        response = view(request, *args, **kwargs)
        if isinstance(response, SimpleTemplateResponse):
            response.render()
        if response.status_code != 200:
            return response
        etag = f'"{hashlib.sha256(response.content).hexdigest()[:32]}"'
        if etag in parse_etags(request.headers.get("If-None-Match", "")):
            response = HttpResponseNotModified()
        return _with_headers(response, etag, current_tenant())

    return serve


def kept_for_a_crowd(
    request: HttpRequest, key: str, own: Sequence[str], render: Callable[[], str]
) -> str:
    """The text of a page that many ask for in one minute, and that differs only in some words of
    each reader, such as the address of their form: rendered for the first of them.

    Args:
        key: what else the page depends on, besides the site's content, the day and the language.
        own: the reader's words, each so long and random that it stands nowhere else on the page.
    """
    pages = caches["pages"]
    where = f"{request.scheme}://{request.get_host()}"
    digest = hashlib.sha256(f"{_etag(current_tenant())}{where}{key}".encode()).hexdigest()
    page: str | None = pages.get(digest)
    if page is None:
        page = render()
        for number, word in enumerate(own):
            page = page.replace(word, _GAP.format(number))
        pages.set(digest, page)
    for number, word in enumerate(own):
        page = page.replace(_GAP.format(number), word)
    return page


def _etag(tenant: Tenant) -> str:
    today = timezone.localdate().isoformat()
    return f'"{tenant.content_version}-{today}-{get_language()}-{build()}"'


def _with_headers(response: HttpResponse, etag: str, tenant: Tenant) -> HttpResponse:
    if response.status_code in {200, 304}:
        response.headers["Cache-Control"] = CACHE_CONTROL
        if etag:
            response.headers["ETag"] = etag
    if tenant.status == Tenant.Status.HIDDEN:
        response.headers["X-Robots-Tag"] = "noindex"
    return response


@lru_cache(maxsize=1)
def build() -> str:
    """Changes with every deployed change of code, template, style or translation."""
    digest = hashlib.sha256()
    for package in ("portal", "tenants", "events", "volunteering", "cms_pages"):
        for file in sorted(Path(settings.PROJECT, package).rglob("*")):
            if file.suffix in {".py", ".html", ".css", ".svg", ".mo", ".toml"}:
                digest.update(f"{file}{file.stat().st_mtime_ns}".encode())
    return digest.hexdigest()[:8]
