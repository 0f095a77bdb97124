"""The office's calendar: drafts too, with numbers."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from events.models import Session
from tenants.binding import bind
from tenants.models import Tenant
from tests.conftest import SiteClient
from tests.events.editing.doors import proposed
from tests.events.editing.pages import page
from tests.events.making import in_days, make_activity, make_place, make_session
from tests.events.running.evening import booked, card

CALENDAR = "/en/panel/wydarzenia/"


def day(days: int) -> str:
    return (timezone.localdate() + timedelta(days=days)).isoformat()


@pytest.fixture
def week(srem: Tenant) -> list[Session]:
    """In ten days: ours with numbers, a draft of ours, one of an organisation, one cancelled."""
    with bind(srem):
        ours = make_session(make_activity("Szachy"), capacity=2, place=make_place("Remiza"))
        booked(ours, card("Anna", "Łącka"))
        booked(ours, card("Jan", "Łącki"))
        booked(ours, card("Ola", "Maj"), status="waiting")
        draft = make_session(make_activity("Szkic", status="draft"), status="draft")
        theirs = make_session(proposed("Pierogi", status="published"))
        cancelled = make_session(
            make_activity("Odwołany wykład"), status="cancelled", cancelled_at=timezone.now()
        )
        return [ours, draft, theirs, cancelled]


def test_a_week_shows_everything_with_numbers(office: SiteClient, week: list[Session]) -> None:
    text = page(office.get(f"{CALENDAR}?od={day(10)}"))
    for words in ("Szachy", "2 of 2 places taken", "1 person waiting", "Remiza"):
        assert words in text
    for words in ("Szkic", "Pierogi", "Koło Gospodyń", "Odwołany wykład", "Cancelled", "Draft"):
        assert words in text
    assert f"/en/panel/wydarzenia/data/{week[0].pk}/" in text
    assert "Nothing on these days" in page(office.get(f"{CALENDAR}?od={day(40)}"))


def test_a_day_and_what_is_next_to_it(office: SiteClient, week: list[Session]) -> None:
    text = page(office.get(f"{CALENDAR}?widok=dzien&od={day(10)}"))
    assert "Szachy" in text
    assert f"od={day(11)}" in text
    assert f"od={day(9)}" in text
    assert "Szachy" not in page(office.get(f"{CALENDAR}?widok=dzien&od={day(11)}"))


@pytest.mark.parametrize(
    ("chip", "seen"),
    [
        ("nasze", {"Szachy", "Szkic", "Odwołany wykład"}),
        ("organizacje", {"Pierogi"}),
        ("robocze", {"Szkic"}),
        ("nonsense", {"Szachy", "Szkic", "Odwołany wykład", "Pierogi"}),
    ],
)
def test_chips(chip: str, seen: set[str], office: SiteClient, week: list[Session]) -> None:
    every = {"Szachy", "Szkic", "Odwołany wykład", "Pierogi"}
    moment = timezone.localdate() + timedelta(days=10)
    paths = (
        f"{CALENDAR}?od={day(10)}&pokaz={chip}",
        f"{CALENDAR}miesiac/{moment.year}-{moment.month}/?pokaz={chip}",
    )
    for path in paths:
        text = page(office.get(path))
        # Three titles in one cell of the month; the rest are counted.
        found = {title for title in every if title in text}
        assert found == seen or (len(seen) > 3 and found < seen and "4 in all" in text)


@pytest.mark.parametrize(
    "nonsense", ["?od=jutro", "?od=0001-01-01", "?od=9999-12-31", "?widok=rok"]
)
def test_nonsense_shows_this_week(nonsense: str, office: SiteClient) -> None:
    assert office.get(f"{CALENDAR}{nonsense}").status_code == 200


@pytest.mark.parametrize("month", ["2026-13", "2026-0", "1066-1"])
def test_no_such_month(month: str, office: SiteClient) -> None:
    assert office.get(f"{CALENDAR}miesiac/{month}/").status_code == 404


def test_a_thousand_dates_cost_what_one_does(
    srem: Tenant, office: SiteClient, django_assert_max_num_queries: Any
) -> None:
    with bind(srem):
        activity, place = make_activity("Dyżur", takes_bookings=False), make_place()
        Session.objects.bulk_create(
            Session(
                activity=activity, place=place, uid=f"{number}@gromada", status="published",
                starts_at=in_days(10) + timedelta(minutes=number),
                ends_at=in_days(10) + timedelta(minutes=number + 30),
            )
            for number in range(1_000)
        )  # fmt: skip
        make_session(make_activity("Kurs", kind="course"))
        make_session()
    moment = timezone.localdate() + timedelta(days=10)
    paths = (f"?od={day(10)}", f"miesiac/{moment.year}-{moment.month}/")
    for path in paths:
        with django_assert_max_num_queries(22):
            assert "Dyżur" in page(office.get(f"{CALENDAR}{path}"))
