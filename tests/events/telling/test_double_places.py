"""Two cards turn out to be one person, who is on one list twice."""

from typing import Any

import pytest

from events.models import AccessNeed, Attendance, CalendarFeed, Offer, Participation, Told
from events.reconcile import drifted_pools
from portal.accounts.actions.merge_people import merge_people
from portal.accounts.models import Person, User
from portal.audit.models import AuditEntry
from tenants.models import Tenant
from tests.events.making import in_days, make_session
from tests.events.telling.lists import book, companion, free, offered, reader


@pytest.fixture
def pair(here: Tenant) -> tuple[Person, Person]:
    return reader("Ewa Nowak"), reader("Ewa Nowakowa")


def merge(pair: tuple[Person, Person], here: Tenant) -> None:
    osl = User.objects.get(email=f"osl@{here.schema_name}.example")
    kept, merged = pair
    merge_people(kept=kept, merged=merged, acting_user=osl)


@pytest.mark.parametrize("earlier", ["kept", "merged"])
def test_the_earlier_place_stays_the_other_goes_to_the_next_in_line(
    here: Tenant, pair: tuple[Person, Person], earlier: str
) -> None:
    session = make_session(capacity=2)
    kept, merged = pair
    days = {"kept": (20, 10), "merged": (10, 20)}[earlier]
    bookings = [book(session, one, days_ago=ago) for one, ago in zip(pair, days, strict=True)]
    book(session, reader("Jan Czeka"), status="waiting")
    merge(pair, here)
    stays = bookings[0] if earlier == "kept" else bookings[1]
    active = Participation.objects.active().get(person=kept)
    assert active.booking == stays
    assert not Participation.objects.filter(person=merged).exists()
    assert str(Offer.objects.get(state="open").entry.booking.booker) == "Jan Czeka"
    assert free(session) == 0
    assert drifted_pools() == []
    entry = AuditEntry.objects.get(action="booking.cancelled")
    assert (entry.person, entry.details) == (kept.pk, {"people": 1, "is_merged": True})


def test_a_place_counts_for_more_than_an_earlier_place_in_line(
    here: Tenant, pair: tuple[Person, Person]
) -> None:
    session = make_session(capacity=2)
    kept, merged = pair
    waits = book(session, kept, companion("Staś Nowak"), status="waiting", days_ago=30)
    offered(waits)
    session.pool.capacity = 3  # type: ignore[union-attr]
    session.pool.save(update_fields=["capacity"])  # type: ignore[union-attr]
    has = book(session, merged, days_ago=1)
    merge(pair, here)
    assert Participation.objects.active().get(person=kept).booking == has
    waits.entry.refresh_from_db()
    assert (waits.entry.size, Offer.objects.get().number) == (1, 1)
    assert drifted_pools() == []


def test_two_places_in_line_become_the_earlier(here: Tenant, pair: tuple[Person, Person]) -> None:
    session = make_session()
    first = book(session, pair[1], status="waiting", days_ago=9)
    second = book(session, pair[0], status="waiting", days_ago=5)
    merge(pair, here)
    assert Participation.objects.active().get().booking == first
    second.entry.refresh_from_db()
    assert second.entry.state == "left"


def test_what_was_written_down_for_either_stays(here: Tenant, pair: tuple[Person, Person]) -> None:
    session = make_session(starts_at=in_days(-1))
    stays = book(session, pair[0], days_ago=20).participations.get()
    goes = book(session, pair[1], days_ago=10).participations.get()
    Attendance.objects.create(participation=stays, session=session, state="no_show")
    Attendance.objects.create(
        participation=goes, session=session, state="attended", means="walk_in"
    )
    for participation, need in ((stays, "lift"), (goes, "lift"), (goes, "large_print")):
        AccessNeed.objects.create(participation=participation, need=need)
    merge(pair, here)
    there = Attendance.objects.get(participation=stays)
    assert (there.state, there.means) == ("attended", "walk_in")
    assert set(stays.needs.values_list("need", flat=True)) == {"lift", "large_print"}


def test_places_on_different_dates_are_both_kept(here: Tenant, pair: tuple[Person, Person]) -> None:
    for person in pair:
        book(make_session(), person)
    merge(pair, here)
    assert Participation.objects.active().filter(person=pair[0]).count() == 2


def test_notice_and_private_calendar_are_of_the_kept_card(
    here: Tenant, pair: tuple[Person, Person]
) -> None:
    session = make_session()
    same: dict[str, Any] = {"session": session, "about": "week", "sequence": 0}
    for person in pair:
        Told.objects.create(person=person, **same)
        CalendarFeed.objects.create(person=person, token_digest=str(person))
    merge(pair, here)
    assert Told.objects.get().person == pair[0]
    assert CalendarFeed.objects.get().token_digest == "Ewa Nowak"
