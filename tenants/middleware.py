"""Binds the site of the Host header around the whole request."""

from collections.abc import Callable

from django.conf import settings
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse

from portal import errors
from tenants.binding import bind, bind_public, current_tenant
from tenants.hosts import host_name, is_directory, site_of
from tenants.models import Tenant

GetResponse = Callable[[HttpRequest], HttpResponse]


class SiteMiddleware:
    """Unknown host: 404 before any session work. Archived site: 410. No database: 503."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if getattr(request, "is_dummy", False):
            # Wagtail previews a page by a made-up request inside the real one, which has its site.
            _give(request, current_tenant())
            return self.get_response(request)
        host = host_name(request.META.get("HTTP_HOST", ""))
        if is_directory(host):
            request.urlconf = settings.PUBLIC_SCHEMA_URLCONF
            with bind_public():
                return self.get_response(request)
        try:
            tenant = site_of(host)
        except (OperationalError, InterfaceError):
            return errors.database_unavailable()
        if tenant is None:
            return errors.unknown_host()
        if tenant.status == Tenant.Status.ARCHIVED:
            return errors.archived_site(tenant.name)
        _give(request, tenant)
        with bind(tenant):
            return self.get_response(request)

    def process_exception(self, request: HttpRequest, exc: Exception) -> HttpResponse | None:
        if isinstance(exc, OperationalError | InterfaceError):
            return errors.database_unavailable()
        return None


def _give(request: HttpRequest, tenant: Tenant) -> None:
    """Templates ask the request for its site; Python code asks ``current_tenant()``."""
    request.tenant = tenant  # type: ignore[attr-defined]
