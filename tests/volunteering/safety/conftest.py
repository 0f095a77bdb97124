import pytest

from tenants.binding import bind
from tenants.models import Tenant
from tests.volunteering.making import make_assignment, make_request, make_volunteer
from tests.volunteering.safety.reporting import user_of
from volunteering.models import Assignment, HelpRequest, SafetyContact, VolunteerProfile


@pytest.fixture
def readers(srem: Tenant) -> None:
    """The two organisers read reports of danger."""
    with bind(srem):
        for place, role in enumerate(("osl", "ous"), start=1):
            SafetyContact.objects.create(user=user_of(srem, role), place=place)


@pytest.fixture
def profile(srem: Tenant) -> VolunteerProfile:
    """The volunteer of the cast, who is active."""
    with bind(srem):
        return make_volunteer(person=user_of(srem, "volunteer").person)


@pytest.fixture
def asked(srem: Tenant) -> HelpRequest:
    with bind(srem):
        return make_request(status="arranged")


@pytest.fixture
def task(srem: Tenant, asked: HelpRequest, profile: VolunteerProfile) -> Assignment:
    """The volunteer helps Halina Nowak."""
    with bind(srem):
        return make_assignment(asked, profile)
