"""Brings every site to the template's state, archived and hidden ones too.

A site that fails is rolled back and reported, and the others go on; the next run takes up what is
missing, whatever stopped the last one.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache

from django.contrib.contenttypes.management import inject_rename_contenttypes_operations
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader

from tenants.binding import PUBLIC_SCHEMA, bind, bind_public, bind_schema
from tenants.fingerprint import applied_migrations, fingerprints
from tenants.models import MigrationRecord, Tenant
from tenants.nightly import ensure_nights
from tenants.progress import Write, shown
from tenants.recording import (
    MigrationName,
    project_state,
    registry_labels,
    tenant_labels,
    upgrade_template,
)
from tenants.replay import Step, StepImpossible, apply_steps
from tenants.roles import as_owner
from tenants.template import TEMPLATE_SCHEMA, migrate_registry

# Key of the advisory lock that keeps two runs apart: the bytes of "gromada".
FLEET_LOCK = 0x67726F6D616461

Pending = tuple[MigrationName, ...]


@dataclass(slots=True)
class FleetReport:
    migrated: list[Tenant] = field(default_factory=list)
    # The first line of each site's error.
    failed: dict[Tenant, str] = field(default_factory=dict)
    # Sites that took every migration and are still not like the template.
    differing: list[Tenant] = field(default_factory=list)
    template_migrations: int = 0

    @property
    def is_ok(self) -> bool:
        return not self.failed and not self.differing


def migrate_fleet(*, write: Write) -> FleetReport:
    """Migrate the registry, the template and every site; a quick look when all are up to date.

    Args:
        write: prints a line of progress where there is no terminal.

    Raises:
        django.db.Error: a migration failed in the registry or in the template; no site was touched.
    """
    report = FleetReport()
    with as_owner(), _one_at_a_time(write), shown(write) as progress:
        behind = behind_the_code()
        if PUBLIC_SCHEMA in behind:
            migrate_registry()
        if TEMPLATE_SCHEMA in behind:
            report.template_migrations = upgrade_template(
                lambda done, total, migration: progress("template", done, total, str(migration))
            )
        with bind_public():
            sites = list(Tenant.objects.with_primary_domain().order_by("schema_name"))
        todo = {site: names for site, names in pending_migrations(sites).items() if names != ()}
        steps_for = cache(_steps)
        for done, (site, names) in enumerate(todo.items(), start=1):
            _migrate(site, names, steps_for, report)
            progress("sites", done, len(todo), site.primary_domain)
        if report.migrated:
            report.differing = differing_from_template(report.migrated)
        ensure_nights(sites)
    return report


def behind_the_code() -> list[str]:
    """Which of ``public`` and the template lack a migration that the code has."""
    loader = MigrationLoader(None, load=False)
    loader.load_disk()
    applied = applied_migrations([PUBLIC_SCHEMA, TEMPLATE_SCHEMA])
    labels = {PUBLIC_SCHEMA: registry_labels(), TEMPLATE_SCHEMA: tenant_labels()}
    return [
        schema
        for schema, names in applied.items()
        if not {name for name in loader.disk_migrations if name[0] in labels[schema]} <= set(names)
    ]


def pending_migrations(sites: Sequence[Tenant]) -> dict[Tenant, Pending | None]:
    """What the template has and each site lacks, in the template's order: one UNION query.

    None for a site without a schema, or with one that was never migrated.
    """
    applied = applied_migrations([TEMPLATE_SCHEMA, *(site.schema_name for site in sites)])
    wanted = applied.pop(TEMPLATE_SCHEMA)
    complete = set(wanted)
    pending: dict[Tenant, Pending | None] = {}
    for site in sites:
        found = set(applied[site.schema_name])
        if found >= complete:
            pending[site] = ()
        else:
            pending[site] = tuple(n for n in wanted if n not in found) if found else None
    return pending


def differing_from_template(sites: Sequence[Tenant]) -> list[Tenant]:
    found = fingerprints([TEMPLATE_SCHEMA, *(site.schema_name for site in sites)])
    wanted = found[TEMPLATE_SCHEMA]
    return [site for site in sites if found.get(site.schema_name) != wanted]


def _migrate(
    site: Tenant,
    pending: Pending | None,
    steps_for: Callable[[Pending], list[Step]],
    report: FleetReport,
) -> None:
    try:
        if pending is None:
            # Its statements would reach the tables of the next schema in line: ``public``.
            raise StepImpossible(f"The schema {site.schema_name} is missing or was never migrated.")
        steps = steps_for(pending)
        with bind(site):
            apply_steps(site.schema_name, steps)
    except Exception as error:  # noqa: BLE001 - a migration may raise anything; the others go on
        report.failed[site] = (str(error).strip() or repr(error)).splitlines()[0]
    else:
        report.migrated.append(site)


def _steps(pending: Pending) -> list[Step]:
    with bind_public():
        recorded = {
            (record.app, record.name): record.statements
            for record in MigrationRecord.objects.filter(name__in={name for _app, name in pending})
        }
    if all(recorded.get(name) is not None for name in pending):
        return [Step(name, recorded[name]) for name in pending]
    with bind_schema(TEMPLATE_SCHEMA):
        executor = MigrationExecutor(connection)
        state = project_state(executor, without=pending)
        migrations = [executor.loader.graph.nodes.get(name) for name in pending]
        inject_rename_contenttypes_operations([(found, False) for found in migrations if found])
    steps = []
    for name, migration in zip(pending, migrations, strict=True):
        step = Step(name, recorded.get(name), migration)
        if migration is not None and migration.replaces and name not in recorded:
            step.statements = []  # squashed: the site has what it stands for
        if migration is not None and step.statements is None:
            step.state = state.clone()
            _ = step.state.apps  # rendered once for all sites
        steps.append(step)
        if migration is not None:
            state = migration.mutate_state(state, preserve=False)
    return steps


@contextmanager
def _one_at_a_time(write: Write) -> Iterator[None]:
    """A second run waits for the first, which may be the database's end of a killed one."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s)", [FLEET_LOCK])
        if not cursor.fetchone()[0]:
            write("Waiting for another migrate_fleet to end …")
            cursor.execute("SELECT pg_advisory_lock(%s)", [FLEET_LOCK])
        try:
            yield
        finally:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [FLEET_LOCK])
