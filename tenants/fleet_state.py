"""How every site stands: like the template or not, behind or not, how large, at work or not."""

from dataclasses import dataclass

from django.db import connection

from tenants.binding import PUBLIC_SCHEMA, bind_public
from tenants.fingerprint import MIGRATIONS, fingerprints
from tenants.fleet import behind_the_code, pending_migrations
from tenants.models import Tenant
from tenants.nightly import sites_without_a_night
from tenants.template import TEMPLATE_SCHEMA


@dataclass(frozen=True, slots=True)
class SiteState:
    tenant: Tenant
    host: str
    exists: bool
    is_like_template: bool
    pending: int
    size: int
    has_night: bool
    failed_jobs: int

    @property
    def is_ok(self) -> bool:
        return bool(self.host) and self.is_like_template and not self.pending and self.has_night


@dataclass(frozen=True, slots=True)
class FleetState:
    sites: list[SiteState]
    # ``public`` or the template, where the code is newer.
    behind_the_code: list[str]
    # Schemas that look like a site's and belong to none.
    orphans: list[str]
    # Failed jobs that no site's staff can see.
    jobs_without_site: int


def fleet_state() -> FleetState:
    """A handful of queries, however many sites there are."""
    with bind_public():
        tenants = list(Tenant.objects.with_primary_domain())
    found = fingerprints([TEMPLATE_SCHEMA, *(tenant.schema_name for tenant in tenants)])
    wanted = found.get(TEMPLATE_SCHEMA, "")
    pending = pending_migrations(tenants)
    sizes = _sizes()
    without_night = set(sites_without_a_night(tenants))
    failed = _failed_jobs()
    sites = [
        SiteState(
            tenant=tenant,
            host=tenant.primary_domain or "",
            exists=tenant.schema_name in found,
            is_like_template=found.get(tenant.schema_name) == wanted,
            pending=len(pending[tenant] or ()),
            size=sizes.get(tenant.schema_name, 0),
            has_night=tenant not in without_night,
            failed_jobs=failed.pop(tenant.schema_name, 0),
        )
        for tenant in tenants
    ]
    return FleetState(
        sites=sites,
        behind_the_code=behind_the_code(),
        orphans=sorted(set(sizes) - {PUBLIC_SCHEMA, TEMPLATE_SCHEMA} - set(found)),
        jobs_without_site=sum(failed.values()),
    )


def _failed_jobs() -> dict[str, int]:
    """How many failed jobs each schema has, under whatever name they were deferred."""
    with bind_public(), connection.cursor() as cursor:
        cursor.execute(
            "SELECT coalesce(args->>'site', ''), count(*) FROM procrastinate_jobs"
            " WHERE status = 'failed' GROUP BY 1"
        )
        return dict(cursor.fetchall())


def _sizes() -> dict[str, int]:
    """Bytes, with indexes and large values, of each schema that Django has migrated."""
    with bind_public(), connection.cursor() as cursor:
        cursor.execute(
            "SELECT n.nspname, sum(pg_total_relation_size(c.oid))::bigint"
            " FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace"
            " WHERE c.relkind IN ('r', 'm') AND n.oid IN"
            " (SELECT relnamespace FROM pg_class WHERE relname = %s AND relkind = 'r')"
            " GROUP BY n.nspname",
            [MIGRATIONS],
        )
        return dict(cursor.fetchall())
