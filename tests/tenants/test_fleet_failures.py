"""An operator's bad days: broken sites, locks, a second run, a machine that dies in the middle."""

import re
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from psycopg import sql

from tenants import fleet, replay
from tenants.binding import bind_schema
from tenants.fingerprint import describe, differences
from tenants.models import Tenant
from tenants.template import TEMPLATE_SCHEMA
from tests.tenants.fleet_app.operator import (
    PATH,
    clubs,
    fleet_app_migrations,
    kill_after,
    migrate,
    migrate_with_failures,
    migrating,
    on,
    owner,
    status,
)


def test_a_broken_site_is_reported_and_the_others_finish(
    new_code: None, own_srem: Tenant, own_kety: Tenant
) -> None:
    on(own_kety, "ALTER TABLE fleet_app_club ADD COLUMN label text")

    output = migrate_with_failures()

    assert re.search(
        r"^kety\.localhost \(g1213043\): .*\"label\".* already exists$", output, re.MULTILINE
    )
    assert "1 failed" in output
    assert fleet_app_migrations(own_srem, own_kety) == [["0001_initial", *PATH], ["0001_initial"]]
    assert differences(own_srem.schema_name) == []
    with pytest.raises(CommandError, match="1 of 2 sites"):
        status()

    on(own_kety, "ALTER TABLE fleet_app_club DROP COLUMN label")
    assert "1 sites migrated" in migrate()
    assert fleet_app_migrations(own_kety) == [["0001_initial", *PATH]]
    assert differences(own_kety.schema_name) == []
    assert clubs(own_kety) == [("Gmina Kęty", "GMINA KĘTY", 1900, "100% ours", 1)]


def test_a_failure_in_the_middle_keeps_what_came_before_and_no_half_of_it(
    new_code: None, own_kety: Tenant
) -> None:
    on(own_kety, "CREATE INDEX club_label_known ON fleet_app_club (town)")

    migrate_with_failures()

    # 0004 runs Python and is committed; 0005 and 0006 are one replay and are undone together.
    assert fleet_app_migrations(own_kety) == [["0001_initial", *PATH[:3]]]
    assert not [line for line in describe(own_kety.schema_name) if "INDEX club_town " in line]
    on(own_kety, "DROP INDEX club_label_known")
    migrate()
    assert differences(own_kety.schema_name) == []


def test_a_site_without_its_schema_is_reported_and_public_stays_clean(
    new_code: None, own_kety: Tenant
) -> None:
    with owner() as hand:
        hand.execute(sql.SQL("DROP SCHEMA {} CASCADE").format(sql.Identifier(own_kety.schema_name)))

    assert f"The schema {own_kety.schema_name} is missing" in migrate_with_failures()

    assert not [line for line in describe("public") if "fleet_app" in line]


def test_a_site_changed_by_hand_is_said_to_differ(new_code: None, own_kety: Tenant) -> None:
    on(own_kety, "ALTER TABLE fleet_app_club ALTER COLUMN town SET DEFAULT 'Kęty'")

    output = migrate_with_failures()

    assert "kety.localhost (g1213043): differs from the template" in output
    assert "0 failed and 1 differ" in output
    shown = StringIO()
    with pytest.raises(CommandError):
        call_command("fleet_status", "--diff", stdout=shown, stderr=shown)
    assert "+ column fleet_app_club town character varying(50) NOT NULL DEFAULT" in shown.getvalue()


def test_a_migration_that_fails_in_the_template_touches_no_site(
    new_code: None, own_srem: Tenant, own_kety: Tenant
) -> None:
    with owner() as hand:
        hand.execute("ALTER TABLE gromada_template.fleet_app_club ADD COLUMN label text")
        output = migrate_with_failures()
        hand.execute("ALTER TABLE gromada_template.fleet_app_club DROP COLUMN label")

    assert "Stopped before any site" in output
    assert '"label"' in output
    assert fleet_app_migrations(own_srem, own_kety) == [["0001_initial"], ["0001_initial"]]
    assert "2 sites migrated" in migrate()


def test_a_site_whose_table_is_held_is_left_for_the_next_run(
    new_code: None, own_kety: Tenant, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(replay, "LOCK_TIMEOUT", "200ms")
    with owner() as visitor, visitor.transaction():
        visitor.execute(
            sql.SQL("SELECT FROM {}").format(sql.Identifier(own_kety.schema_name, "fleet_app_club"))
        )
        assert "canceling statement due to lock timeout" in migrate_with_failures()

    assert "1 sites migrated" in migrate()


def test_an_index_left_by_an_interrupted_run_is_built_anew(
    new_code: None, own_kety: Tenant
) -> None:
    on(own_kety, "CREATE INDEX club_founded ON fleet_app_club (town)")

    migrate()

    assert differences(own_kety.schema_name) == []


@pytest.mark.parametrize(
    "moment", ["template 1/10", "template 6/10", "template 10/10", "sites 1/2"]
)
def test_a_run_killed_in_the_middle_is_finished_by_the_next(
    new_code: None, own_srem: Tenant, own_kety: Tenant, moment: str
) -> None:
    with migrating() as running:
        kill_after(running, moment)

    migrate()

    assert fleet_app_migrations(own_srem, own_kety) == [["0001_initial", *PATH]] * 2
    assert differences(own_srem.schema_name) == differences(own_kety.schema_name) == []
    with bind_schema(TEMPLATE_SCHEMA), connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM django_content_type WHERE model = 'medal'")
        assert cursor.fetchone() == (1,)


def test_a_second_run_waits_for_the_first(new_code: None, own_srem: Tenant) -> None:
    with owner() as first:
        first.execute("SELECT pg_advisory_lock(%s)", [fleet.FLEET_LOCK])
        with migrating() as second:
            assert second.stdout is not None
            assert "Waiting for another migrate_fleet" in second.stdout.readline()
            assert fleet_app_migrations(own_srem) == [["0001_initial"]]
            first.execute("SELECT pg_advisory_unlock(%s)", [fleet.FLEET_LOCK])
            assert "2 sites migrated" in second.stdout.read()
