"""Dates that repeat, by the clock in Poland."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from events.editing_refusals import NoDates, TooManyDates
from events.holidays import holiday_on, holidays, is_red
from events.recurrence import MAX_DATES, Pattern, Rhythm, Which, hours_problem, span_on

WARSAW = ZoneInfo("Europe/Warsaw")
TEN, NOON = time(10), time(12)


def weekly(first_on: date, **more: object) -> Pattern:
    return Pattern(rhythm=Rhythm.WEEKLY, first_on=first_on, starts=TEN, ends=NOON, **more)  # type: ignore[arg-type]


def read(moment: datetime) -> str:
    return moment.astimezone(WARSAW).strftime("%d.%m %H:%M")


def test_ten_o_clock_stays_ten_o_clock_from_october_to_april() -> None:
    spans = weekly(date(2026, 10, 6), until=date(2027, 4, 13)).spans()
    assert len(spans) == 28
    assert {read(span.starts_at)[6:] for span in spans} == {"10:00"}
    assert {read(span.ends_at)[6:] for span in spans} == {"12:00"}
    in_utc = [span.starts_at.hour for span in spans]
    # The clocks change on 25 October 2026 and 28 March 2027.
    assert in_utc == [8] * 3 + [9] * 22 + [8] * 3
    assert [span.day for span in spans] == [
        date(2026, 10, 6) + timedelta(weeks=number) for number in range(28)
    ]


@pytest.mark.parametrize(
    ("day", "starts", "ends", "starts_in_utc", "lasts"),
    [
        # In March half past two is left out: it is half past three.
        (date(2027, 3, 28), time(2, 30), time(4), "01:30", timedelta(minutes=30)),
        # The change would swallow the whole hour: it lasts an hour all the same.
        (date(2027, 3, 28), time(2, 30), time(3, 30), "01:30", timedelta(hours=1)),
        (date(2027, 3, 28), time(1), time(5), "00:00", timedelta(hours=3)),
        # In October half past two comes twice: the first of them.
        (date(2026, 10, 25), time(2, 30), time(4), "00:30", timedelta(hours=2, minutes=30)),
        (date(2026, 10, 25), time(1), time(2, 30), "23:00", timedelta(hours=1, minutes=30)),
    ],
)
def test_nights_in_which_the_clocks_change(
    day: date, starts: time, ends: time, starts_in_utc: str, lasts: timedelta
) -> None:
    span = span_on(day, starts, ends)
    assert span.starts_at.strftime("%H:%M") == starts_in_utc
    assert span.ends_at - span.starts_at == lasts
    assert span.day == day


def test_what_ends_after_midnight_ends_on_the_next_day() -> None:
    span = span_on(date(2026, 12, 31), time(20), time(1))
    assert (read(span.starts_at), read(span.ends_at)) == ("31.12 20:00", "01.01 01:00")
    assert span.ends_next_day
    assert not span_on(date(2026, 12, 30), TEN, NOON).ends_next_day
    night = span_on(date(2026, 10, 24), time(22), time(3))
    assert (read(night.ends_at), night.ends_at - night.starts_at) == (
        "25.10 03:00",
        timedelta(hours=6),
    )


@pytest.mark.parametrize(
    ("starts", "ends", "is_possible"),
    [
        (TEN, NOON, True),
        (time(20), time(1), True),
        (NOON, TEN, False),
        (time(17), time(16, 30), False),
        (TEN, TEN, False),
    ],
)
def test_an_end_before_the_beginning_is_a_slip_of_the_finger(
    starts: time, ends: time, is_possible: bool
) -> None:
    assert (hours_problem(starts, ends) == "") == is_possible


@pytest.mark.parametrize(
    ("pattern", "rrule", "days"),
    [
        (
            weekly(date(2026, 11, 24), number=3),
            "FREQ=WEEKLY;BYDAY=TU;COUNT=3",
            ["24.11", "01.12", "08.12"],
        ),
        (
            weekly(date(2026, 11, 24), weekdays=(4, 2), until=date(2026, 12, 3)),
            "FREQ=WEEKLY;BYDAY=TU,TH;UNTIL=20261203T235959",
            ["24.11", "26.11", "01.12", "03.12"],
        ),
        (
            Pattern(Rhythm.FORTNIGHTLY, date(2026, 11, 24), TEN, NOON, number=3),
            "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU;COUNT=3",
            ["24.11", "08.12", "22.12"],
        ),
        (
            Pattern(Rhythm.MONTHLY, date(2026, 11, 24), TEN, NOON, number=3),
            "FREQ=MONTHLY;BYDAY=4TU;COUNT=3",
            ["24.11", "22.12", "26.01"],
        ),
        (
            # The fifth Monday: not every month has one.
            Pattern(Rhythm.MONTHLY, date(2026, 11, 30), TEN, NOON, number=3),
            "FREQ=MONTHLY;BYDAY=-1MO;COUNT=3",
            ["30.11", "28.12", "25.01"],
        ),
        (
            Pattern(
                Rhythm.MONTHLY, date(2026, 11, 24), TEN, NOON, weekdays=(3,),
                which=Which.FIRST, number=2,
            ),
            "FREQ=MONTHLY;BYDAY=1WE;COUNT=2",
            ["02.12", "06.01"],
        ),
    ],
)  # fmt: skip
def test_patterns(pattern: Pattern, rrule: str, days: list[str]) -> None:
    assert pattern.rrule == rrule
    assert [day.strftime("%d.%m") for day in pattern.dates()] == days


@pytest.mark.parametrize(
    "end", [{"number": 10_000}, {"number": 10**12}, {"until": date(2126, 11, 24)}]
)
def test_too_many_dates_are_refused_in_words(end: dict[str, object]) -> None:
    with pytest.raises(TooManyDates, match=f"at most {MAX_DATES} dates") as refusal:
        weekly(date(2026, 11, 24), **end).dates()
    assert "Let it end sooner" in str(refusal.value)
    assert len(weekly(date(2026, 11, 24), number=MAX_DATES).dates()) == MAX_DATES


def test_a_series_without_a_date_is_refused_in_words() -> None:
    with pytest.raises(NoDates, match="No date fits"):
        weekly(date(2026, 11, 24), weekdays=(1,), until=date(2026, 11, 29)).dates()


def test_holidays_of_a_year() -> None:
    assert len(holidays(2024)) == 13
    assert len(holidays(2025)) == 14
    assert (holiday_on(date(2024, 12, 24)), holiday_on(date(2025, 12, 24))) == ("", "Christmas Eve")
    assert holiday_on(date(2027, 3, 28)) == "Easter Sunday"
    assert holiday_on(date(2027, 3, 29)) == "Easter Monday"
    assert holiday_on(date(2026, 6, 4)) == "Corpus Christi"
    assert is_red(date(2026, 11, 22))  # a Sunday
    assert is_red(date(2026, 11, 11))
    assert not is_red(date(2026, 11, 24))
