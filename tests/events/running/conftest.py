from collections.abc import Iterator

import pytest
from django.utils import translation

from tenants.models import Tenant
from tests.conftest import SiteClient
from tests.events.running.evening import Evening, open_evening


@pytest.fixture(autouse=True)
def _english() -> Iterator[None]:
    """Sentences are compared as they are written in the code."""
    with translation.override("en"):
        yield


@pytest.fixture
def evening(srem: Tenant) -> Evening:
    return open_evening(srem)


@pytest.fixture
def clerk(srem: Tenant) -> SiteClient:
    """Somebody of the office who runs activities."""
    visitor = SiteClient(srem)
    visitor.log_in("osl")
    return visitor
