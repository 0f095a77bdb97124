"""How every site stands: like the template or not, behind or not, how large."""

from dataclasses import dataclass

from django.db import connection

from tenants.binding import PUBLIC_SCHEMA, bind_public
from tenants.fingerprint import MIGRATIONS, fingerprints
from tenants.fleet import behind_the_code, pending_migrations
from tenants.models import Tenant
from tenants.template import TEMPLATE_SCHEMA


@dataclass(frozen=True, slots=True)
class SiteState:
    tenant: Tenant
    host: str
    exists: bool
    is_like_template: bool
    pending: int
    size: int

    @property
    def is_ok(self) -> bool:
        return bool(self.host) and self.is_like_template and not self.pending


@dataclass(frozen=True, slots=True)
class FleetState:
    sites: list[SiteState]
    # ``public`` or the template, where the code is newer.
    behind_the_code: list[str]
    # Schemas that look like a site's and belong to none.
    orphans: list[str]


def fleet_state() -> FleetState:
    """A handful of queries, however many sites there are."""
    with bind_public():
        tenants = list(Tenant.objects.with_primary_domain())
    found = fingerprints([TEMPLATE_SCHEMA, *(tenant.schema_name for tenant in tenants)])
    wanted = found.get(TEMPLATE_SCHEMA, "")
    pending = pending_migrations(tenants)
    sizes = _sizes()
    sites = [
        SiteState(
            tenant=tenant,
            host=tenant.primary_domain or "",
            exists=tenant.schema_name in found,
            is_like_template=found.get(tenant.schema_name) == wanted,
            pending=len(pending[tenant] or ()),
            size=sizes.get(tenant.schema_name, 0),
        )
        for tenant in tenants
    ]
    return FleetState(
        sites=sites,
        behind_the_code=behind_the_code(),
        orphans=sorted(set(sizes) - {PUBLIC_SCHEMA, TEMPLATE_SCHEMA} - set(found)),
    )


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
