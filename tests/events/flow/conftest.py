import pytest

from events.models import Activity, Booking, Session
from tenants.binding import bind
from tenants.models import Tenant
from tests.conftest import SiteClient
from tests.events.flow.booker import Booker
from tests.events.making import in_days, make_activity, make_place, make_session


@pytest.fixture
def activity(srem: Tenant) -> Activity:
    """Two dates with twelve places each, for anybody."""
    with bind(srem):
        activity = make_activity()
        place = make_place()
        make_session(activity, starts_at=in_days(10), place=place)
        make_session(activity, starts_at=in_days(17), place=place)
    return activity


@pytest.fixture
def session(srem: Tenant, activity: Activity) -> Session:
    """The first of its dates."""
    with bind(srem):
        return activity.sessions.select_related("pool").order_by("starts_at")[0]


@pytest.fixture
def guest(srem: Tenant, as_site: type[SiteClient], activity: Activity) -> Booker:
    return Booker(as_site(srem), activity)


@pytest.fixture
def resident(srem: Tenant, as_site: type[SiteClient], activity: Activity) -> Booker:
    """Somebody with a login, called Resident Przykładowa."""
    client = as_site(srem)
    client.log_in("resident")
    return Booker(client, activity)


@pytest.fixture
def holder(srem: Tenant, as_site: type[SiteClient]) -> SiteClient:
    """Whoever opened the message, in a browser that knows nothing else."""
    return as_site(srem)


@pytest.fixture
def booking(guest: Booker, session: Session) -> Booking:
    """Halina's and Jan's."""
    return guest.book(session, who="me_and_others", with_me="2")
