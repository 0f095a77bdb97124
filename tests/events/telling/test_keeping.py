"""What is kept about people is theirs to read, goes by itself, and goes when they say so."""

import json
from datetime import timedelta
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import pytest
from django.utils import timezone

from events import holding
from events.actions.start_draft import start_draft
from events.declared import drafts, feeds, needs, transport
from events.declared import told as telling
from events.models import (
    AccessNeed,
    Attendance,
    BookingDraft,
    CalendarFeed,
    Participation,
    Told,
    TransportRequest,
)
from events.reconcile import drifted_pools
from portal.accounts.actions.give_consent import give_consent
from portal.accounts.actions.merge_people import merge_people
from portal.accounts.actions.withdraw_consent import withdraw_consent
from portal.accounts.export import export_archive
from portal.accounts.models import Consent, Person, User
from tenants.models import Tenant
from tests.events.making import in_days, make_activity, make_session
from tests.events.telling.lists import book, companion, free, pool_of, reader


def agree(*people: Person) -> None:
    for person in people:
        give_consent(person=person, purpose="needs", means="online", acting_user=None)


def need(participation: Participation, what: str = "lift") -> AccessNeed:
    return AccessNeed.objects.create(participation=participation, need=what)


def archive(person: Person) -> tuple[dict[str, Any], str]:
    """The data for machines, and the page for people."""
    with ZipFile(BytesIO(export_archive(person))) as folder:
        return json.loads(folder.read("data.json")), folder.read("index.html").decode()


def test_export_tells_everything_in_words_and_names_nobody_else(here: Tenant) -> None:
    session = make_session(make_activity("Ceramika"), starts_at=in_days(-2))
    anna = reader("Anna Nowak")
    booking = book(session, anna, companion("Staś Obcy"), note="Przyjdziemy później")
    own = booking.participations.get(person=anna)
    agree(anna)
    need(own)
    Attendance.objects.create(participation=own, session=session, state="attended")
    TransportRequest.objects.create(booking=booking, people=2, street="Polna 1", city="Psarskie")
    Told.objects.create(session=session, person=anna, about="week", sequence=0)
    CalendarFeed.objects.create(person=anna, token_digest="tajny-skrót")
    data, page = archive(anna)
    parts = {key: part["data"] for key, part in data["parts"].items()}
    [booked] = parts["bookings"]["bookings"]
    assert (booked["activity"], booked["code"], booked["people"]) == (
        "Ceramika", booking.readable_code, 2,
    )  # fmt: skip
    assert parts["bookings"]["places"][0]["state"] == "booked"
    assert parts["needs"][0]["need"] == "a lift"
    assert parts["transport"][0]["from"] == "Polna 1, Psarskie"
    assert parts["attendance"][0]["was_there"] == "was there"
    assert parts["told"][0]["told"] == "reminder, a week before"
    assert len(parts["calendar"]) == 1
    for words in ("Ceramika", "Przyjdziemy później", "Where you have, or had, a place", "10:00"):
        assert words in page
    assert "Staś" not in page
    assert "tajny-skrót" not in json.dumps(data, ensure_ascii=False)


def test_export_of_a_companion_has_their_place_and_not_the_booking(here: Tenant) -> None:
    ward = companion("Staś Nowak")
    booking = book(make_session(), reader("Anna Nowak"), ward)
    data, page = archive(ward)
    assert data["parts"]["bookings"]["data"]["bookings"] == []
    assert len(data["parts"]["bookings"]["data"]["places"]) == 1
    assert booking.readable_code not in page
    assert "Anna" not in page


def test_needs_go_with_the_consent_to_keep_them(here: Tenant) -> None:
    session = make_session()
    booking = book(session, reader("Anna Nowak"), companion("Staś Nowak"))
    anna, stas = booking.participations.all()
    agree(anna.person, stas.person)
    need(anna), need(stas)
    consent = Consent.objects.valid().get(person=anna.person)
    withdraw_consent(consent=consent, acting_user=None)
    assert [row.participation for row in AccessNeed.objects.all()] == [stas]


