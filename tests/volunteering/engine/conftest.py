from collections.abc import Callable, Iterator
from datetime import datetime, time, timedelta

import pytest
from django.utils import timezone, translation

from tenants.binding import bind
from tenants.models import Tenant

Clock = Callable[..., datetime]


@pytest.fixture(autouse=True)
def _english() -> Iterator[None]:
    """Words are compared as they are written in the code."""
    with translation.override("en"):
        yield


@pytest.fixture(autouse=True)
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """Noon of today in Poland, until a test sets it: ``clock(1, 21)`` is tomorrow at nine."""
    today = timezone.localdate()

    def set_to(days: int = 0, hour: int = 12) -> datetime:
        on = today + timedelta(days=days)
        moment = timezone.make_aware(datetime.combine(on, time(hour)))
        monkeypatch.setattr("django.utils.timezone.now", lambda: moment)
        return moment

    set_to()
    return set_to


@pytest.fixture
def here(srem: Tenant) -> Iterator[Tenant]:
    """In Śrem, all the test long."""
    with bind(srem):
        yield srem
