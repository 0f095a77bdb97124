"""The site's URLs with a bare view beside every page: ``/bare/kontakt/`` answers the bytes of
``/kontakt/``, fetched once. ``/empty/`` takes a form and does nothing with it."""

from functools import lru_cache

from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import path
from django.views.decorators.http import require_POST

from portal import urls

handler404 = urls.handler404


@lru_cache
def _bytes_of(host: str, address: str) -> bytes:
    return bytes(Client(HTTP_HOST=host).get(address).content)


def bare(request: HttpRequest, address: str = "") -> HttpResponse:
    return HttpResponse(_bytes_of(request.get_host(), f"/{address}"))


@require_POST
def empty(_request: HttpRequest) -> HttpResponse:
    return HttpResponse()


urlpatterns = [
    path("empty/", empty),
    path("bare/", bare),
    path("bare/<path:address>", bare),
    *urls.urlpatterns,
]