def test_needs_go_when_two_cards_are_merged_and_one_had_taken_the_consent_back(
    here: Tenant,
) -> None:
    kept, merged = reader("Ewa Nowak"), reader("Ewa Nowakowa")
    agree(kept, merged)
    need(book(make_session(), kept).participations.get())
    withdraw_consent(consent=Consent.objects.valid().get(person=merged), acting_user=None)
    assert AccessNeed.objects.exists()
    osl = User.objects.get(email=f"osl@{here.schema_name}.example")
    merge_people(kept=kept, merged=merged, acting_user=osl)
    assert not AccessNeed.objects.exists()


def test_needs_and_transport_go_thirty_days_after_the_last_date(here: Tenant) -> None:
    course = make_activity(kind="course", capacity=20)
    begun = make_session(course, starts_at=in_days(-60))
    make_session(course, starts_at=in_days(-20))
    kept = {"course": begun, "recent": make_session(starts_at=in_days(-29))}
    for session in (*kept.values(), make_session(starts_at=in_days(-31))):
        booking = book(session, reader())
        agree(booking.booker)
        need(booking.participations.get())
        TransportRequest.objects.create(booking=booking, people=1, street="Polna 1", city="Śrem")
    needs.retain()
    transport.retain()
    pools = {session.places for session in kept.values()}
    assert {row.participation.pool for row in AccessNeed.objects.all()} == pools
    assert {row.booking.pool for row in TransportRequest.objects.all()} == pools


def test_needs_of_nobody_who_comes_or_agreed_go_at_once(here: Tenant) -> None:
    comes, gave_back, never_agreed = (
        book(make_session(), reader(), status=status).participations.get()
        for status in ("confirmed", "cancelled_by_participant", "confirmed")
    )
    agree(comes.person, gave_back.person)
    for participation in (comes, gave_back, never_agreed):
        need(participation)
    needs.retain()
    assert [row.participation for row in AccessNeed.objects.all()] == [comes]


def test_forms_go_after_a_day_and_give_back_what_they_still_hold(here: Tenant) -> None:
    session = make_session(capacity=3)
    pool = pool_of(session)
    for client, hours, minutes_left in (("old", 25, -30), ("in use", 25, 5), ("new", 23, -30)):
        draft = start_draft(activity=session.activity, pool=pool, client=client, person=None)
        assert holding.change(draft, 1, {}) is not None
        holding.keep(draft, {pool.pk: 1})
        now = timezone.now()
        BookingDraft.objects.filter(pk=draft.pk).update(
            slot=1, held_until=now + timedelta(minutes=minutes_left),
            created_at=now - timedelta(hours=hours),
        )  # fmt: skip
    assert free(session) == 0
    drafts.retain()
    assert set(BookingDraft.objects.values_list("client", flat=True)) == {"in use", "new"}
    assert free(session) == 1
    assert drifted_pools() == []


def test_notices_go_thirty_days_after_the_date(here: Tenant) -> None:
    for days in (-31, -29, 5):
        session = make_session(starts_at=in_days(days))
        Told.objects.create(session=session, person=reader(), about="day", sequence=0)
    telling.retain()
    assert Told.objects.count() == 2


@pytest.mark.parametrize(
    ("made_days_ago", "booked_days_ago", "stays"),
    [(400, 370, False), (400, 360, True), (360, 500, True)],
)
def test_private_calendar_goes_a_year_after_the_last_booking(
    here: Tenant, made_days_ago: int, booked_days_ago: int, stays: bool
) -> None:
    anna = reader()
    book(make_session(), anna, days_ago=booked_days_ago)
    feed = CalendarFeed.objects.create(person=anna, token_digest="x")
    CalendarFeed.objects.filter(pk=feed.pk).update(
        created_at=timezone.now() - timedelta(days=made_days_ago)
    )
    feeds.retain()
    assert CalendarFeed.objects.exists() is stays
