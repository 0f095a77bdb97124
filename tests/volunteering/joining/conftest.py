import pytest

from tenants.binding import bind
from tenants.models import Tenant
from tests.conftest import SiteClient
from tests.volunteering.joining.joiner import Joiner
from tests.volunteering.making import make_volunteer
from volunteering.models import VolunteerProfile


@pytest.fixture
def joiner(srem: Tenant) -> Joiner:
    return Joiner(srem)


@pytest.fixture
def volunteer(srem: Tenant) -> SiteClient:
    """An active volunteer with an agreement, logged in."""
    client = SiteClient(srem)
    user = client.log_in("resident")
    with bind(srem):
        make_volunteer(person=user.person)
    return client


@pytest.fixture
def own(srem: Tenant, volunteer: SiteClient) -> VolunteerProfile:
    """The profile of ``volunteer``."""
    with bind(srem):
        return VolunteerProfile.objects.get()
