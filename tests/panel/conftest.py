import pytest

from tenants.models import Tenant
from tests.panel.office import Office, open_office


@pytest.fixture
def office(srem: Tenant) -> Office:
    return open_office(srem)
