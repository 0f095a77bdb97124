from collections.abc import Iterator

import pytest
from django.utils import translation

from tenants.binding import bind
from tenants.models import Tenant


@pytest.fixture(autouse=True)
def _in_english() -> Iterator[None]:
    with translation.override("en"):
        yield


@pytest.fixture
def in_srem(srem: Tenant) -> Iterator[Tenant]:
    with bind(srem):
        yield srem
