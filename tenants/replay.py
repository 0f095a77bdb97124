"""Applies to one site what the template has and the site lacks.

Statements recorded in the template are replayed, all in one transaction. A migration that does
anything but SQL is run by Django instead: slower, never skipped.
"""

from collections.abc import Iterable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from itertools import groupby

from django.db import connection, transaction
from django.db.migrations import Migration
from django.db.migrations.state import ProjectState
from psycopg import sql

from tenants.fingerprint import MIGRATIONS, SHARED_ROWS
from tenants.recording import MigrationName, drop_leftover_indexes
from tenants.template import TEMPLATE_SCHEMA

# A site whose visitors hold a table longer than this is reported and left for the next run;
# waiting on, it would make every visitor behind it wait too.
LOCK_TIMEOUT = "5s"
# A table cannot be altered while a row of it waits for its foreign key to be checked.
_CHECK_FOREIGN_KEYS = sql.SQL("SET CONSTRAINTS ALL IMMEDIATE; SET CONSTRAINTS ALL DEFERRED")


class StepImpossible(Exception):
    """A migration cannot be applied to a site; the message says why."""


@dataclass(slots=True)
class Step:
    """One migration: its statements or, where these are None, what Django needs to run it."""

    name: MigrationName
    statements: list[str] | None
    migration: Migration | None = None
    state: ProjectState | None = None


def apply_steps(schema: str, steps: Sequence[Step]) -> None:
    """Apply migrations in their order; the schema is bound.

    Raises:
        StepImpossible: a migration that left no record is not in the code any more.
    """
    for is_replay, group in groupby(steps, key=lambda step: step.statements is not None):
        if is_replay:
            _replay(schema, list(group))
        else:
            for step in group:
                _run(schema, step)


def _replay(schema: str, steps: Sequence[Step]) -> None:
    """All in one transaction and one round trip."""
    statements: list[sql.Composable] = [sql.SQL("SET LOCAL lock_timeout = {}").format(LOCK_TIMEOUT)]
    for step in steps:
        statements += [sql.SQL(statement) for statement in step.statements or []]
        statements.append(_CHECK_FOREIGN_KEYS)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql.SQL("\n;\n").join([*statements, _mark_applied(schema, steps)]))


def _run(schema: str, step: Step) -> None:
    """By Django; in one transaction unless the migration refuses that."""
    if step.migration is None or step.state is None:
        raise StepImpossible(f"{'.'.join(step.name)} has neither a file nor a record any more.")
    with ExitStack() as stack:
        if step.migration.atomic:
            stack.enter_context(transaction.atomic())
        else:
            drop_leftover_indexes(step.migration)
        cursor = stack.enter_context(connection.cursor())
        if step.migration.atomic:
            cursor.execute(sql.SQL("SET LOCAL lock_timeout = {}").format(LOCK_TIMEOUT))
        # Before, so that the migration finds the template's ids instead of making its own.
        cursor.execute(sql.SQL(";").join([_copy_rows(schema), _CHECK_FOREIGN_KEYS]))
        with connection.schema_editor(atomic=step.migration.atomic) as editor:
            step.migration.apply(step.state.clone(), editor)
        if not step.migration.atomic:
            stack.enter_context(transaction.atomic())
        cursor.execute(_mark_applied(schema, [step]))


def _mark_applied(schema: str, steps: Iterable[Step]) -> sql.Composed:
    return sql.SQL("INSERT INTO {table} (app, name, applied) VALUES {rows}").format(
        table=sql.Identifier(schema, MIGRATIONS),
        rows=sql.SQL(", ").join(sql.SQL("({}, {}, now())").format(*step.name) for step in steps),
    )


def _copy_rows(schema: str) -> sql.Composed:
    """Content types and permissions of new models, with the template's ids.

    Recorded statements bring their own.
    """
    copies = []
    for table, columns in SHARED_ROWS.items():
        names = {
            "site": sql.Identifier(schema, table),
            "template": sql.Identifier(TEMPLATE_SCHEMA, table),
            "columns": sql.SQL(", ").join(map(sql.Identifier, columns)),
            "sequence": f'"{schema}"."{table}"',
        }
        copies.append(
            sql.SQL(
                "INSERT INTO {site} ({columns}) SELECT {columns} FROM {template}"
                " WHERE id > (SELECT coalesce(max(id), 0) FROM {site}) ON CONFLICT DO NOTHING;"
                "SELECT setval(pg_get_serial_sequence({sequence}, 'id'), max(id)) FROM {site}"
            ).format(**names)
        )
    return sql.SQL(";").join(copies)
