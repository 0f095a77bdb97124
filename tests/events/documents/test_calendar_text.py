"""The letter of RFC 5545, which programs insist on, and the clock in Warsaw."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from events.calendars import calendar_of, session_calendar
from tenants.binding import bind
from tenants.models import Tenant
from tests.events.documents.reading import events_of, in_warsaw, only_event
from tests.events.making import make_activity, make_place, make_session

WARSAW = ZoneInfo("Europe/Warsaw")
LONG = "Zażółć gęślą jaźń — źdźbło, żółw; ćma, Їжак і ґава\\ " * 5


def test_lines_end_in_crlf_and_have_at_most_75_octets(srem: Tenant) -> None:
    with bind(srem):
        session = make_session(
            make_activity(LONG[:118] + "ąę"), place=make_place(LONG[:200]), note=LONG[:300]
        )
        content = session_calendar(session)
    assert content.endswith(b"END:VCALENDAR\r\n")
    lines = content.split(b"\r\n")
    assert not any(b"\n" in line or b"\r" in line for line in lines)
    assert max(len(line) for line in lines) <= 75
    for line in lines:
        line.decode()  # no letter is cut in two


def test_what_people_wrote_is_read_back_as_it_was(srem: Tenant) -> None:
    note = "Weź: okulary, kubek; i „coś” słodkiego\\BEGIN:VEVENT"
    with bind(srem):
        session = make_session(make_activity("Zażółć; gęślą, jaźń\\n\r\nEND:VEVENT"), note=note)
        content = session_calendar(session)
    event = only_event(content)
    assert r"NAME:Zażółć\; gęślą\, jaźń\\n\nEND:VEVENT".encode() in content.split(b"\r\n")
    assert str(event["SUMMARY"]).startswith("Zażółć; gęślą, jaźń\\n")
    assert note in str(event["DESCRIPTION"])


@pytest.mark.parametrize("sign", ["\r", "\x0b", "\x07", "\u2028", "\x85", "\u200b"])
def test_signs_that_are_not_seen_break_no_line(srem: Tenant, sign: str) -> None:
    with bind(srem):
        session = make_session(note=f"Weź{sign}END:VEVENT{sign}okulary")
        content = session_calendar(session)
    assert len(events_of(content)) == 1
    assert content.count(b"END:VEVENT\r\n") == 1
    assert sign.encode() not in content.replace(b"\r\n", b"")


@pytest.mark.parametrize(
    ("day", "offset"),
    [
        (date(2026, 3, 28), 1),
        (date(2026, 3, 29), 2),
        (date(2026, 10, 24), 2),
        (date(2026, 10, 25), 1),
    ],
)
def test_ten_in_the_morning_is_ten_on_both_sides_of_a_clock_change(
    srem: Tenant, day: date, offset: int
) -> None:
    with bind(srem):
        session = make_session(starts_at=datetime.combine(day, time(10), WARSAW))
        event = only_event(session_calendar(session))
    assert in_warsaw(event["DTSTART"].dt) == f"{day:%Y-%m-%d} 10:00"
    assert in_warsaw(event["DTEND"].dt) == f"{day:%Y-%m-%d} 12:00"
    assert event["DTSTART"].dt.hour == 10 - offset


def test_the_hour_that_comes_twice_is_told_apart(srem: Tenant) -> None:
    """Half past two, before and after the clocks go back, is an hour apart in a calendar too."""
    first = datetime(2026, 10, 25, 2, 30, tzinfo=WARSAW, fold=0)
    second = first.replace(fold=1)
    with bind(srem):
        activity = make_activity()
        sessions = [
            make_session(
                activity, starts_at=moment, ends_at=moment.astimezone(UTC) + timedelta(hours=1)
            )
            for moment in (first, second)
        ]
        early, late = events_of(calendar_of(sessions, name="Noc", url="https://srem.example/"))
    assert late["DTSTART"].dt - early["DTSTART"].dt == timedelta(hours=1)
    assert in_warsaw(early["DTSTART"].dt) == in_warsaw(late["DTSTART"].dt) == "2026-10-25 02:30"
    assert early["DTEND"].dt == late["DTSTART"].dt


def test_a_night_ends_on_the_next_day(srem: Tenant) -> None:
    starts_at = datetime(2026, 6, 23, 21, tzinfo=WARSAW)
    with bind(srem):
        session = make_session(starts_at=starts_at, ends_at=starts_at + timedelta(hours=5))
        event = only_event(session_calendar(session))
    assert in_warsaw(event["DTEND"].dt) == "2026-06-24 02:00"
