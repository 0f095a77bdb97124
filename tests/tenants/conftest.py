import os
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection
from django.utils import translation

from tenants.binding import bind
from tenants.models import Tenant
from tests.conftest import CAST_DATABASE, _create_database, _drop_database, using_database
from tests.tenants.fleet_app.operator import NEW


@pytest.fixture(scope="module")
def kept_database(
    django_db_setup: None, django_db_blocker: Any, request: pytest.FixtureRequest
) -> Iterator[str]:
    """One copy of the cast's database for tests that leave it as they found it."""
    name = f"{request.module.__name__.rpartition('.')[2]}_{os.getpid()}"
    _create_database(name, copy_of=CAST_DATABASE)
    yield name
    _drop_database(name)


@pytest.fixture
def unchanged_database(kept_database: str, django_db_blocker: Any) -> Iterator[None]:
    with django_db_blocker.unblock(), using_database(kept_database):
        yield


@pytest.fixture
def own_srem(own_database: str) -> Tenant:
    return Tenant.objects.get(domains__domain="srem.localhost")


@pytest.fixture
def own_kety(own_database: str) -> Tenant:
    return Tenant.objects.get(domains__domain="kety.localhost")


@pytest.fixture
def new_code(own_srem: Tenant, own_kety: Tenant, settings: Any) -> None:
    """The operator has deployed a version with ten more migrations; two sites have data."""
    for site in (own_srem, own_kety):
        with bind(site), connection.cursor() as cursor:
            cursor.execute(
                "INSERT INTO fleet_app_club (name, town) VALUES (%s, %s)", [site.name, "Śrem"]
            )
    settings.MIGRATION_MODULES = {"fleet_app": NEW}


@pytest.fixture(autouse=True)
def _in_english() -> Iterator[None]:
    """What commands and checks say is asserted in the words of the msgids."""
    with translation.override("en"):
        yield
