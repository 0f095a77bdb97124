"""Small rules: holidays, what an organiser typed, rules of an activity in words."""

from datetime import date, datetime, timedelta
from decimal import Decimal

import pytest
from django.utils.translation import override

from events.holidays import is_red
from events.models import Activity
from events.prose import Passage, passages
from events.rules_in_words import ages, fee, giving_back
from events.shown import Times
from events.templatetags.sessions import in_words, json_ld, on_a_leaf
from portal.places.hours import WARSAW


@pytest.mark.parametrize(
    "day",
    [
        "2027-01-01", "2027-01-06", "2027-03-28", "2027-03-29", "2027-05-01", "2027-05-03",
        "2027-05-16", "2027-05-27", "2027-08-15", "2027-11-01", "2027-11-11", "2027-12-24",
        "2027-12-25", "2027-12-26", "2027-02-07", "2024-12-25",
    ],
)  # fmt: skip
def test_sundays_and_holidays_are_red(day: str) -> None:
    assert is_red(date.fromisoformat(day))


@pytest.mark.parametrize("day", ["2024-12-24", "2027-05-02", "2027-05-17", "2027-11-12"])
def test_other_days_are_not(day: str) -> None:
    assert is_red(date.fromisoformat(day)) is (day == "2027-05-02")


def test_paragraphs_and_lists_need_no_markup() -> None:
    typed = "Pierwszy\r\nwiersz.\r\n\r\n\r\nDrugi:\r\n- a <b>\r\n-  b\r\n– c\r\nTrzeci -5 stopni"
    assert passages(typed) == [
        Passage(False, ["Pierwszy", "wiersz."]),
        Passage(False, ["Drugi:"]),
        Passage(True, ["a <b>", "b", "c"]),
        Passage(False, ["Trzeci -5 stopni"]),
    ]
    assert passages("  \n ") == []


@pytest.mark.parametrize(
    ("youngest", "oldest", "words"),
    [
        (None, None, ""),
        (60, None, "aged 60 or more"),
        (0, None, "aged 0 or more"),
        (None, 12, "aged up to 12"),
        (6, 12, "aged 6 to 12"),
    ],
)
def test_ages(youngest: int | None, oldest: int | None, words: str) -> None:
    with override("en"):
        assert ages(Activity(age_min=youngest, age_max=oldest)) == words


def test_fee() -> None:
    with override("en"):
        said = [
            fee(Activity(fee=Decimal(sum_of), kind=kind)).replace("\u00a0", " ")
            for sum_of, kind in (
                ("0", "course"), ("20", "course"), ("7.50", "open_series"), ("1200", "one_off"),
            )
        ]  # fmt: skip
    assert said == [
        "Free of charge", "20 zł for the whole course", "7,50 zł for each meeting", "1 200 zł",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("hours", "words"),
    [(0, "until the beginning"), (1, "up to 1 hour"), (24, "up to 1 day"), (72, "up to 3 days")],
)
def test_giving_back(hours: int, words: str) -> None:
    with override("en"):
        assert words in giving_back(Activity(cancel_hours_before=hours))


def test_times() -> None:
    starts = datetime(2026, 12, 1, 22, tzinfo=WARSAW)
    with override("pl"):
        assert in_words(Times(starts, starts + timedelta(hours=4))) == "wtorek, 22:00–2:00"
        assert on_a_leaf(date(2026, 11, 30)) == "pon."
        assert on_a_leaf(date(2026, 12, 3)) == "czwartek"
    with override("en"):
        assert in_words(Times(starts, starts + timedelta(days=2))) == (
            "from Tuesday, 1 December 2026, 22:00 to Thursday, 3 December 2026, 22:00"
        )


def test_data_for_machines_cannot_end_its_element() -> None:
    text = json_ld({"name": "</script><!--&"})
    assert text.count("<") == 2
    assert "&" not in text
