import pytest

from tenants.binding import bind
from tenants.models import Tenant
from tests.conftest import SiteClient
from tests.volunteering.making import make_volunteer
from volunteering.models import VolunteerProfile


@pytest.fixture
def osl(srem: Tenant) -> SiteClient:
    visitor = SiteClient(srem)
    visitor.log_in("osl")
    return visitor


@pytest.fixture
def ewa(srem: Tenant) -> VolunteerProfile:
    """Helps already, by an agreement without an end."""
    with bind(srem):
        return make_volunteer("Ewa Kos")


@pytest.fixture
def new(srem: Tenant) -> VolunteerProfile:
    """Has offered to help; nothing is written down yet."""
    with bind(srem):
        return make_volunteer("Nina Wrona", status="applied", with_agreement=False)
