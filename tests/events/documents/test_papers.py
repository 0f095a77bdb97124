"""Slip, sign-in sheet and list for the driver: what stands on each, and what must not."""

from datetime import time
from typing import Any

import pytest
from django.utils import timezone, translation
from pytest_django import DjangoAssertNumQueries

from events.links import token_of
from events.models import AccessNeed, Booking, CapacityPool, Session, TransportRequest
from events.printing.sign_in import sign_in_data
from events.printing.slip import slip_data
from events.printing.transport import transport_data
from portal.accounts.models import Person
from portal.places.models import Contact, ContactPhone, Room
from tenants.binding import bind
from tenants.models import Tenant
from tests.events.documents.bookings import ask_for, drive, make_booking, make_person
from tests.events.making import in_days, make_activity, make_place, make_session

Need = AccessNeed.Need


@pytest.fixture
def in_srem(srem: Tenant) -> Any:
    with bind(srem), translation.override("en"):
        yield


def halina() -> Person:
    return make_person("Halina Nowak", phone="+48606123123")


# The slip


def test_a_slip_says_the_number_the_day_the_place_who_comes_and_whom_to_call(
    in_srem: None,
) -> None:
    contact = Contact.objects.create(role="Biuro", is_lead=True)
    ContactPhone.objects.create(contact=contact, number="61 814 53 41")
    place = make_place()
    room = Room.objects.create(place=place, name="sala 3", floor="parter")
    session = make_session(place=place, room=room, starts_at=in_days(9, 10), note="Weź okulary.")
    booker = halina()
    booking = make_booking(session.pool, booker, booker, make_person("Jan Nowak"), code="RK74M9")
    said = slip_data(booking)
    assert said["document"] == "Booking RK7-4M9: Smartfon bez strachu"
    assert said["code"] == "RK7-4M9"
    assert said["state"] == ""
    assert said["who"] == ["Halina Nowak", "Jan Nowak"]
    assert said["phone"] == "61 814 53 41"
    (date,) = said["dates"]
    assert date["hours"] == "10:00–12:00"
    assert date["place"] == ["Świetlica, sala 3 (parter)", "ul. Długa 3, 63-100 Śrem"]
    assert date["note"] == "Weź okulary."
    assert said["notes"][0].startswith("You cannot come? Tell us by ")


def test_the_link_of_the_booking_is_not_on_it(in_srem: None) -> None:
    """Paper is left lying: whoever finds it may not give the place back."""
    booking = make_booking(make_session().pool, halina())
    said = str(slip_data(booking))
    assert token_of(booking) not in said
    assert "606" not in said


@pytest.mark.parametrize(
    ("status", "state"),
    [
        ("waiting", "You are on the waiting list. We will tell you when a place is free."),
        ("unverified", "Please confirm the booking by the link we sent you."),
        ("pending_approval", "The office will confirm the booking."),
        ("cancelled_by_participant", "This booking has been given back."),
    ],
)
def test_it_says_when_the_place_is_not_theirs_yet_or_any_more(
    in_srem: None, status: str, state: str
) -> None:
    said = slip_data(make_booking(make_session().pool, halina(), status=status))
    assert said["state"] == state


def test_a_slip_of_what_was_cancelled_says_so(in_srem: None) -> None:
    session = make_session(status="cancelled", cancelled_at=timezone.now())
    said = slip_data(make_booking(session.pool, halina()))
    assert said["state"] == "This has been cancelled."
    assert said["notes"] == []


def test_after_the_time_to_give_back_it_asks_for_nothing(in_srem: None) -> None:
    said = slip_data(make_booking(make_session(starts_at=in_days(0.5, 23)).pool, halina()))
    assert said["notes"] == []


def test_a_slip_of_a_course_has_every_date_that_takes_place(in_srem: None) -> None:
    course = make_activity(kind="course")
    for day in (3, 10, 17):
        make_session(course, starts_at=in_days(day))
    make_session(course, starts_at=in_days(24), status="cancelled", cancelled_at=timezone.now())
    assert len(slip_data(make_booking(course.pool, halina()))["dates"]) == 3


@pytest.mark.parametrize(
    ("state", "at", "note"),
    [
        ("requested", None, "You asked for transport. We will tell you whether we can help."),
        ("arranged", time(9, 5), "We will pick you up at 9:05: ul. Polna 4, Zbrudzewo."),
        ("arranged", None, "We will drive you."),
        ("declined", None, "We cannot drive you this time."),
    ],
)
def test_it_says_what_was_agreed_about_transport(
    in_srem: None, state: str, at: time | None, note: str
) -> None:
    booking = make_booking(make_session().pool, halina())
    drive(booking, at, state=state)
    assert slip_data(booking)["notes"][0] == note


# The sign-in sheet


