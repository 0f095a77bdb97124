"""What the database's own catalog says about the separation of sites."""

from typing import Any

import pytest
from django.conf import settings
from django.core.cache import caches
from django.db import DatabaseError, connection, transaction

from tenants.binding import bind
from tenants.models import Tenant
from tenants.template import JOB_TABLES, TEMPLATE_SCHEMA, app_role

TABLES_PER_SITE, INDEXES_PER_SITE = 150, 600


def rows(statement: str, *parameters: str) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)
        return list(cursor.fetchall())


def tables(schema: str) -> set[object]:
    return {
        name
        for (name,) in rows(
            "SELECT table_name FROM information_schema.tables WHERE table_schema = %s", schema
        )
    }


def test_no_table_of_a_site_exists_in_public(db: None) -> None:
    assert tables("public") & tables(TEMPLATE_SCHEMA) == {"django_migrations"}


def test_public_holds_no_people_no_sessions_and_no_pages(db: None) -> None:
    own = {name for name in tables("public") if not str(name).startswith("tenants_")}
    assert own == {"django_migrations", *JOB_TABLES}


def test_no_foreign_key_leaves_its_schema(db: None) -> None:
    assert (
        rows(
            "SELECT conrelid::regclass, confrelid::regclass FROM pg_constraint c"
            " JOIN pg_class a ON a.oid = conrelid JOIN pg_class b ON b.oid = confrelid"
            " WHERE contype = 'f' AND a.relnamespace <> b.relnamespace"
        )
        == []
    )


def test_a_site_holds_only_tables_sequences_and_indexes(srem: Tenant) -> None:
    kinds = rows(
        "SELECT DISTINCT relkind FROM pg_class WHERE relnamespace = %s::regnamespace",
        srem.schema_name,
    )
    assert {kind for (kind,) in kinds} <= {"r", "i", "S", "t"}
    functions = "SELECT count(*) FROM pg_proc WHERE pronamespace = %s::regnamespace"
    own_types = (
        "SELECT count(*) FROM pg_type WHERE typnamespace = %s::regnamespace"
        " AND typtype NOT IN ('c', 'b')"
    )
    for own_objects in (functions, own_types):
        assert rows(own_objects, srem.schema_name) == [(0,)]
    triggers = (
        "SELECT count(*) FROM pg_trigger t JOIN pg_class c ON c.oid = tgrelid"
        " WHERE NOT tgisinternal AND relnamespace <> 'public'::regnamespace"
    )
    assert rows(triggers) == [(0,)]


def test_a_site_keeps_to_its_budget_of_tables_and_indexes(srem: Tenant) -> None:
    [(table_count, index_count)] = rows(
        "SELECT count(*) FILTER (WHERE relkind = 'r'), count(*) FILTER (WHERE relkind = 'i')"
        " FROM pg_class WHERE relnamespace = %s::regnamespace",
        srem.schema_name,
    )
    assert table_count <= TABLES_PER_SITE
    assert index_count <= INDEXES_PER_SITE


def test_extensions_live_in_public(db: None) -> None:
    found = rows(
        "SELECT extname, nspname FROM pg_extension JOIN pg_namespace n ON n.oid = extnamespace"
        " WHERE extname <> 'plpgsql'"
    )
    assert {schema for _name, schema in found} <= {"public"}


def test_the_serving_role_changes_no_table_and_no_registry(srem: Tenant) -> None:
    assert rows("SELECT current_user, usesuper FROM pg_user WHERE usename = current_user") == [
        (app_role(), False)
    ]
    for statement in (
        "CREATE TABLE here (id int)",
        "ALTER TABLE accounts_user ADD COLUMN extra int",
        "DROP TABLE accounts_session",
        "UPDATE tenants_tenant SET status = 'hidden'",
        "DELETE FROM tenants_project",
        "CREATE SCHEMA mine",
    ):
        with bind(srem), pytest.raises(DatabaseError), transaction.atomic():
            rows(statement)


def test_every_cache_is_keyed_by_site(srem: Tenant, kety: Tenant) -> None:
    for alias in settings.CACHES:
        assert caches.settings[alias]["KEY_FUNCTION"] == "tenants.cache.site_key"
        with bind(srem):
            caches[alias].set("greeting", "srem")
        with bind(kety):
            assert caches[alias].get("greeting") is None
        with bind(srem):
            assert caches[alias].get("greeting") == "srem"
            srem.bump_content_version()
            assert caches[alias].get("greeting") is None
