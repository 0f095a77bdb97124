"""New sites, the look whether all are up to date, and an added field, beside stock django-tenants.

Both work on copies of one database. What is measured on a fleet runs in a process of its own.
"""

import os
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from statistics import median
from time import perf_counter

import psycopg
from django.conf import settings
from django.db import connection
from django.utils.module_loading import import_string
from psycopg import sql

from tenants.devdb import OWNER, ClusterUrls, cluster_urls
from tenants.fleet import migrate_fleet
from tenants.models import Municipality, Tenant
from tenants.provisioning import SiteOrder, provision
from tenants.recording import registry_labels, tenant_labels
from tenants.teryt import load_municipalities
from tests.bench.figures import Figure
from tests.bench.timed import SECONDS

ADDED_FIELD = "tests.bench.added_field.migrations"
NEW_SITES = 12
STOCK_SITES = 3
# The reference is timed on fewer sites where all of them would take longer than this.
PATIENCE_SECONDS = 170.0


def figures(sites: int) -> Iterator[Figure]:
    urls = cluster_urls(Path(settings.DATA_FOLDER))
    starter = settings.TENANT_STARTER
    migrate_fleet(write=lambda _line: None)
    load_municipalities()
    _provision(range(1))  # takes the dump, once per state of the template
    yield from _new_site(urls, starter)
    _provision(range(Tenant.objects.count(), sites))
    stock = _copy_for_stock(urls, "stock_many")
    yield _over_the_fleet("no-op check", stock, sites, "")
    yield _over_the_fleet("an added field", stock, sites, ADDED_FIELD)


def plant_nothing(*_arguments: object, **_options: object) -> None:
    """A starter that leaves the site as the template is."""


def _new_site(urls: ClusterUrls, starter: str) -> Iterator[Figure]:
    bare = median(_provision(range(1, NEW_SITES)))
    stock = _copy_for_stock(urls, "stock_new")
    reference = median(_timed("create", *map("stock_{}".format, range(STOCK_SITES)), **stock))
    yield Figure("a new site, no starter pages", bare, reference)
    try:
        import_string(starter)
    except ImportError:
        return
    planted = median(_provision(range(NEW_SITES, NEW_SITES + 5), starter))
    yield Figure(
        "a new site, with starter pages", planted, reference, note="the reference plants none"
    )


def _over_the_fleet(name: str, stock: dict[str, str], sites: int, migrations: str) -> Figure:
    connection.close()
    new_code = {"FLEET_APP_MIGRATIONS": migrations}
    [ours] = _timed("command", "migrate_fleet", **new_code)
    schemas = Tenant.objects.order_by("schema_name").values_list("schema_name", flat=True)
    reference = _timed("migrate_schemas", str(PATIENCE_SECONDS), *schemas, **stock, **new_code)
    done = len(reference)
    return Figure(
        f"{name}, {sites} sites",
        ours,
        sum(reference) / done * sites,
        note="" if done == sites else f"reference: {done} sites timed, multiplied",
    )


def _provision(numbers: Sequence[int], starter: str = f"{__name__}.plant_nothing") -> list[float]:
    """Seconds for each of the gminas at these places of the register."""
    settings.TENANT_STARTER = starter
    gminas = Municipality.objects.order_by("teryt")
    seconds = []
    for number in numbers:
        order = SiteOrder(domain=f"g{number}.localhost", municipality=gminas[number])
        start = perf_counter()
        provision(order)
        seconds.append(perf_counter() - start)
    return seconds


def _timed(*arguments: str, **environment: str) -> list[float]:
    done = subprocess.run(
        [sys.executable, "-m", "tests.bench.timed", *arguments],
        env=os.environ | environment,
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    return [
        float(line.removeprefix(SECONDS))
        for line in done.stdout.splitlines()
        if line.startswith(SECONDS)
    ]


def _copy_for_stock(urls: ClusterUrls, name: str) -> dict[str, str]:
    """The environment of a process that works the stock way on a copy of our database.

    Stock marks the migrations of all apps as applied in every schema, its own and the registry's.
    """
    connection.close()
    with psycopg.connect(urls.superuser, autocommit=True) as admin:
        admin.execute(
            sql.SQL("CREATE DATABASE {} OWNER {} TEMPLATE {} STRATEGY FILE_COPY").format(
                sql.Identifier(name),
                sql.Identifier(OWNER),
                sql.Identifier(connection.settings_dict["NAME"]),
            )
        )
    url = cluster_urls(Path(settings.DATA_FOLDER), database=name).owner
    add_rows = sql.SQL(
        "INSERT INTO {}.django_migrations (app, name, applied)"
        " SELECT app, name, now() FROM {}.django_migrations WHERE app = ANY({})"
    )
    with psycopg.connect(url) as copy:
        schemas = [row[0] for row in copy.execute("SELECT schema_name FROM tenants_tenant")]
        for schema in schemas:
            names = sql.Identifier(schema), sql.Identifier("public"), list(registry_labels())
            copy.execute(add_rows.format(*names))
        names = sql.Identifier("public"), sql.Identifier(schemas[0]), list(tenant_labels())
        copy.execute(add_rows.format(*names))
    return {"DJANGO_SETTINGS_MODULE": "tests.bench.stock_settings", "STOCK_DATABASE_URL": url}
