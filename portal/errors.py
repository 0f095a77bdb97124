"""Answers that must work when nothing else does: no database, no site, no frame."""

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string


def unknown_host() -> HttpResponse:
    return _page("errors/unknown_host.html", status=404)


def archived_site(name: str) -> HttpResponse:
    return _page("errors/archived.html", status=410, name=name)


def database_unavailable() -> HttpResponse:
    response = _page("errors/503.html", status=503)
    response.headers["Retry-After"] = "10"
    return response


def server_error(request: HttpRequest) -> HttpResponse:
    return _page("errors/500.html", status=500)


def _page(template: str, *, status: int, **context: str) -> HttpResponse:
    response = HttpResponse(render_to_string(template, context), status=status)
    response.headers["Cache-Control"] = "no-store"
    return response
