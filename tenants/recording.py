"""Migrates the template and keeps what each migration executed there.

Statements are recorded while they run. Collecting them afterwards, as ``sqlmigrate`` does, fails
where Django looks up a constraint's name, e.g. in AlterUniqueTogether.
"""

import re
from collections.abc import Callable, Collection, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.contrib.postgres.operations import (
    AddConstraintNotValid,
    AddIndexConcurrently,
    ValidateConstraint,
)
from django.core.management.sql import emit_post_migrate_signal, emit_pre_migrate_signal
from django.db import connection, transaction
from django.db.migrations import Migration, RunSQL, SeparateDatabaseAndState
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState
from psycopg import sql

from tenants.binding import bind_schema, current_schema
from tenants.fingerprint import SHARED_ROWS
from tenants.models import MigrationRecord, Tenant
from tenants.template import TEMPLATE_SCHEMA, create_template, labels

_SQL_MODULES = {"django.db.migrations.operations.models", "django.db.migrations.operations.fields"}
_SQL_OPERATIONS = (RunSQL, AddConstraintNotValid, ValidateConstraint)
_ABOUT_THE_CATALOG = re.compile(r"\bpg_\w|\binformation_schema\b|^(SAVEPOINT|RELEASE) ")

MigrationName = tuple[str, str]


@dataclass(slots=True)
class Recording:
    statements: list[str] = field(default_factory=list)
    has_other_queries: bool = False


def upgrade_template(on_migration: Callable[[int, int, Migration], None]) -> int:
    """Bring the template up to date, made if need be; how many migrations that took.

    Each migration is applied, recorded and marked as applied in one transaction; the content types
    and permissions of new models come with the last one. A run that dies can be repeated.
    """
    create_template()
    with bind_schema(TEMPLATE_SCHEMA):
        executor = MigrationExecutor(connection)
        executor.recorder.ensure_schema()
        plan = executor.migration_plan(
            [node for node in executor.loader.graph.leaf_nodes() if node[0] in tenant_labels()]
        )
        if not plan:
            executor.check_replacements()
            return 0
        state = project_state(executor)
        emit_pre_migrate_signal(0, False, "default", apps=state.apps, plan=plan)
        for done, (migration, _backwards) in enumerate(plan, start=1):
            on_migration(done, len(plan), migration)
            is_last = done == len(plan)
            state = _apply(executor, migration, state, plan if is_last else None)
        return len(plan)


def project_state(
    executor: MigrationExecutor, without: Collection[MigrationName] = ()
) -> ProjectState:
    """The models after all applied migrations but some."""
    state = ProjectState(real_apps=executor.loader.unmigrated_apps)
    leaves = executor.loader.graph.leaf_nodes()
    for migration, _backwards in executor.migration_plan(leaves, clean_start=True):
        name = (migration.app_label, migration.name)
        if name in executor.loader.applied_migrations and name not in without:
            migration.mutate_state(state, preserve=False)
    return state


def registry_labels() -> set[str]:
    return labels(settings.SHARED_APPS)


def tenant_labels() -> set[str]:
    return labels(settings.TENANT_APPS)


def is_pure_sql(operation: Operation) -> bool:
    """Whether all an operation does is execute statements that are the same for every site.

    Subclasses do not count, whatever their parent: nobody knows what they add.
    """
    if type(operation) is SeparateDatabaseAndState:
        return all(is_pure_sql(part) for part in operation.database_operations)
    return type(operation) in _SQL_OPERATIONS or type(operation).__module__ in _SQL_MODULES


@contextmanager
def recording() -> Iterator[Recording]:
    """Record what schema editors of this connection execute until the block ends."""
    record = Recording()
    editor_class = connection.SchemaEditorClass
    executing = False

    class RecordingEditor(editor_class):  # type: ignore[misc,valid-type]
        def execute(self, statement: Any, params: Any = ()) -> None:
            nonlocal executing
            text = str(statement)
            if params is not None:
                text = self.connection.ops.compose_sql(text, params)
            executing = True
            try:
                super().execute(text, None)
            finally:
                executing = False
            record.statements.append(text)

    def watch(execute: Callable[..., Any], sql: Any, *rest: Any) -> Any:
        if not executing and not _ABOUT_THE_CATALOG.search(str(sql)):
            record.has_other_queries = True
        return execute(sql, *rest)

    connection.SchemaEditorClass = RecordingEditor
    try:
        with connection.execute_wrapper(watch):
            yield record
    finally:
        connection.SchemaEditorClass = editor_class


