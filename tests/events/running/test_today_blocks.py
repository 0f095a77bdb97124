"""What activities ask of the office today."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from events.models import Booking, CapacityPool, Participation
from tenants.binding import bind
from tenants.models import Tenant
from tests.conftest import SiteClient
from tests.events.making import make_session
from tests.events.running.evening import Evening, booked, card, pool_of, today_at

KEYS = {"sessions-today", "offers", "bookings-to-approve", "transport", "free-places"}


def shown(page: str) -> set[str]:
    return KEYS & set(re.findall(r'<h[23] id="([\w-]+)">', page))


def test_everything_that_waits_is_there(clerk: SiteClient, srem: Tenant, evening: Evening) -> None:
    with bind(srem):
        evening.waiting.entry.offers.create(
            pool=evening.pool, number=2, expires_at=timezone.now() + timedelta(hours=3)
        )
        later = make_session(evening.session.activity, capacity=1)
        booked(later, card("Adam", "Kos"))
        booked(later, card("Iga", "Sól"), card("Ida", "Sól"), status="waiting")
        CapacityPool.objects.filter(pk=pool_of(later).pk).update(capacity=2)
    # What takes place today stands on the Today page as the plan of the day.
    for address, keys in (
        ("/en/panel/", KEYS - {"sessions-today"}),
        ("/en/panel/wydarzenia/do-zrobienia/", KEYS),
    ):
        page = clerk.get(address).content.decode()
        assert shown(page) == keys
        for words in (
            "6 of 6 places taken", "Ola Maj", "Zofia Żak", "Anna Łącka, Krzyszkowo",
            "free: 1, waiting: 2", f"/zgloszenie/{evening.zofia.pk}/", "Smartfon bez strachu",
        ):  # fmt: skip
            assert words in page, words


def test_what_is_over_or_far_away_waits_for_nobody(
    clerk: SiteClient, srem: Tenant, evening: Evening
) -> None:
    with bind(srem):
        evening.session.starts_at = today_at(0) - timedelta(days=2)
        evening.session.ends_at = today_at(0) - timedelta(days=1)
        evening.session.save()
    page = clerk.get("/en/panel/").content.decode()
    assert shown(page) == set()
    assert "Nothing is waiting" in clerk.get("/en/panel/wydarzenia/do-zrobienia/").content.decode()


@pytest.mark.parametrize("role", ["editor", "dpo"])
def test_who_runs_no_activities_is_not_asked(role: str, srem: Tenant, evening: Evening) -> None:
    visitor = SiteClient(srem)
    visitor.log_in(role)
    assert shown(visitor.get("/en/panel/").content.decode()) == set()


def test_many_cost_what_one_does(clerk: SiteClient, srem: Tenant, evening: Evening) -> None:
    address = "/en/panel/wydarzenia/do-zrobienia/"
    clerk.get(address)
    with CaptureQueriesContext(connection) as few:
        clerk.get(address)
    with bind(srem):
        for number in range(8):
            session = make_session(evening.session.activity, starts_at=today_at(0),
                                   ends_at=today_at(0) + timedelta(days=1))  # fmt: skip
            booked(session, card("Adam", f"Kos{number}"))
        Participation.objects.filter(person__first_name="Adam").update(status="pending_approval")
    with CaptureQueriesContext(connection) as many:
        page = clerk.get(address).content.decode()
    with bind(srem):
        assert page.count("Adam Kos") == Booking.objects.filter(booker__first_name="Adam").count()
    assert len(many) <= len(few) + 1
    assert len(many) <= 30
