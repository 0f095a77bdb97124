import pytest

from portal.accounts.models import Person
from tenants.models import Tenant
from tests.conftest import SiteClient
from tests.panel.messages.desk import somebody


@pytest.fixture
def osl(srem: Tenant) -> SiteClient:
    visitor = SiteClient(srem)
    visitor.log_in("osl")
    return visitor


@pytest.fixture
def halina(srem: Tenant) -> Person:
    """Reached by text messages."""
    return somebody(
        srem, "Halina", last_name="Wiśniewska", phone="+48600100200", channel="sms"
    )  # fmt: skip
