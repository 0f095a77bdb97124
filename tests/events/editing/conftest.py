from collections.abc import Iterator

import pytest
from django.utils import translation

from events.models import (
    Activity,
    Session,
)
from tenants.binding import bind
from tenants.models import Tenant
from tests.conftest import SiteClient
from tests.events.editing.doors import circle, reread
from tests.events.making import make_activity, make_place, make_session
from tests.events.running.evening import booked, card


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


@pytest.fixture
def draft(srem: Tenant) -> Activity:
    """With a date, and words nobody has published."""
    with bind(srem):
        activity = make_activity("Gimnastyka na krześle", status="draft", kind="one_off")
        activity.texts.update(live=False)
        make_session(activity, status="draft", place=make_place())
        return activity


@pytest.fixture
def full(srem: Tenant) -> Session:
    """Public, three places, all taken: Anna and Jan by SMS, Zofia by letter; Ola waits."""
    with bind(srem):
        session = make_session(
            make_activity("Pierogi", kind="one_off"), capacity=3, place=make_place()
        )
        booked(
            session,
            card("Anna", "Łącka", phone="+48600100200", channel="sms"),
            card("Jan", "Łącki"),
        )
        booked(
            session,
            card(
                "Zofia", "Żak", channel="letter", street="Polna 1", postcode="63-100", city="Śrem"
            ),
        )
        ola = card("Ola", "Maj", phone="+48600100300", channel="phone")
        booked(session, ola, status="waiting")
        return reread(session)


@pytest.fixture
def base(srem: Tenant) -> str:
    with bind(srem):
        return f"/en/konto/organizacje/{circle().pk}/wydarzenia/"
