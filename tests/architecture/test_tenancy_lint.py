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
# What may be imported from → where alone, and what everybody else uses.
ONE_HOME = {
    "procrastinate": (
        ("tenants/", "portal/notifications/tasks.py"),
        "site_task() in tenants.work is the only way to defer: a job must know its site",
    ),
    "django.core.mail": (
        ("portal/notifications/",), "promise() is the only way to send: mails must not be lost"
    ),
    "smtplib": (("portal/notifications/",), "promise() is the only way to send"),
    "smsapi": (("portal/notifications/",), "promise() is the only way to send"),
    "django.contrib.auth.login": (
        ("portal/demo/views.py",), "come_in() in portal.entrance.ways asks for the second factor"
    ),
}  # fmt: skip
# Text that only these may write: who believes a forwarded address must know our proxies.
FORWARDED = "HTTP_X_FORWARDED_FOR"
FORWARDED_HOMES = {"portal/entrance/client.py", "portal/demo/loopback.py"}
RECORDING_HOME = "portal/audit/models.py"
# Code that replays a dump needs several statements in one round trip.
RAW_CONNECTION_HOMES = {"tenants/backend/base.py", "tenants/provisioning.py"}


def sources() -> Iterator[tuple[str, ast.AST]]:
    for package in PACKAGES:
        for file in sorted(Path(settings.PROJECT, package).rglob("*.py")):
            yield str(file.relative_to(settings.PROJECT)), ast.parse(file.read_text())


def offences(path: str, tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        for offence in (
            *banned_names(path, node), *banned_imports(path, node), *banned_calls(path, node)
        ):  # fmt: skip
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


def banned_imports(path: str, node: ast.AST) -> Iterator[str]:
    imported = {alias.name for alias in node.names} if isinstance(node, ast.Import) else set()
    if isinstance(node, ast.ImportFrom):
        imported = {f"{node.module}.{alias.name}" for alias in node.names}
    for module, (homes, instead) in ONE_HOME.items():
        if not path.startswith(homes) and any(
            name == module or name.startswith(f"{module}.") for name in imported
        ):
            yield f"{module}: {instead}"


def banned_calls(path: str, node: ast.AST) -> Iterator[str]:
    if is_call(node, "clear", on="cache"):
        yield "cache.clear() empties every site's entries"
    if isinstance(node, ast.Constant) and node.value == FORWARDED and path not in FORWARDED_HOMES:
        yield f"{FORWARDED}: use client_address() in portal.entrance.client"
    if (
        isinstance(node, ast.Attribute)
        and ast.unparse(node) in {"AuditEntry.objects.create", "AuditEntry.objects.bulk_create"}
        and path != RECORDING_HOME
    ):
        yield "the audit is written by record() alone"
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
        "from procrastinate.contrib.django import app",
        "import procrastinate",
        "from django.core.mail import send_mail",
        "import smtplib",
        "from django.contrib.auth import login",
        "request.META['HTTP_X_FORWARDED_FOR']",
        "AuditEntry.objects.create(action='x')",
    ],
)
def test_the_lint_sees_each_offence(code: str) -> None:
    assert list(offences("events/example.py", ast.parse(code)))
