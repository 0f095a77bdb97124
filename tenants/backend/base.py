"""PostgreSQL, with the bound site applied to every statement.

``search_path`` is set only when it differs from what the connection has, always outside a
transaction (a rollback would silently undo it), and never inside one: a statement for another
site in the middle of a transaction is a bug and is refused. How statements may spare the server
work is said in :mod:`tenants.statements`.
"""

from collections.abc import Callable
from typing import Any

from django.core.exceptions import ImproperlyConfigured
from django.db.backends.postgresql import base, introspection, operations

from tenants import roles, statements
from tenants.binding import (
    PUBLIC_SCHEMA,
    TenantSwitchInTransaction,
    current_schema,
    in_current_binding,
)


class CurrentSchemaIntrospection(introspection.DatabaseIntrospection):
    """Lists the tables of the bound schema only: ``django_migrations`` exists in each."""

    def get_table_list(self, cursor: Any) -> list[Any]:
        cursor.execute(
            "SELECT relname, CASE relkind WHEN 'v' THEN 'v' WHEN 'm' THEN 'v' ELSE 't' END,"
            " obj_description(oid, 'pg_class') FROM pg_catalog.pg_class"
            " WHERE relkind IN ('f', 'm', 'p', 'r', 'v') AND relnamespace ="
            " (SELECT oid FROM pg_catalog.pg_namespace WHERE nspname = %s)",
            [current_schema()],
        )
        return [introspection.TableInfo(*row) for row in cursor.fetchall()]


class Operations(operations.DatabaseOperations):
    def last_executed_query(self, cursor: Any, sql: Any, params: Any) -> str:
        """The driver forgets the text of a prepared statement; the one with gaps is shown then."""
        return super().last_executed_query(cursor, sql, params) or str(sql)


class DatabaseWrapper(base.DatabaseWrapper):
    introspection_class = CurrentSchemaIntrospection
    ops_class = Operations

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._applied_schema: str | None = None
        self.execute_wrappers.append(self._in_bound_schema)

    # The role: see tenants.roles

    def get_connection_params(self) -> dict[str, Any]:
        params = super().get_connection_params()
        self._asserts_search_path = params.pop("assert_search_path", False)
        if roles.is_owner():
            owner = self.settings_dict.get("OWNER")
            if not owner:
                raise ImproperlyConfigured("Set OWNER_DATABASE_URL: this command changes tables.")
            params.update(user=owner["USER"], password=owner["PASSWORD"] or None)
            params.pop("pool", None)
        return params

    @property
    def pool(self) -> Any:
        return None if roles.is_owner() else super().pool

    # How statements are sent: see tenants.statements

    def create_cursor(self, name: str | None = None) -> Any:
        if name is not None or not statements.are_prepared():
            return super().create_cursor(name)
        # The driver prepares what is bound by the server, never what it binds itself.
        self.connection.cursor_factory = base.ServerBindingCursor
        try:
            return super().create_cursor()
        finally:
            self.connection.cursor_factory = base.Cursor

    # The schema: see tenants.binding

    def connect(self) -> None:
        # A fresh connection, or one that the pool lent to somebody else in between.
        self._applied_schema = None
        super().connect()

    def _set_autocommit(self, autocommit: bool) -> None:
        if not autocommit:
            self._apply_bound_schema()
        super()._set_autocommit(autocommit)  # type: ignore[misc]  # stubs miss it

    def savepoint_rollback(self, sid: str) -> None:
        super().savepoint_rollback(sid)
        if not self.pins_schema:
            self._applied_schema = None

    @property
    def pins_schema(self) -> bool:
        """Whether a transaction is open that must stay in its schema.

        The transaction a test case wraps around a whole scenario does not count: the scenario's
        requests go to several sites.
        """
        if self.in_atomic_block:
            blocks: list[Any] = self.atomic_blocks
            return not all(block._from_testcase for block in blocks)
        return self.connection is not None and not self.autocommit

    def on_commit(self, func: Callable[[], object], robust: bool = False) -> None:
        super().on_commit(in_current_binding(func) if callable(func) else func, robust)

    def _in_bound_schema(
        self,
        execute: Callable[..., Any],
        sql: Any,
        params: Any,
        many: bool,
        context: dict[str, Any],
    ) -> Any:
        if statements.run_in_any_schema():
            return execute(sql, params, many, context)
        self._apply_bound_schema()
        result = execute(sql, params, many, context)
        if self._asserts_search_path:
            self._assert_search_path(sql)
        return result

    def _apply_bound_schema(self) -> None:
        schema = current_schema()
        if schema == self._applied_schema:
            return
        if self.pins_schema:
            raise TenantSwitchInTransaction(
                f"This transaction works in {self._applied_schema}, not in {schema}."
            )
        self.connection.execute(f"SET search_path TO {search_path(schema)}")
        self._applied_schema = schema

    def _assert_search_path(self, sql: Any) -> None:
        """PostgreSQL 18 and later report ``search_path`` to the client: looking costs nothing."""
        reported = self.connection.pgconn.parameter_status(b"search_path")
        if reported is not None and reported.decode() != search_path(current_schema()):
            raise AssertionError(f"search_path is {reported.decode()} after {str(sql)[:200]}")


def search_path(schema: str) -> str:
    """The value of ``search_path`` for a schema, as PostgreSQL prints it back."""
    if schema == PUBLIC_SCHEMA:
        return PUBLIC_SCHEMA
    if not schema.replace("_", "").isalnum() or not schema.isascii() or not schema.islower():
        raise ValueError(f"Not a schema name: {schema!r}")
    return f"{schema}, {PUBLIC_SCHEMA}"
