"""What the architecture forbids, found by reading the syntax trees of our own code."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings

PACKAGES = ("portal", "tenants", "cms_pages", "events", "volunteering")

# Name → why. An attribute or an imported name of this spelling is refused.
BANNED = {
    "set_tenant": "bind(tenant) in tenants.binding is the only switch",
    "set_schema": "bind(tenant) in tenants.binding is the only switch",
    "set_schema_to_public": "bind_public() in tenants.binding is the only switch",
    "tenant_context": "it keeps state on a thread's connection; use bind(tenant)",
    "schema_context": "it keeps state on a thread's connection; use bind(tenant)",
    "AllowedHostsOriginValidator": "it accepts sibling sites; use tenants.origin",
    "OriginValidator": "it accepts sibling sites; use tenants.origin",
}
SIGNING_HOME = "tenants/signing.py"
# Code that replays a dump needs several statements in one round trip.
RAW_CONNECTION_HOMES = {"tenants/backend/base.py", "tenants/provisioning.py"}


def sources() -> Iterator[tuple[str, ast.AST]]:
    for package in PACKAGES:
        for file in sorted(Path(settings.PROJECT, package).rglob("*.py")):
            yield str(file.relative_to(settings.PROJECT)), ast.parse(file.read_text())


def offences(path: str, tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        for offence in (*banned_names(path, node), *banned_calls(path, node)):
            yield f"{path}:{getattr(node, 'lineno', 0)}: {offence}"


def banned_names(path: str, node: ast.AST) -> Iterator[str]:
    names = {alias.name for alias in node.names} if isinstance(node, ast.ImportFrom) else set()
    if isinstance(node, ast.Attribute):
        names = {node.attr}
    for name in names & BANNED.keys():
        yield f"{name}: {BANNED[name]}"
    if (
        isinstance(node, ast.ImportFrom)
        and node.module == "django.core"
        and "signing" in names
        and path != SIGNING_HOME
    ):
        yield "django.core.signing: use tenants.signing, salted with the site"


def banned_calls(path: str, node: ast.AST) -> Iterator[str]:
    if is_call(node, "clear", on="cache"):
        yield "cache.clear() empties every site's entries"
    if (
        isinstance(node, ast.Attribute)
        and node.attr in {"execute", "cursor"}
        and ast.unparse(node.value).endswith("connection.connection")
        and path not in RAW_CONNECTION_HOMES
    ):
        yield "a raw driver cursor skips the bound site"
    if isinstance(node, ast.With) and any(
        isinstance(item.context_expr, ast.Name) and item.context_expr.id == "tenant"
        for item in node.items
    ):
        yield "`with tenant` swaps sites between threads; use bind(tenant)"


def is_call(node: ast.AST, attribute: str, *, on: str) -> bool:
    return (
        isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr == attribute
        and isinstance(node.func.value, ast.Name)
        and node.func.value.id == on
    )


def test_nothing_in_the_project_switches_sites_by_another_door() -> None:
    assert [offence for path, tree in sources() for offence in offences(path, tree)] == []


@pytest.mark.parametrize(
    "code",
    [
        "connection.set_tenant(tenant)",
        "from django_tenants.utils import schema_context",
        "from django.core import signing",
        "cache.clear()",
        "connection.connection.cursor()",
        "with tenant:\n    pass",
    ],
)
def test_the_lint_sees_each_offence(code: str) -> None:
    assert list(offences("events/example.py", ast.parse(code)))
