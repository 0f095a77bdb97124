"""The audit trail can be added to and read, and by the serving role nothing else."""

import ast
from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from portal.audit.actions import ACTIONS, label_of
from portal.audit.models import AuditEntry, record
from portal.audit.tasks import delete_old_entries
from tenants.binding import bind
from tenants.keys import uuid7
from tenants.models import Municipality, Tenant
from tenants.provisioning import SiteOrder, provision
from tenants.roles import as_owner
from tests.architecture.test_tenancy_lint import sources

RECORDS = {"record", "record_each"}
FORBIDDEN = (
    "UPDATE audit_auditentry SET action = 'other'",
    "DELETE FROM audit_auditentry",
    "TRUNCATE audit_auditentry",
    "DROP TABLE audit_auditentry",
    "ALTER TABLE audit_auditentry OWNER TO CURRENT_USER",
    "GRANT UPDATE ON audit_auditentry TO CURRENT_USER",
)


def attempt(statement: str) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


@pytest.mark.parametrize("statement", FORBIDDEN)
def test_the_serving_role_cannot_change_what_was_written_down(srem: Tenant, statement: str) -> None:
    with bind(srem):
        record("person.viewed", actor=None)
        if statement.startswith("GRANT"):
            attempt(statement)  # PostgreSQL only warns; what counts is that nothing was granted
            statement = FORBIDDEN[0]
        with pytest.raises(DatabaseError, match=r"permission denied|must be owner"):
            attempt(statement)
        assert AuditEntry.objects.filter(action="person.viewed").count() == 1


def test_a_new_site_has_the_same_grants(own_database: str) -> None:
    """They travel with the dump of the template."""
    provision(
        SiteOrder(
            domain="nowa.localhost",
            municipality=Municipality.objects.exclude(pk__in=["3026043", "1213043"]).first(),
            status=Tenant.Status.ACTIVE,
        )
    )
    with bind(Tenant.objects.get(domains__domain="nowa.localhost")):
        record("person.viewed", actor=None)
        for statement in FORBIDDEN[:4]:
            with pytest.raises(DatabaseError, match=r"permission denied|must be owner"):
                attempt(statement)
        assert AuditEntry.objects.count() == 1


def test_entries_of_one_gmina_are_not_the_others(srem: Tenant, kety: Tenant) -> None:
    person = uuid7()
    with bind(srem):
        record("person.viewed", actor=None, person=person)
        assert AuditEntry.objects.about(person).count() == 1
    with bind(kety):
        assert AuditEntry.objects.about(person).count() == 0


def test_an_entry_is_undone_with_what_it_tells_of(srem: Tenant) -> None:
    with bind(srem):
        before = AuditEntry.objects.count()
        with transaction.atomic():
            record("person.changed", actor=None)
            transaction.set_rollback(True)
        assert AuditEntry.objects.count() == before


def test_old_entries_are_deleted_by_the_owner_at_night_looks_sooner(own_database: str) -> None:
    with bind(Tenant.objects.get(domains__domain="srem.localhost")):
        ages = {"person.viewed": (30, 729, 731), "person.changed": (731, 1825, 1830)}
        with as_owner():
            AuditEntry.objects.all().delete()
            for action, days in ages.items():
                for age in days:
                    entry = AuditEntry.objects.create(action=action, details={"age": age})
                    AuditEntry.objects.filter(pk=entry.pk).update(
                        at=timezone.now() - timedelta(days=age)
                    )
        as_owner()(delete_old_entries)()
        left = {(e.action, e.details["age"]) for e in AuditEntry.objects.all()}
    assert left == {
        ("person.viewed", 30), ("person.viewed", 729), ("person.changed", 731),
        ("person.changed", 1825),
    }  # fmt: skip


# Every action has a name


def recorded_actions(tree: ast.AST) -> set[str]:
    """First arguments of ``record(…)`` and of what wraps it, also of both arms of a condition."""
    return {
        literal.value
        for call in ast.walk(tree)
        if isinstance(call, ast.Call) and call.args and _name(call.func).lstrip("_") in RECORDS
        for literal in ast.walk(call.args[0])
        if isinstance(literal, ast.Constant) and isinstance(literal.value, str)
    }


def _name(func: ast.expr) -> str:
    return func.id if isinstance(func, ast.Name) else getattr(func, "attr", "")


def test_every_action_in_the_code_has_a_name() -> None:
    nameless = {
        f"{path}: {action}"
        for path, tree in sources()
        for action in recorded_actions(tree) - ACTIONS.keys()
    }
    assert nameless == set()
    assert recorded_actions(ast.parse('record("a.b" if new else "c.d", actor=None)')) == {
        "a.b", "c.d",
    }  # fmt: skip


def test_names_are_kept_for_entries_of_actions_that_are_gone() -> None:
    assert label_of("something.old") == "something.old"
    assert all(len(action) <= 60 for action in ACTIONS)


def test_details_take_ids_and_keys_only_as_the_code_writes_them() -> None:
    """No ``record(…)`` passes a name, an address or a text."""
    personal = {
        "first_name",
        "last_name",
        "full_name",
        "email",
        "phone",
        "street",
        "text",
        "reason",
    }
    offences = [
        f"{path}:{call.lineno}"
        for path, tree in sources()
        for call in ast.walk(tree)
        if isinstance(call, ast.Call) and _name(call.func) in RECORDS
        for keyword in call.keywords
        for part in ast.walk(keyword.value)
        if isinstance(part, ast.Attribute) and part.attr in personal
    ]
    assert offences == []


def test_the_settings_know_the_role_the_grants_are_for(db: Any) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user")
        assert cursor.fetchone() == (settings.DATABASES["default"]["USER"],)
