"""An operator migrates the fleet: every site ends like the template."""

from typing import Any

import pytest
from django.contrib.postgres.operations import AddIndexConcurrently
from django.core.management import CommandError, call_command
from django.db import connection, models
from django.db.migrations import AddField, RunPython, RunSQL, SeparateDatabaseAndState
from django.db.migrations.operations.base import Operation
from django.test.utils import CaptureQueriesContext

from tenants.binding import bind_schema
from tenants.fingerprint import describe, differences, fingerprints
from tenants.models import MigrationRecord, Municipality, Tenant
from tenants.provisioning import SiteOrder, archive, provision
from tenants.recording import is_pure_sql
from tenants.template import TEMPLATE_SCHEMA
from tests.tenants.fleet_app.operator import (
    NEW,
    PATH,
    clubs,
    fleet_app_migrations,
    migrate,
    migrate_with_failures,
    on,
    owner,
    status,
)

BY_DJANGO = {
    "0004_label_from_name",
    "0007_index_concurrently",
    "0009_rename_model",
    "0011_default_from_rows",
}


def test_every_kind_of_migration_reaches_twenty_sites(new_code: None, settings: Any) -> None:
    settings.MIGRATION_MODULES = {}
    settings.TENANT_STARTER = "tests.tenants.fleet_app.commands.plant_nothing"
    for gmina in Municipality.objects.filter(tenant=None)[:18]:
        last = provision(SiteOrder(domain=f"g{gmina.teryt}.localhost", municipality=gmina))
    archive(last)
    before = fingerprints()
    assert len(before) == 21
    assert len(set(before.values())) == 1

    settings.MIGRATION_MODULES = {"fleet_app": NEW}
    assert "20 sites migrated" in migrate()

    after = fingerprints()
    assert len(set(after.values())) == 1
    assert after != before
    for site in Tenant.objects.all():
        assert fleet_app_migrations(site) == [["0001_initial", *PATH]]
    replayed = MigrationRecord.objects.filter(app="fleet_app", statements__isnull=False)
    assert {record.name for record in replayed} == set(PATH) - BY_DJANGO
    assert "up to date" in migrate()
    assert status().count("\tok\t0\t") == 20


def test_data_of_each_site_are_kept_and_changed_by_its_own_migration(
    new_code: None, own_srem: Tenant, own_kety: Tenant
) -> None:
    migrate()

    assert clubs(own_srem) == [("Gmina Śrem", "GMINA ŚREM", 1900, "100% ours", 1)]
    assert clubs(own_kety) == [("Gmina Kęty", "GMINA KĘTY", 1900, "100% ours", 1)]


def test_content_types_and_permissions_have_the_same_ids_everywhere(
    new_code: None, own_srem: Tenant, own_kety: Tenant
) -> None:
    migrate()

    found = []
    for schema in (TEMPLATE_SCHEMA, own_srem.schema_name, own_kety.schema_name):
        with bind_schema(schema), connection.cursor() as cursor:
            cursor.execute(
                "SELECT c.id, p.id, p.codename FROM django_content_type c"
                " JOIN auth_permission p ON p.content_type_id = c.id"
                " WHERE c.app_label = 'fleet_app' AND c.model = 'medal' ORDER BY p.id"
            )
            found.append(cursor.fetchall())
    assert len(found[0]) >= 4
    assert found[0] == found[1] == found[2]


def test_a_site_made_afterwards_is_like_the_migrated_ones(new_code: None, own_srem: Tenant) -> None:
    migrate()
    gmina = Municipality.objects.filter(tenant=None).first()
    late = provision(SiteOrder(domain="late.localhost", municipality=gmina))

    assert differences(late.schema_name) == []
    assert describe(late.schema_name) == describe(own_srem.schema_name)


class AddFieldAndMore(AddField):
    """What it adds is anybody's guess."""


@pytest.mark.parametrize(
    ("operation", "is_pure"),
    [
        (AddField("club", "size", models.IntegerField(null=True)), True),
        (AddFieldAndMore("club", "size", models.IntegerField(null=True)), False),
        (RunSQL("SELECT 1"), True),
        (RunPython(RunPython.noop), False),
        (SeparateDatabaseAndState([RunSQL("SELECT 1")], [RunPython(RunPython.noop)]), True),
        (SeparateDatabaseAndState([RunPython(RunPython.noop)]), False),
        (AddIndexConcurrently("club", models.Index(fields=["town"], name="town")), False),
    ],
)
def test_only_operations_known_to_be_sql_are_replayed(operation: Operation, is_pure: bool) -> None:
    assert is_pure_sql(operation) is is_pure


def test_without_a_record_django_migrates_the_site_itself(
    new_code: None, own_srem: Tenant, own_kety: Tenant
) -> None:
    on(own_kety, "ALTER TABLE fleet_app_club ADD COLUMN label text")
    migrate_with_failures()
    on(own_kety, "ALTER TABLE fleet_app_club DROP COLUMN label")
    with owner() as hand:
        hand.execute("DELETE FROM tenants_migrationrecord")

    migrate()

    assert differences(own_kety.schema_name) == []
    assert clubs(own_kety) == [("Gmina Kęty", "GMINA KĘTY", 1900, "100% ours", 1)]


def test_looking_again_costs_the_same_few_queries_for_any_number_of_sites(
    unchanged_database: None,
) -> None:
    with CaptureQueriesContext(
        connection,
    ) as queries:
        assert "up to date" in migrate()

    assert len(queries) <= 12


def test_migrate_points_at_the_command_to_use(unchanged_database: None) -> None:
    with pytest.raises(CommandError, match="run migrate_fleet"):
        call_command("migrate")
