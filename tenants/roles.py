"""The two database roles.

``app`` serves requests: it reads and writes rows and can change no table. ``owner`` owns every
table; provisioning and migrating act as it. Both are configured by URL (``DATABASE_URL`` and
``OWNER_DATABASE_URL``), and one process is one of them at a time.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from django.db import connection

_acting_as_owner: ContextVar[bool] = ContextVar("acting_as_owner", default=False)


def is_owner() -> bool:
    return _acting_as_owner.get()


@contextmanager
def as_owner() -> Iterator[None]:
    """Connect as the owner of the tables until the block ends; nesting is harmless.

    Raises:
        RuntimeError: inside a transaction, whose role cannot change.
    """
    if is_owner():
        yield
        return
    if connection.in_atomic_block:
        raise RuntimeError("A transaction cannot change its database role.")
    connection.close()
    token = _acting_as_owner.set(True)
    try:
        yield
    finally:
        connection.close()
        _acting_as_owner.reset(token)
