from collections.abc import Iterator

import pytest
from django.utils import translation

from tenants.models import Tenant
from tests.conftest import SiteClient


@pytest.fixture(autouse=True)
def _english() -> Iterator[None]:
    """Sentences are compared as they are written in the code."""
    with translation.override("en"):
        yield


@pytest.fixture
def office(srem: Tenant) -> SiteClient:
    """Somebody of the office who edits activities and reviews proposals."""
    visitor = SiteClient(srem)
    visitor.log_in("osl")
    return visitor


@pytest.fixture
def ngo(srem: Tenant) -> SiteClient:
    """The coordinator of an organisation."""
    visitor = SiteClient(srem)
    visitor.log_in("ngo_member")
    return visitor
