"""One measured thing in a process of its own, so that ours and the reference both start cold.

``python -m tests.bench.timed command NAME …`` runs a management command, ``create SCHEMA …`` makes
sites the stock way, ``migrate_schemas SECONDS SCHEMA …`` migrates schemas the stock way until the
time is over. Each prints a line of seconds for each thing done.
"""

import os
import sys
from collections.abc import Callable, Iterator
from io import StringIO
from time import perf_counter

import django
from django.conf import settings
from django.core.management import call_command

# Stands before each figure, as migrations may print too.
SECONDS = "seconds:"


def command(*arguments: str) -> Iterator[None]:
    call_command(*arguments, verbosity=0, stdout=StringIO())
    yield


def create(*schemas: str) -> Iterator[None]:
    from tenants.models import Tenant  # noqa: PLC0415  needs the apps

    Tenant.auto_create_schema = True
    for schema in schemas:
        Tenant.objects.create(schema_name=schema, name=schema, kind=Tenant.Kind.LEADER)
        yield


def migrate_schemas(seconds: str, *schemas: str) -> Iterator[None]:
    end = perf_counter() + float(seconds)
    for schema in schemas:
        if perf_counter() > end:
            return
        call_command("migrate_schemas", tenant=True, schema_name=schema, verbosity=0)
        yield


THINGS: dict[str, Callable[..., Iterator[None]]] = {
    "command": command,
    "create": create,
    "migrate_schemas": migrate_schemas,
}


def main() -> None:
    if modules := os.environ.get("FLEET_APP_MIGRATIONS"):
        settings.MIGRATION_MODULES = {"fleet_app": modules}
    django.setup()
    start = perf_counter()
    for _thing in THINGS[sys.argv[1]](*sys.argv[2:]):
        print(SECONDS, perf_counter() - start, flush=True)
        start = perf_counter()


if __name__ == "__main__":
    main()
