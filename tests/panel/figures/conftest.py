import os
from collections.abc import Iterator
from typing import Any

import pytest

from tenants.models import Tenant
from tenants.roles import as_owner
from tests.conftest import CAST_DATABASE, SiteClient, _create_database, using_database
from tests.panel.figures.spring import Spring, make_leader, make_spring


@pytest.fixture(scope="session")
def partnership(django_db_setup: None, django_db_blocker: Any) -> str:
    """A copy of the cast's database in which Kęty is a leader's site, and Śrem its partner."""
    name = f"partnership_{os.getpid()}"
    _create_database(name, copy_of=CAST_DATABASE)
    with django_db_blocker.unblock(), using_database(name), as_owner():
        make_leader(*(_site(slug) for slug in ("kety", "srem")))
    return name


@pytest.fixture(scope="module", autouse=True)
def _among_partners(partnership: str, django_db_blocker: Any) -> Iterator[None]:
    with django_db_blocker.unblock(), using_database(partnership):
        yield


def _site(slug: str) -> Tenant:
    return Tenant.objects.get(domains__domain=f"{slug}.localhost")


@pytest.fixture
def spring(srem: Tenant, kety: Tenant) -> Spring:
    return make_spring(srem, kety)


@pytest.fixture
def director(srem: Tenant) -> SiteClient:
    visitor = SiteClient(srem)
    visitor.log_in("director")
    return visitor


@pytest.fixture
def of_leader(kety: Tenant) -> SiteClient:
    """The leader's director."""
    visitor = SiteClient(kety)
    visitor.log_in("director")
    return visitor
