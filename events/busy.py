"""Nobody waits long for a lock: whoever cannot be served in time is told to try again."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import OperationalError, connection, transaction

from events.refusals import Busy

# Long enough for the queue of a popular activity, short enough for somebody who looks at a screen.
LONGEST_WAIT = "5s"
# PostgreSQL: lock_not_available, deadlock_detected, serialization_failure.
_NOT_IN_TIME = frozenset({"55P03", "40P01", "40001"})


@contextmanager
def in_time() -> Iterator[None]:
    """A transaction whose statements wait for a lock for a few seconds at most. Around a block, or
    as a decorator of an action.

    Raises:
        Busy: others were in the way for longer; nothing was written.
    """
    try:
        with transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute(f"SET LOCAL lock_timeout = '{LONGEST_WAIT}'")
            yield
    except OperationalError as error:
        if getattr(error.__cause__, "sqlstate", None) in _NOT_IN_TIME:
            raise Busy from error
        raise
