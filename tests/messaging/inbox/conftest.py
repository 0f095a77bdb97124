import pytest

from tenants.models import Tenant
from tests.conftest import SiteClient


@pytest.fixture
def halina(srem: Tenant, as_site: type[SiteClient]) -> SiteClient:
    """A resident of Śrem, logged in."""
    client = as_site(srem)
    client.log_in("resident")
    return client


@pytest.fixture
def tomek(srem: Tenant, as_site: type[SiteClient]) -> SiteClient:
    """Another resident of Śrem, logged in."""
    client = as_site(srem)
    client.log_in("volunteer")
    return client