def drop_leftover_indexes(migration: Migration) -> None:
    """Make a migration repeatable that builds indexes outside a transaction.

    Where it was interrupted, an index may be there already, valid or not.
    """
    with connection.cursor() as cursor:
        for operation in migration.operations:
            if isinstance(operation, AddIndexConcurrently):
                cursor.execute(
                    sql.SQL("DROP INDEX CONCURRENTLY IF EXISTS {}").format(
                        sql.Identifier(current_schema(), operation.index.name)
                    )
                )


def _apply(
    executor: MigrationExecutor,
    migration: Migration,
    state: ProjectState,
    finished_plan: list[tuple[Migration, bool]] | None,
) -> ProjectState:
    """``finished_plan`` is given with the plan's last migration."""
    with ExitStack() as stack:
        if migration.atomic:
            stack.enter_context(transaction.atomic())
        else:
            drop_leftover_indexes(migration)
        with recording() as record, connection.schema_editor(atomic=migration.atomic) as editor:
            state = migration.apply(state, editor)
        if not migration.atomic:
            stack.enter_context(transaction.atomic())
        for app, name in [*migration.replaces, (migration.app_label, migration.name)]:
            executor.recorder.record_applied(app, name)
        statements = record.statements if _can_be_replayed(migration, record) else None
        if finished_plan is not None:
            new_rows = _finish(state, finished_plan)
            statements = None if statements is None else statements + new_rows
        _keep(migration, statements)
    return state


def _can_be_replayed(migration: Migration, record: Recording) -> bool:
    return (
        migration.atomic
        and not record.has_other_queries
        and all(is_pure_sql(operation) for operation in migration.operations)
        and not any(TEMPLATE_SCHEMA in statement for statement in record.statements)
    )


def _finish(state: ProjectState, plan: list[tuple[Migration, bool]]) -> list[str]:
    """Make the content types and permissions of new models; the statements that copy them."""
    with connection.cursor() as cursor:
        before = {}
        for table in SHARED_ROWS:
            cursor.execute(sql.SQL("SELECT max(id) FROM {}").format(sql.Identifier(table)))
            before[table] = cursor.fetchone()[0] or 0
        state.clear_delayed_apps_cache()
        emit_post_migrate_signal(0, False, "default", apps=state.apps, plan=plan)
        statements = []
        for table, columns in SHARED_ROWS.items():
            names = {
                "table": sql.Identifier(table),
                "columns": sql.SQL(", ").join(map(sql.Identifier, columns)),
            }
            cursor.execute(
                sql.SQL("SELECT {columns} FROM {table} WHERE id > %s ORDER BY id").format(**names),
                [before[table]],
            )
            if rows := cursor.fetchall():
                names["rows"] = sql.SQL(", ").join(
                    sql.SQL("({})").format(sql.SQL(", ").join(map(sql.Literal, row)))
                    for row in rows
                )
                copy = sql.SQL(
                    "INSERT INTO {table} ({columns}) VALUES {rows} ON CONFLICT DO NOTHING;"
                    "SELECT setval(pg_get_serial_sequence({name}, 'id'), max(id)) FROM {table}"
                ).format(**names, name=table)
                statements.append(copy.as_string(connection.connection))
    return statements


def _keep(migration: Migration, statements: list[str] | None) -> None:
    if not Tenant.objects.exists():
        return  # nobody will have to catch up
    # A squashed migration stands for those it replaces, which are marked as applied with it.
    kept = {
        (migration.app_label, migration.name): statements,
        **{replaced: [] for replaced in migration.replaces},
    }
    for (app, name), recorded in kept.items():
        MigrationRecord.objects.update_or_create(
            app=app, name=name, defaults={"statements": recorded}
        )
