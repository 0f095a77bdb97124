"""Hours as people ask about them, places and contacts as the office enters them."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import translation
from hypothesis import given, settings
from hypothesis import strategies as st

from portal.places.hours import WARSAW, Span, SpecialDay, Timetable, overlap, timetable_of
from portal.places.models import (
    AccessFacts,
    Contact,
    ContactPhone,
    Known,
    OpeningException,
    OpeningHours,
    Place,
    Room,
)
from portal.places.reach import reach
from tenants.binding import bind
from tenants.models import Tenant

USUAL = (Span(time(7, 30), time(15, 30)),)
# Wojcieszków: longer on Wednesday, shorter on Friday.
WEEK = {
    1: USUAL, 2: USUAL, 3: (Span(time(7, 30), time(16)),), 4: USUAL,
    5: (Span(time(7, 30), time(15)),),
}  # fmt: skip
MONDAY = date(2026, 11, 23)


def warsaw(*parts: int, fold: int = 0) -> datetime:
    return datetime(*parts, tzinfo=WARSAW, fold=fold)  # type: ignore[misc, arg-type]


# The week


def test_each_weekday_has_its_own_hours() -> None:
    rows = Timetable(week=WEEK).rows(MONDAY)
    assert [row.weekday for row in rows] == [1, 2, 3, 4, 5, 6, 7]
    assert rows[2].spans == (Span(time(7, 30), time(16)),)
    assert rows[4].spans == (Span(time(7, 30), time(15)),)
    assert rows[5].is_closed
    assert [row.is_today for row in rows] == [True, *[False] * 6]


def test_rows_are_the_next_date_of_each_weekday_never_a_past_one() -> None:
    rows = Timetable(week=WEEK).rows(date(2026, 11, 26))
    assert [row.on.day for row in rows] == [30, 1, 2, 26, 27, 28, 29]


def test_day_with_a_break_is_closed_in_between() -> None:
    timetable = Timetable(week={1: (Span(time(8), time(12)), Span(time(13), time(16)))})
    assert timetable.is_open_at(warsaw(2026, 11, 23, 11, 59))
    assert not timetable.is_open_at(warsaw(2026, 11, 23, 12))
    assert timetable.next_change(warsaw(2026, 11, 23, 12)) == warsaw(2026, 11, 23, 13)


def test_closing_time_itself_is_closed() -> None:
    assert not Timetable(week=WEEK).is_open_at(warsaw(2026, 11, 23, 15, 30))
    assert Timetable(week=WEEK).is_open_at(warsaw(2026, 11, 23, 7, 30))


def test_moment_is_read_in_warsaw_whatever_its_time_zone() -> None:
    assert Timetable(week=WEEK).is_open_at(datetime(2026, 11, 23, 6, 30, tzinfo=UTC))
    assert not Timetable(week=WEEK).is_open_at(datetime(2026, 11, 23, 15, 0, tzinfo=UTC))


def test_touching_times_are_one_opening() -> None:
    timetable = Timetable(week={1: (Span(time(8), time(12)), Span(time(12), time(16)))})
    assert timetable.next_change(warsaw(2026, 11, 23, 9)) == warsaw(2026, 11, 23, 16)


# Days that differ


def test_special_day_wins_over_the_week() -> None:
    friday = date(2026, 11, 27)
    short = SpecialDay(friday, (Span(time(7, 30), time(12)),), "Telefon działa do 15:30.")
    timetable = Timetable(week=WEEK, special={friday: short})
    day = timetable.on(friday)
    assert day.spans == short.spans
    assert day.usual == WEEK[5]
    assert day.is_special
    assert not timetable.is_open_at(warsaw(2026, 11, 27, 13))
    assert [day.on for day in timetable.special_days(MONDAY)] == [friday]
    assert timetable.special_days(friday + timedelta(days=1)) == []


def test_closed_until_wins_over_a_special_day_and_includes_its_day() -> None:
    friday = date(2026, 11, 27)
    special = {friday: SpecialDay(friday, (Span(time(8), time(12)),))}
    timetable = Timetable(week=WEEK, special=special, closed_until=friday, closed_note="Remont")
    assert timetable.on(friday).is_closed
    assert timetable.on(friday).note == "Remont"
    assert timetable.next_change(warsaw(2026, 11, 23, 9)) == warsaw(2026, 11, 30, 7, 30)


def test_a_row_that_says_closed_closes_the_whole_day() -> None:
    rows: list[dict[str, str | None]] = [
        {"on": "2026-12-24", "opens": "08:00:00", "closes": "12:00:00", "note": ""},
        {"on": "2026-12-24", "opens": None, "closes": None, "note": "Wigilia"},
    ]
    timetable = timetable_of([], rows)
    assert timetable.on(date(2026, 12, 24)).is_closed
    assert timetable.on(date(2026, 12, 24)).note == "Wigilia"


def test_place_without_any_hours_says_nothing() -> None:
    assert not Timetable().is_stated
    assert Timetable().next_change(warsaw(2026, 11, 23, 9)) is None


# The nights the clock changes


def test_night_the_clock_goes_back_opens_once() -> None:
    """25 October 2026: 2:00–3:00 happens twice; whoever opens 1:30–2:30 opens for one hour."""
    timetable = Timetable(week={7: (Span(time(1, 30), time(2, 30)),)})
    assert timetable.is_open_at(warsaw(2026, 10, 25, 2, 15, fold=0))
    assert not timetable.is_open_at(warsaw(2026, 10, 25, 2, 15, fold=1))
    assert timetable.next_change(warsaw(2026, 10, 25, 2, 0)) == warsaw(2026, 10, 25, 2, 30)
    after = timetable.next_change(warsaw(2026, 10, 25, 2, 30, fold=1))
    assert after == warsaw(2026, 11, 1, 1, 30)


def test_night_the_clock_goes_forward_skips_what_does_not_exist() -> None:
    """29 March 2026: there is no 2:00–3:00."""
    timetable = Timetable(week={7: (Span(time(1), time(4)),)})
    opens = warsaw(2026, 3, 29, 1)
    closes = timetable.next_change(opens)
    assert closes == warsaw(2026, 3, 29, 4)
    assert closes.astimezone(UTC) - opens.astimezone(UTC) == timedelta(hours=2)


TIMES = st.times().map(lambda at: at.replace(second=0, microsecond=0))
SPANS = st.tuples(TIMES, TIMES).filter(lambda pair: pair[0] < pair[1]).map(lambda p: Span(*p))
DAYS = st.lists(SPANS, max_size=3).map(lambda spans: tuple(sorted(spans)))
MOMENTS = st.integers(0, 365 * 24 * 60).map(
    lambda minutes: datetime(2026, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes)
)


@settings(deadline=None, max_examples=60)
@given(st.dictionaries(st.integers(1, 7), DAYS), MOMENTS, st.floats(0, 1))
def test_state_holds_until_the_next_change_and_then_flips(
    week: dict[int, tuple[Span, ...]], moment: datetime, part: float
) -> None:
    timetable = Timetable(week=week)
    change = timetable.next_change(moment)
    if change is None:
        assert not timetable.is_open_at(moment)
        return
    assert change.astimezone(UTC) > moment
    assert timetable.is_open_at(change) != timetable.is_open_at(moment)
    between = moment + (change.astimezone(UTC) - moment) * part * 0.999
    assert timetable.is_open_at(between) == timetable.is_open_at(moment)


@given(DAYS)
def test_overlap_is_a_shared_minute(spans: tuple[Span, ...]) -> None:
    minutes = [
        minute
        for span in spans
        for minute in range(
            span.opens.hour * 60 + span.opens.minute, span.closes.hour * 60 + span.closes.minute
        )
    ]
    assert overlap(spans) == (len(minutes) != len(set(minutes)))


# What the database keeps


@pytest.fixture
def office(srem: Tenant) -> Place:
    with bind(srem):
        return Place.objects.create(name="Urząd", street="ul. Kościelna 46", city="Śrem")


def test_hours_out_of_the_database_in_one_query(srem: Tenant, office: Place) -> None:
    with bind(srem):
        for weekday, spans in WEEK.items():
            for span in spans:
                OpeningHours.objects.create(
                    place=office, weekday=weekday, opens=span.opens, closes=span.closes
                )
        OpeningException.objects.create(place=office, on=date(2026, 12, 24), note="Wigilia")
        with CaptureQueriesContext(connection) as queries:
            timetable = Place.objects.with_hours().get().timetable()
        assert len(queries) == 1
        assert timetable == office.timetable()
        assert timetable.week == WEEK
        assert timetable.on(date(2026, 12, 24)).is_closed


@pytest.mark.parametrize(
    ("opens", "closes", "rule"),
    [
        (time(12), time(8), "hours_close_after_opening"),
        (time(9), time(10), "hours_do_not_overlap"),
        (time(8), time(9), "hours_opening_once"),
    ],
)
def test_database_refuses_impossible_hours(
    srem: Tenant, office: Place, opens: time, closes: time, rule: str
) -> None:
    with bind(srem):
        OpeningHours.objects.create(place=office, weekday=1, opens=time(8), closes=time(12))
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        with pytest.raises(IntegrityError, match=rule), transaction.atomic():
            OpeningHours.objects.create(place=office, weekday=1, opens=opens, closes=closes)


def test_only_one_main_place_and_one_first_contact(srem: Tenant, kety: Tenant) -> None:
    for tenant in (srem, kety):
        with bind(tenant):
            Place.objects.create(name="Urząd", is_main=True)
            Contact.objects.create(role="Sekretariat", is_lead=True)
    with bind(srem):
        with pytest.raises(IntegrityError, match="place_one_main"), transaction.atomic():
            Place.objects.create(name="Filia", is_main=True)
        with pytest.raises(IntegrityError, match="contact_one_lead"), transaction.atomic():
            Contact.objects.create(role="Kasa", is_lead=True)


def test_nobody_looked_is_not_a_no(srem: Tenant, office: Place) -> None:
    with bind(srem):
        AccessFacts.objects.create(place=office, lift=Known.NO, lift_note="jedno piętro")
        assert office.access is not None
        facts = {fact.name: fact for fact in office.access.facts()}
    assert facts["lift"].value == Known.NO
    assert facts["lift"].note == "jedno piętro"
    assert not facts["toilet"].is_known
    with translation.override("en"):
        assert str(facts["toilet"].value.label) == "not known"


def test_facts_about_a_room_are_not_those_of_the_building(srem: Tenant, office: Place) -> None:
    with bind(srem):
        room = Room.objects.create(place=office, name="sala", floor="piętro")
        AccessFacts.objects.create(place=office, room=room, step_free=Known.YES)
        assert office.access is None


def test_number_is_kept_as_people_read_it(srem: Tenant) -> None:
    with bind(srem):
        contact = Contact.objects.create(role="Urząd")
        phone = ContactPhone(contact=contact, number="(0-25) 755 41 01")
        phone.full_clean()
        assert phone.number == "25 755 41 01"
        with (
            translation.override("en"),
            pytest.raises(ValidationError, match="not a telephone number"),
        ):
            ContactPhone(contact=contact, number="12 34").full_clean()


def test_first_number_of_the_first_contact_stands_on_every_page(srem: Tenant) -> None:
    with bind(srem):
        assert reach().phone == ""
        other = Contact.objects.create(role="Kasa", ordinal=0)
        lead = Contact.objects.create(role="Organizator", ordinal=1, is_lead=True)
        ContactPhone.objects.create(contact=other, number="61 111 11 11")
        ContactPhone.objects.create(contact=lead, number="61 333 33 33", ordinal=1)
        ContactPhone.objects.create(contact=lead, number="61 222 22 22", ordinal=0)
        assert reach().phone == "61 222 22 22"


def test_contacts_with_numbers_come_in_one_query(srem: Tenant) -> None:
    with bind(srem):
        for number in range(3):
            contact = Contact.objects.create(role=f"Rola {number}", ordinal=number)
            ContactPhone.objects.create(contact=contact, number=f"61 222 22 2{number}")
        with CaptureQueriesContext(connection) as queries:
            numbers = [
                line.number for contact in Contact.objects.with_phones() for line in contact.numbers
            ]
    assert numbers == ["61 222 22 20", "61 222 22 21", "61 222 22 22"]
    assert len(queries) == 1
