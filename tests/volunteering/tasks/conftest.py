import pytest

from portal.accounts.models import User
from tenants.binding import bind
from tenants.models import Tenant
from tests.conftest import SiteClient
from tests.volunteering.making import make_invitation, make_person, make_request, make_volunteer
from volunteering.models import HelpRequest, Invitation, VolunteerProfile

# What must never reach the volunteer before both have agreed.
SURNAME, STREET, PHONE = "Tajemnicza", "Zaszyfrowana 7", "600777111"


@pytest.fixture
def profile(srem: Tenant) -> VolunteerProfile:
    """The volunteer of the cast, who is active."""
    with bind(srem):
        user = User.objects.get(email=f"volunteer@{srem.schema_name}.example")
        return make_volunteer(person=user.person)


@pytest.fixture
def asked(srem: Tenant) -> HelpRequest:
    with bind(srem):
        requester = make_person(
            f"Halina {SURNAME}", street=STREET, postcode="63-100", city="Śrem", phone=f"+48{PHONE}"
        )
        return make_request(requester=requester, details="Cukrzyca")


@pytest.fixture
def invitation(srem: Tenant, asked: HelpRequest, profile: VolunteerProfile) -> Invitation:
    with bind(srem):
        return make_invitation(asked, profile)


@pytest.fixture
def visitor(srem: Tenant, as_site: type[SiteClient]) -> SiteClient:
    """Whoever opened the message, in a browser that knows nothing else."""
    return as_site(srem)


@pytest.fixture
def volunteer(srem: Tenant, as_site: type[SiteClient], profile: VolunteerProfile) -> SiteClient:
    client = as_site(srem)
    client.log_in("volunteer")
    return client
