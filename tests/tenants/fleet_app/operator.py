"""What an operator types, sees and does by hand, in the tests of the fleet."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from io import StringIO
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import connection
from psycopg import sql

from tenants import devdb
from tenants.binding import bind
from tenants.fingerprint import applied_migrations
from tenants.models import Tenant

NEW = "tests.tenants.fleet_app.next.migrations"
PATH = (
    "0002_add_model_and_field",
    "0003_unique_together",
    "0004_label_from_name",
    "0005_index",
    "0006_constraint",
    "0007_index_concurrently",
    "0008_alter_fields",
    "0009_rename_model",
    "0010_sql",
    "0011_default_from_rows",
)


def migrate() -> str:
    out = StringIO()
    call_command("migrate_fleet", stdout=out, stderr=out)
    return out.getvalue()


def migrate_with_failures() -> str:
    out = StringIO()
    with pytest.raises(CommandError) as error:
        call_command("migrate_fleet", stdout=out, stderr=out)
    assert error.value.returncode == 1
    return out.getvalue() + str(error.value)


def status() -> str:
    out = StringIO()
    call_command("fleet_status", stdout=out, stderr=out)
    return out.getvalue()


def on(site: Tenant, statement: str) -> None:
    """What somebody did by hand in one site."""
    with owner() as hand:
        hand.execute(sql.SQL("SET search_path TO {}").format(sql.Identifier(site.schema_name)))
        hand.execute(statement)


@contextmanager
def owner() -> Iterator[psycopg.Connection[Any]]:
    url = devdb.cluster_urls(
        Path(settings.DATA_FOLDER), database=connection.settings_dict["NAME"]
    ).owner
    with psycopg.connect(url, autocommit=True) as other:
        yield other


def clubs(site: Tenant) -> list[tuple[Any, ...]]:
    with bind(site), connection.cursor() as cursor:
        cursor.execute("SELECT name, label, founded, motto, clubs_then FROM fleet_app_club")
        return list(cursor.fetchall())


def fleet_app_migrations(*sites: Tenant) -> list[list[str]]:
    found = applied_migrations([site.schema_name for site in sites])
    return [[name for app, name in found[site.schema_name] if app == "fleet_app"] for site in sites]


@contextmanager
def process(*arguments: str) -> Iterator[subprocess.Popen[str]]:
    database = connection.settings_dict["NAME"]
    urls = devdb.cluster_urls(Path(settings.DATA_FOLDER), database=database)
    running = subprocess.Popen(
        [sys.executable, "-u", "-m", "tests.tenants.fleet_app.commands", *arguments],
        env=os.environ | {"TEST_DATABASE_URL": urls.app, "TEST_OWNER_DATABASE_URL": urls.owner},
        cwd=settings.PROJECT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        yield running
    finally:
        running.kill()
        running.communicate()


def migrating() -> AbstractContextManager[subprocess.Popen[str]]:
    return process(f"MIGRATION_MODULES={NEW}", "--", "migrate_fleet")


def kill_after(running: subprocess.Popen[str], line: str) -> None:
    assert running.stdout is not None
    for printed in running.stdout:
        if line in printed:
            running.send_signal(signal.SIGKILL)
            running.wait()
            return
    pytest.fail(f"The process never said {line!r}")
