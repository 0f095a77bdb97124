"""Whether schemas are alike: everything a migration may change, as lines of text and their hash.

A schema's own name is taken out of the definitions, so that equal schemas give equal lines.
Column order is not compared (PostgreSQL keeps gaps where columns were dropped), nor are the names
of NOT NULL constraints (only PostgreSQL 18 and later have them; the columns' own flags say it).
"""

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from django.db import connection
from django.db.backends.utils import CursorWrapper
from psycopg import sql

from tenants.binding import bind_public
from tenants.models import Tenant
from tenants.template import TEMPLATE_SCHEMA

MIGRATIONS = "django_migrations"
# Rows whose ids must be the same everywhere: Django caches them by process, not by site.
SHARED_ROWS = {
    "django_content_type": ("id", "app_label", "model"),
    "auth_permission": ("id", "content_type_id", "codename", "name"),
}
_ROWS = {MIGRATIONS: ("app", "name"), **SHARED_ROWS}

_CATALOG = Path(__file__).with_name("fingerprint.sql").read_text(encoding="utf-8")


def fingerprints(schemas: Sequence[str] | None = None) -> dict[str, str]:
    """Hash of each schema's tables, grants, migrations and shared rows.

    Args:
        schemas: names; by default the template and every site of the registry. A name without a
            schema is left out of the answer.
    """
    names = all_schemas() if schemas is None else list(schemas)
    # A sum of hashes needs no sorting, which would take longer than everything else.
    hashed = sql.SQL(
        "SELECT nspname, count(*) || ':' || sum(hashtextextended(line, 0))"
        " FROM ({lines}) l GROUP BY nspname"
    )
    return dict(_run(hashed, names))


def describe(schema: str) -> list[str]:
    """What the fingerprint hashes, one sorted line for each thing; empty without such a schema."""
    ordered = sql.SQL('SELECT line FROM ({lines}) l ORDER BY line COLLATE "C"')
    return [line for (line,) in _run(ordered, [schema])]


def differences(schema: str) -> list[str]:
    """Lines only the template has (``- ``) and lines only the schema has (``+ ``)."""
    wanted, found = set(describe(TEMPLATE_SCHEMA)), set(describe(schema))
    return [f"- {line}" for line in sorted(wanted - found)] + [
        f"+ {line}" for line in sorted(found - wanted)
    ]


def applied_migrations(schemas: Sequence[str]) -> dict[str, list[tuple[str, str]]]:
    """Names of each schema's applied migrations in the order they were applied: one UNION.

    A schema that does not exist, or that holds no ``django_migrations``, has an empty list.
    """
    applied: dict[str, list[tuple[str, str]]] = {name: [] for name in schemas}
    with bind_public(), connection.cursor() as cursor:
        known = _having(cursor, schemas, [MIGRATIONS])
        if not known:
            return applied
        cursor.execute(
            sql.SQL(" UNION ALL ").join(
                sql.SQL(
                    "SELECT {name}, array_agg(app ORDER BY id), array_agg(name ORDER BY id)"
                    " FROM {table}"
                ).format(name=schema, table=sql.Identifier(schema, table))
                for schema, table in known
            )
        )
        for schema, app_labels, names in cursor.fetchall():
            applied[schema] = list(zip(app_labels or [], names or [], strict=True))
    return applied


def all_schemas() -> list[str]:
    """The template and the schema of every site, archived ones too."""
    with bind_public():
        sites = Tenant.objects.order_by("schema_name").values_list("schema_name", flat=True)
        return [TEMPLATE_SCHEMA, *sites]


def _run(query: sql.SQL, schemas: Sequence[str]) -> list[tuple[Any, ...]]:
    with bind_public(), connection.cursor() as cursor:
        rows = [
            sql.SQL(
                "UNION ALL SELECT {schema}, concat_ws(' ', {kind}, {columns}) FROM {table}"
            ).format(
                schema=schema,
                kind=f"row {table}",
                columns=sql.SQL(", ").join(map(sql.Identifier, _ROWS[table])),
                table=sql.Identifier(schema, table),
            )
            for schema, table in _having(cursor, schemas, _ROWS)
        ]
        catalog = sql.SQL(_CATALOG).format(names=list(schemas))
        cursor.execute(query.format(lines=sql.SQL(" ").join([catalog, *rows])))
        return list(cursor.fetchall())


def _having(
    cursor: CursorWrapper, schemas: Sequence[str], tables: Iterable[str]
) -> list[tuple[str, str]]:
    """Which of the tables exist in which of the schemas."""
    cursor.execute(
        "SELECT n.nspname, c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace"
        " WHERE n.nspname = ANY(%s) AND c.relname = ANY(%s) AND c.relkind = 'r'",
        [list(schemas), list(tables)],
    )
    return list(cursor.fetchall())
