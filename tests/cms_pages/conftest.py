import pytest

from tenants.models import Tenant
from tests.conftest import SiteClient


@pytest.fixture
def editor(srem: Tenant, as_site: type[SiteClient]) -> SiteClient:
    """Somebody who writes pages, logged in."""
    client = as_site(srem)
    client.log_in("editor")
    return client


@pytest.fixture
def director(srem: Tenant, as_site: type[SiteClient]) -> SiteClient:
    """Somebody who approves and publishes, logged in."""
    client = as_site(srem)
    client.log_in("director")
    return client
