from collections.abc import Iterator

import pytest
from django.utils import translation

from tenants.binding import bind
from tenants.models import Tenant
from tests.conftest import SiteClient
from tests.events.editing.doors import circle


@pytest.fixture(autouse=True)
def _english() -> Iterator[None]:
    """Sentences are compared as they are written in the code."""
    with translation.override("en"):
        yield


def logged_in(site: Tenant, role: str) -> SiteClient:
    visitor = SiteClient(site)
    visitor.log_in(role)
    return visitor


@pytest.fixture
def helper(srem: Tenant) -> SiteClient:
    """Somebody with a login of a volunteer; the profile is made by each test."""
    return logged_in(srem, "volunteer")


@pytest.fixture
def office(srem: Tenant) -> SiteClient:
    return logged_in(srem, "osl")


@pytest.fixture
def ngo(srem: Tenant) -> SiteClient:
    """The coordinator of an organisation."""
    return logged_in(srem, "ngo_member")


@pytest.fixture
def base(srem: Tenant) -> str:
    """Of the organisation's pages."""
    with bind(srem):
        return f"/en/konto/organizacje/{circle().pk}/wolontariat/"
