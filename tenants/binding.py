"""Which site the running code works for.

The site is bound in a context variable, so it follows coroutines and ``sync_to_async``; the
database backend applies it to whichever connection runs the next statement. Nothing else in the
project may switch schemas (``tests/architecture/test_tenancy_lint.py``).
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from functools import wraps
from typing import TYPE_CHECKING

from django.db import connection

if TYPE_CHECKING:
    from tenants.models import Tenant

PUBLIC_SCHEMA = "public"


class NoTenantBound(RuntimeError):
    """The code needs a site and runs outside any."""


class TenantSwitchInTransaction(RuntimeError):
    """A transaction belongs to one schema from its first statement to its last."""


@dataclass(frozen=True, slots=True)
class Binding:
    schema_name: str
    tenant: "Tenant | None" = None


_PUBLIC = Binding(PUBLIC_SCHEMA)
_binding: ContextVar[Binding] = ContextVar("tenant_binding", default=_PUBLIC)


def current_tenant() -> "Tenant":
    """The bound site.

    Raises:
        NoTenantBound: outside :func:`bind`.
    """
    tenant = _binding.get().tenant
    if tenant is None:
        raise NoTenantBound("No site is bound here; wrap the code in bind(tenant).")
    return tenant


def bound_tenant() -> "Tenant | None":
    """The bound site; None on the bare domain and in commands that work on the registry."""
    return _binding.get().tenant


def current_schema() -> str:
    """The schema that comes first in ``search_path``; ``public`` when no site is bound."""
    return _binding.get().schema_name


@contextmanager
def bind(tenant: "Tenant") -> Iterator[None]:
    """Work for one site until the block ends.

    Raises:
        TenantSwitchInTransaction: inside a transaction of another schema.
    """
    with _bound(Binding(tenant.schema_name, tenant)):
        yield


@contextmanager
def bind_public() -> Iterator[None]:
    """Work on the registry alone until the block ends."""
    with _bound(_PUBLIC):
        yield


@contextmanager
def bind_schema(schema_name: str) -> Iterator[None]:
    """Work in a schema that is no site (yet): the template, or one being provisioned."""
    with _bound(Binding(schema_name)):
        yield


def in_current_binding(func: Callable[[], object]) -> Callable[[], None]:
    """``func`` wrapped so that it later runs in the binding of now, e.g. after a commit."""
    binding = _binding.get()

    @wraps(func)
    def run() -> None:
        with _bound(binding):
            func()

    return run


@contextmanager
def _bound(binding: Binding) -> Iterator[None]:
    if connection.pins_schema and binding.schema_name != current_schema():  # type: ignore[attr-defined]
        raise TenantSwitchInTransaction(
            f"Cannot switch from {current_schema()} to {binding.schema_name} inside a transaction."
        )
    token = _binding.set(binding)
    try:
        yield
    finally:
        _binding.reset(token)
