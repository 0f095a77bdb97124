"""Facts look on every page as people write them."""

import re
from datetime import date, time
from decimal import Decimal

import phonenumbers
import pytest
from django.template import Context, Template
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from tenants import formats
from tenants.formats import Phone, PhoneError

SPACE = "\u00a0"


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("35917986.98", "35 917 986,98 zł"),
        ("2231460.00", "2 231 460,00 zł"),
        ("3591798.70", "3 591 798,70 zł"),
        ("391329.05", "391 329,05 zł"),
        ("1200", "1 200,00 zł"),
        ("0.5", "0,50 zł"),
        ("0", "0,00 zł"),
    ],
)
def test_amounts_are_grouped_with_spaces_that_do_not_break(value: str, text: str) -> None:
    assert formats.amount(Decimal(value)) == text.replace(" ", SPACE)


@given(st.decimals(min_value=0, max_value=Decimal("999999999999.99"), places=2))
def test_amounts_read_back_exactly(value: Decimal) -> None:
    text = formats.amount(value)
    assert re.fullmatch(r"\d{1,3}(\xa0\d{3})*,\d\d\xa0zł", text)
    assert Decimal(text.removesuffix("zł").replace(SPACE, "").replace(",", ".")) == value


@pytest.mark.parametrize(
    ("value", "text"),
    [(7, "7"), (1400, "1400"), (2100, "2100"), (9999, "9999"), (10000, "10 000"), (-5, "-5")],
)
def test_four_digits_of_a_count_stay_together(value: int, text: str) -> None:
    assert formats.count(value) == text.replace(" ", SPACE)


@given(st.integers(min_value=0, max_value=10**12))
def test_counts_read_back_exactly(value: int) -> None:
    assert int(formats.count(value).replace(SPACE, "")) == value


@pytest.mark.parametrize(
    ("language", "day", "month"),
    [
        ("pl", "1 września 2024 r.", "wrzesień 2024 r."),
        ("en", "1 September 2024", "September 2024"),
        ("uk", "1 вересня 2024 р.", "вересень 2024 р."),
    ],
)
def test_dates_speak_the_language_of_the_page(language: str, day: str, month: str) -> None:
    with translation.override(language):
        assert formats.day(date(2024, 9, 1)) == day
        assert formats.month(date(2024, 9, 1)) == month


def test_period_of_days() -> None:
    with translation.override("en"):
        text = formats.period(date(2024, 9, 1), date(2028, 10, 31), "day")
    assert text == "from 1 September 2024 to 31 October 2028"


def test_period_of_months_shows_no_day() -> None:
    with translation.override("pl"):
        text = formats.period(date(2021, 1, 1), date(2023, 5, 31), "month")
        one_month = formats.period(date(2023, 5, 1), date(2023, 5, 31), "month")
    assert text == "styczeń 2021 r. – maj 2023 r."
    assert one_month == "maj 2023 r."


@pytest.mark.parametrize(
    ("opens", "closes", "text"),
    [
        (time(7, 30), time(15, 30), "7:30–15:30"),
        (time(7, 30), time(16), "7:30–16:00"),
        (time(10), time(10, 5), "10:00–10:05"),
    ],
)
def test_hours(opens: time, closes: time, text: str) -> None:
    assert formats.hours(opens, closes) == text


@pytest.mark.parametrize(
    ("typed", "display", "href"),
    [
        ("(0-25) 755 41 01", "25 755 41 01", "tel:+48257554101"),
        ("(0-25) 7554101", "25 755 41 01", "tel:+48257554101"),
        ("0257554101", "25 755 41 01", "tel:+48257554101"),
        ("25 755 41 01", "25 755 41 01", "tel:+48257554101"),
        ("+48 25 755 41 01", "25 755 41 01", "tel:+48257554101"),
        ("+48255755101", "25 575 51 01", "tel:+48255755101"),
        ("+48 (0) 25 755 41 01", "25 755 41 01", "tel:+48257554101"),
        ("0048 25 755 41 01", "25 755 41 01", "tel:+48257554101"),
        ("61/814 53 41", "61 814 53 41", "tel:+48618145341"),
        ("61/8145341", "61 814 53 41", "tel:+48618145341"),
        ("607 900 235", "607 900 235", "tel:+48607900235"),
        ("112", "112", "tel:112"),
        ("116 123", "116 123", "tel:116123"),
        ("+380 44 123 45 67", "+380 44 123 4567", "tel:+380441234567"),
    ],
)
def test_phones_are_read_as_offices_print_them(typed: str, display: str, href: str) -> None:
    assert formats.phone(typed) == Phone(display, href)


@pytest.mark.parametrize("typed", ["", "brak", "12", "25 755 41", "(0-25) 755 41 01 02", "+48 1"])
def test_what_cannot_be_dialled_is_no_phone(typed: str) -> None:
    with pytest.raises(PhoneError):
        formats.phone(typed)


polish_numbers = st.from_regex(r"[1-9][0-9]{8}", fullmatch=True).filter(
    lambda digits: phonenumbers.is_valid_number(phonenumbers.parse(digits, "PL"))
)


@given(
    polish_numbers,
    st.sampled_from(["{}", "0{}", "0-{}", "(0) {}", "+48{}", "+48 0{}", "0048{}", "0048 (0){}"]),
    st.lists(st.integers(min_value=1, max_value=8), max_size=4),
)
def test_every_spelling_of_a_number_dials_the_same(
    digits: str, spelling: str, gaps: list[int]
) -> None:
    spaced = "".join(f"{'-' if place in gaps else ''}{digit}" for place, digit in enumerate(digits))
    found = formats.phone(spelling.format(spaced))
    assert found.href == f"tel:+48{digits}"
    assert found.display.replace(" ", "") == digits


@given(st.text(max_size=30))
def test_any_text_is_a_phone_or_refused(text: str) -> None:
    try:
        found = formats.phone(text)
    except PhoneError:
        return
    assert re.fullmatch(r"tel:\+?\d+", found.href)


def test_filters_print_the_same_in_templates() -> None:
    class Stage:
        starts_on, ends_on, date_precision = date(2021, 1, 1), date(2021, 4, 30), "month"

    template = Template(
        "{% load facts %}{{ money|amount }}/{{ people|count }}/{{ stage|period }}"
        "/{{ opens|hours:closes }}/{% with line=number|phone %}{{ line.href }} {{ line.display }}"
        "{% endwith %}/{{ nothing|amount }}{{ nothing|count }}{{ nothing|day }}"
    )
    values = {
        "money": Decimal("2231460.00"), "people": 1400, "stage": Stage(), "nothing": None,
        "opens": time(7, 30), "closes": time(15), "number": "(0-25) 755 41 01",
    }  # fmt: skip
    with translation.override("pl"):
        text = template.render(Context(values))
    assert text.replace(SPACE, " ") == (
        "2 231 460,00 zł/1400/styczeń 2021 r. – kwiecień 2021 r./7:30–15:00"
        "/tel:+48257554101 25 755 41 01/"
    )


def test_a_number_that_cannot_be_dialled_is_shown_without_a_link() -> None:
    template = Template(
        "{% load facts %}{% with line='wew. 12'|phone %}"
        "[{{ line.href }}]{{ line.display }}{% endwith %}"
    )
    assert template.render(Context()) == "[]wew. 12"
