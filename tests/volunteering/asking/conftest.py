from collections.abc import Iterator

import pytest
from django.utils import translation

from tenants.binding import bind
from tenants.models import Tenant
from tests.conftest import SiteClient
from tests.volunteering.asking.asker import Asker
from tests.volunteering.making import make_district


@pytest.fixture(autouse=True)
def _english() -> Iterator[None]:
    """Sentences are compared as they are written in the code."""
    with translation.override("en"):
        yield


@pytest.fixture
def district(srem: Tenant) -> None:
    with bind(srem):
        make_district()


@pytest.fixture
def guest(srem: Tenant, district: None, as_site: type[SiteClient]) -> Asker:
    return Asker(as_site(srem))


@pytest.fixture
def holder(srem: Tenant, district: None, as_site: type[SiteClient]) -> SiteClient:
    """Whoever opened the message, in a browser that knows nothing else."""
    return as_site(srem)


@pytest.fixture
def clerk(srem: Tenant, district: None) -> SiteClient:
    """Somebody of the office who runs help."""
    visitor = SiteClient(srem)
    visitor.log_in("osl")
    return visitor
