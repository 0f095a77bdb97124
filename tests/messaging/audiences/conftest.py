from collections.abc import Iterator

import pytest
from django.utils import translation

from tenants.binding import bind
from tenants.models import Tenant


@pytest.fixture(autouse=True)
def _english() -> Iterator[None]:
    """Sentences are compared as they are written in the code."""
    with translation.override("en"):
        yield


@pytest.fixture
def here(srem: Tenant) -> Iterator[Tenant]:
    """In Śrem, all the test long."""
    with bind(srem):
        yield srem
