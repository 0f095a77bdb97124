"""From a host name to the site it belongs to, on the way of every request."""

from copy import copy
from functools import lru_cache
from time import monotonic
from uuid import UUID

from django.conf import settings
from django.db import connection
from django.http.request import split_domain_port

from tenants import statements
from tenants.models import Tenant

UNKNOWN_HOST_SECONDS = 10.0
UNKNOWN_HOSTS_KEPT = 10_000
SITES_KEPT = 4_096

# Written out: the ORM would spend many times longer on composing it than the server on answering.
_FIND = """
    SELECT tenant.id, tenant.content_version
    FROM public.tenants_domain domain
    JOIN public.tenants_tenant tenant ON tenant.id = domain.tenant_id
    WHERE domain.domain = %s
"""

_unknown_until: dict[str, float] = {}


def is_directory(host: str) -> bool:
    """Whether this is the bare domain, which lists the sites."""
    return host in settings.DIRECTORY_HOSTS


def site_of(host: str) -> Tenant | None:
    """The site of a host name, as it is now: one short query.

    A host that belongs to nobody is remembered for ``UNKNOWN_HOST_SECONDS``, so that scanners do
    not reach the database.
    """
    now = monotonic()
    if _unknown_until.get(host, 0.0) > now:
        return None
    with statements.in_any_schema(), statements.prepared(), connection.cursor() as cursor:
        cursor.execute(_FIND, [host])
        found = cursor.fetchone()
    if found is None:
        if len(_unknown_until) >= UNKNOWN_HOSTS_KEPT:
            _unknown_until.clear()
        _unknown_until[host] = now + UNKNOWN_HOST_SECONDS
        return None
    # A copy: requests run in threads, and one of them may raise its content version.
    return copy(_site(*found))


def host_name(header: str) -> str:
    """The lower-case name in a Host header, without port and trailing dot; "" when malformed."""
    name, _port = split_domain_port(header)
    return name


def forget() -> None:
    """Forget every host and site; for tests, which change registries behind our back."""
    _unknown_until.clear()
    _site.cache_clear()


@lru_cache(maxsize=SITES_KEPT)
def _site(pk: UUID, _content_version: int) -> Tenant:
    """What the registry says of a site, read again whenever its content version has changed."""
    return Tenant.objects.with_everything_shown().get(pk=pk)
