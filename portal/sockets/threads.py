"""The database, from the event loop: in few threads, each with a connection of its own."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import ParamSpec, TypeVar

from channels.db import database_sync_to_async

P = ParamSpec("P")
T = TypeVar("T")

# A thousand pages that come back at once wait their turn; PostgreSQL does not hear of them.
THREADS = 4
_threads = ThreadPoolExecutor(THREADS, thread_name_prefix="sockets")


async def in_thread(func: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    """``func`` in the binding of the caller."""
    run = database_sync_to_async(func, thread_sensitive=False, executor=_threads)
    return await run(*args, **kwargs)
