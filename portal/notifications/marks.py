"""Noting that a copy was accepted, while the next one is already being announced.

The note goes to PostgreSQL at once and commits there by itself, whether or not we live on. Its
answer is awaited before the content of the next copy leaves, so at no moment is there more than
one copy that was accepted and not surely noted.
"""

from collections.abc import Callable
from contextlib import ExitStack
from types import TracebackType
from typing import Any, Self

from django.db import OperationalError, connection
from psycopg import sql
from psycopg.pq import ExecStatus, TransactionStatus
from psycopg.pq.abc import PGresult

from portal.notifications.models import Delivery
from tenants.binding import current_schema

_NAME = b"mark_sent"
_SENT = sql.SQL(
    "UPDATE {} SET state = 'sent', finished_at = now(), attempts = attempts + 1, error = '',"
    " provider_id = $2 WHERE id = $1 AND state = 'waiting'"
)


class Marks:
    """Of the copies that one drainer sends; any other query waits for the note before it."""

    def __init__(self) -> None:
        # The statement passes by the backend, which would have set the site's search_path.
        table = sql.Identifier(current_schema(), Delivery._meta.db_table)
        self._statement = _SENT.format(table).as_bytes()
        self._is_pending = False
        self._scope = ExitStack()

    def __enter__(self) -> Self:
        connection.ensure_connection()
        _check(connection.connection.pgconn.prepare(_NAME, self._statement))
        self._scope.enter_context(connection.execute_wrapper(self._settle_first))
        self._scope.callback(_forget_statement)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        with self._scope:
            self.settle()

    def note_sent(self, delivery: Delivery, provider_id: str) -> None:
        self.settle()
        pgconn = connection.connection.pgconn
        pgconn.send_query_prepared(_NAME, [delivery.pk.hex.encode(), provider_id.encode()])
        pgconn.flush()
        self._is_pending = True

    def settle(self) -> None:
        """Wait until what was noted is kept.

        Raises:
            OperationalError: it was not; the copy will go out again.
        """
        if not self._is_pending:
            return
        self._is_pending = False
        pgconn = connection.connection.pgconn
        for result in list(iter(pgconn.get_result, None)):
            _check(result)

    def _settle_first(self, execute: Callable[..., Any], *arguments: Any) -> Any:
        self.settle()
        return execute(*arguments)


def _forget_statement() -> None:
    pgconn = connection.connection.pgconn
    if pgconn.transaction_status in {TransactionStatus.IDLE, TransactionStatus.INTRANS}:
        _check(pgconn.exec_(b"DEALLOCATE " + _NAME))


def _check(result: PGresult) -> None:
    if result.status != ExecStatus.COMMAND_OK:
        raise OperationalError("A message that was sent could not be marked.")