def test_a_sign_in_sheet_has_the_names_and_room_for_others(in_srem: None) -> None:
    session = make_session(place=make_place(), starts_at=in_days(9, 10))
    said = sign_in_data(session, ["Halina Nowak", "Jan Nowak"])
    assert said["names"] == ["Halina Nowak", "Jan Nowak"]
    assert said["empty"] == 5
    assert said["facts"][1] == ["Hours", "10:00–12:00"]
    assert said["facts"][2] == ["Place", "Świetlica, ul. Długa 3, 63-100 Śrem"]
    assert said["footer"].startswith("Smartfon bez strachu, ")
    assert said["columns"] == ["No.", "First name and last name", "Signature"]


def test_a_sheet_without_names_is_one_to_fill_in(in_srem: None) -> None:
    said = sign_in_data(make_session(), [])
    assert said["empty"] == 22
    assert said["facts"][2] == ["Place", "–"]


def test_a_date_that_lasts_for_days_says_until_when(in_srem: None) -> None:
    session = make_session(starts_at=in_days(9, 10), ends_at=in_days(11, 16))
    hours = sign_in_data(session, [])["facts"][1][1]
    assert hours.startswith("10:00 – ")
    assert hours.endswith(", 16:00")


# The list for the driver


def rows(session: Session, *bookings: Booking) -> list[dict[str, Any]]:
    return list(transport_data(session, [each.transport for each in bookings])["rows"])


def test_the_driver_learns_when_whom_from_where_and_how_to_reach_them(in_srem: None) -> None:
    session = make_session(place=make_place())
    booking = make_booking(session.pool, halina())
    drive(booking, time(9, 15), note="brama za kapliczką")
    said = transport_data(session, [booking.transport])
    assert said["rows"] == [
        {
            "time": "9:15", "names": ["Halina Nowak"], "phone": "606 123 123",
            "address": ["ul. Polna 4", "Zbrudzewo"], "note": "brama za kapliczką", "people": 1,
            "needs": [],
        }
    ]  # fmt: skip
    assert said["facts"][2] == ["Drive to", "Świetlica, ul. Długa 3, 63-100 Śrem"]


def test_of_their_needs_the_driver_learns_only_what_matters_in_a_car(in_srem: None) -> None:
    session = make_session()
    booking = make_booking(session.pool, halina())
    ask_for(booking, Need.SIGN_LANGUAGE, Need.ESCORT, Need.ASSISTANCE_DOG, Need.QUIET_PLACE)
    drive(booking, time(9))
    (row,) = rows(session, booking)
    assert row["needs"] == ["somebody to walk along", "room for an assistance dog"]


def test_a_wheelchair_is_told_by_the_place_that_was_taken(in_srem: None) -> None:
    session = make_session()
    kept = CapacityPool.objects.create(capacity=1, purpose="wheelchair", main=session.pool)
    booking = make_booking(session.pool, halina(), place=kept)
    drive(booking, time(9))
    (row,) = rows(session, booking)
    assert row["needs"] == ["a wheelchair"]


def test_who_booked_for_others_is_named_with_the_phone_and_is_not_driven(in_srem: None) -> None:
    session = make_session()
    booking = make_booking(session.pool, halina(), make_person("Jan Nowak"))
    drive(booking, time(9))
    (row,) = rows(session, booking)
    assert row["names"] == ["Jan Nowak"]
    assert row["phone"] == "606 123 123 (Halina Nowak)"


def test_rides_come_in_the_order_of_the_clock_and_those_without_a_time_last(
    in_srem: None,
) -> None:
    session = make_session()
    bookings = [make_booking(session.pool, make_person(name)) for name in ("A A", "B B", "C C")]
    for booking, at in zip(bookings, (None, time(9, 30), time(8)), strict=True):
        drive(booking, at)
    assert [row["time"] for row in rows(session, *bookings)] == ["8:00", "9:30", ""]


def test_nobody_is_on_it_who_was_declined_has_no_place_or_gave_it_back(in_srem: None) -> None:
    session = make_session()
    declined = make_booking(session.pool, make_person("A A"))
    drive(declined, state="declined")
    waiting = make_booking(session.pool, make_person("B B"), status="waiting")
    drive(waiting)
    gone = make_booking(session.pool, make_person("C C"), status="cancelled_by_participant")
    drive(gone, time(9))
    assert rows(session, declined, waiting, gone) == []


def test_who_of_a_party_stays_at_home_is_not_named(in_srem: None) -> None:
    session = make_session()
    booker = halina()
    booking = make_booking(session.pool, booker, booker, make_person("Jan Nowak"))
    booking.participations.filter(ordinal=1).update(status="cancelled_by_participant", place=None)
    drive(booking, time(9), people=2)
    (row,) = rows(session, booking)
    assert (row["names"], row["people"]) == (["Halina Nowak"], 1)


def test_a_long_list_takes_the_same_queries(
    in_srem: None, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    session = make_session(place=make_place(), capacity=40)
    asked = []
    for number in range(20):
        booking = make_booking(session.pool, make_person(f"Osoba {number}"))
        ask_for(booking, Need.ESCORT)
        asked.append(drive(booking, time(9)).pk)
    with django_assert_max_num_queries(11):
        data = transport_data(session, TransportRequest.objects.filter(pk__in=asked))
    assert len(data["rows"]) == 20
