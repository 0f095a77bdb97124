"""Whatever is changed in one site shows in its fingerprint."""

import pytest
from django.db import connection, transaction
from psycopg import sql

from tenants.fingerprint import fingerprints
from tenants.models import Tenant
from tenants.roles import as_owner
from tenants.template import TEMPLATE_SCHEMA


@pytest.mark.parametrize(
    "change",
    [
        "ALTER TABLE {}.fleet_app_club ALTER COLUMN town DROP NOT NULL",
        "ALTER TABLE {}.fleet_app_club ALTER COLUMN town TYPE varchar(60)",
        "ALTER TABLE {}.fleet_app_club ADD CHECK (founded > 0)",
        "CREATE INDEX ON {}.fleet_app_club (town)",
        "REVOKE INSERT ON {}.fleet_app_club FROM gromada_app",
        "ALTER SEQUENCE {}.fleet_app_club_id_seq INCREMENT BY 2",
        "DELETE FROM {}.django_migrations WHERE app = 'fleet_app'",
        "UPDATE {}.auth_permission SET id = id + 9000 WHERE codename = 'add_club'",
        "CREATE FUNCTION {}.club() RETURNS int LANGUAGE sql AS 'SELECT 1'",
        "DROP TABLE {}.accounts_session",
    ],
)
def test_the_fingerprint_sees(unchanged_database: None, change: str) -> None:
    schema = Tenant.objects.get(domains__domain="srem.localhost").schema_name
    with as_owner(), transaction.atomic():
        before = fingerprints([TEMPLATE_SCHEMA, schema])
        with connection.cursor() as cursor:
            cursor.execute(sql.SQL(change).format(sql.Identifier(schema)))
        after = fingerprints([TEMPLATE_SCHEMA, schema])
        transaction.set_rollback(True)

    assert before[schema] == before[TEMPLATE_SCHEMA] == after[TEMPLATE_SCHEMA]
    assert after[schema] != before[schema]
