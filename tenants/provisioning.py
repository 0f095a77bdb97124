"""A new site, in one transaction: it is there whole or not at all.

The registry's rows, the schema (a replay of the template's dump), the starter pages and the first
nightly job are written by one connection; a crash at any moment leaves nothing behind.
"""

from dataclasses import dataclass

from django.conf import settings
from django.db import IntegrityError, connection, transaction
from django.utils import timezone
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _

from tenants.binding import bind
from tenants.fleet import FLEET_LOCK
from tenants.models import Domain, Institution, Municipality, Tenant
from tenants.models.tenant import fresh_version, is_host_name
from tenants.nightly import defer_next_night
from tenants.polish import slug
from tenants.roles import as_owner
from tenants.template import replay_sql


class ProvisioningError(Exception):
    """A site cannot be made as asked; ``field`` names the part to correct."""

    def __init__(self, field: str, message: str) -> None:
        super().__init__(message)
        self.field = field


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteOrder:
    """What to make: a gmina's site (``municipality``) or a leader's (``name``)."""

    domain: str
    municipality: Municipality | None = None
    name: str = ""
    place_phrase: str = ""
    colour: str = ""
    status: str = Tenant.Status.HIDDEN
    port: int | None = None
    unit: Institution | None = None


def provision(order: SiteOrder) -> Tenant:
    """Make a site and plant its starter pages.

    Raises:
        ProvisioningError: bad or taken domain, gmina that has a site, leader without a name.
    """
    domain = order.domain.strip().lower().rstrip(".")
    plant_starter = import_string(settings.TENANT_STARTER)
    with as_owner():
        _check(order, domain)
        tenant = _tenant(order)
        try:
            with bind(tenant), transaction.atomic():
                _wait_for_fleet()
                tenant.save()
                Domain.objects.create(tenant=tenant, domain=domain, is_primary=True)
                _replay(replay_sql(tenant.schema_name))
                plant_starter(tenant, port=order.port)
                defer_next_night()
        except IntegrityError:
            # Somebody was making the same site at the same moment; the registry decides.
            _check(order, domain)
            raise
    return tenant


def archive(tenant: Tenant) -> None:
    """Close a site to everybody; its data stay until they are deleted by retention."""
    with as_owner():
        tenant.status = Tenant.Status.ARCHIVED
        tenant.archived_at = timezone.now()
        _save_status(tenant)


def reopen(tenant: Tenant) -> None:
    """Take a site out of the archive; it opens hidden, so that somebody looks at it first."""
    with as_owner():
        tenant.status = Tenant.Status.HIDDEN
        tenant.archived_at = None
        _save_status(tenant)


def _wait_for_fleet() -> None:
    """A site made while the fleet is migrated would start one step behind it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock_shared(%s)", [FLEET_LOCK])


def _save_status(tenant: Tenant) -> None:
    tenant.content_version = fresh_version()
    tenant.save(update_fields=["status", "archived_at", "content_version"])


def _check(order: SiteOrder, domain: str) -> None:
    if not is_host_name(domain):
        raise ProvisioningError(
            "domain",
            _("%(domain)r is not a host name: use lower-case ASCII letters, digits, hyphens.")
            % {"domain": order.domain},
        )
    if domain in settings.DIRECTORY_HOSTS:
        raise ProvisioningError(
            "domain", _("%(domain)s shows the directory of all sites.") % {"domain": domain}
        )
    if taken := Domain.objects.filter(domain=domain).select_related("tenant").first():
        raise ProvisioningError(
            "domain",
            _("%(domain)s already belongs to %(site)s.")
            % {"domain": domain, "site": taken.tenant.name},
        )
    if order.municipality is None and not order.name.strip():
        raise ProvisioningError("name", _("A leader's site needs a name."))
    if order.municipality and Tenant.objects.filter(municipality=order.municipality).exists():
        raise ProvisioningError(
            "teryt",
            _("%(name)s (%(teryt)s) already has a site.")
            % {"name": order.municipality.name, "teryt": order.municipality.teryt},
        )


def _tenant(order: SiteOrder) -> Tenant:
    if order.municipality is not None:
        kind, schema = Tenant.Kind.MUNICIPALITY, f"g{order.municipality.teryt}"
        name = order.name.strip() or f"Gmina {order.municipality.name}"
    else:
        kind, name = Tenant.Kind.LEADER, order.name.strip()
        schema = f"l_{slug(name).replace('-', '_')}"[:58].rstrip("_")
        if Tenant.objects.filter(schema_name=schema).exists():
            raise ProvisioningError("name", _("A leader of this name already has a site."))
    tenant = Tenant(
        kind=kind,
        municipality=order.municipality,
        schema_name=schema,
        name=name,
        place_phrase=order.place_phrase,
        status=order.status,
        unit=order.unit,
    )
    motifs = Tenant.Motif.values
    tenant.motif = motifs[sum(schema.encode()) % len(motifs)]
    if order.colour:
        tenant.colour = order.colour
    return tenant


def _replay(statements: str) -> None:
    """One round trip; the dump names every object with its schema and sets nothing."""
    connection.ensure_connection()
    connection.connection.execute(statements)
