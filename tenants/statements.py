"""How the statements of a block reach the server, for what a crowd asks at once.

Like the site they work for (:mod:`tenants.binding`), this follows the code that runs; the database
backend applies it.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

_prepared: ContextVar[bool] = ContextVar("statements_are_prepared", default=False)
_anywhere: ContextVar[bool] = ContextVar("statements_run_anywhere", default=False)


@contextmanager
def prepared() -> Iterator[None]:
    """Statements of this block are planned once a connection instead of each time they are sent.

    Planning them costs the server several times what answering them does. Each takes some of its
    memory for as long as the connection lasts, so this is for the few that many people send in one
    minute. One that comes for another site than before is planned anew, as any other is.
    """
    with _on(_prepared):
        yield


@contextmanager
def in_any_schema() -> Iterator[None]:
    """Statements of this block name the schema of each of their tables. They are right in whatever
    ``search_path`` the connection has, which it keeps for whoever comes next."""
    with _on(_anywhere):
        yield


def are_prepared() -> bool:
    return _prepared.get()


def run_in_any_schema() -> bool:
    return _anywhere.get()


@contextmanager
def _on(switch: ContextVar[bool]) -> Iterator[None]:
    token = switch.set(True)
    try:
        yield
    finally:
        switch.reset(token)
