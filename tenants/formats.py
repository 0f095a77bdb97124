"""Facts as people read them: amounts, counts, dates, hours, telephone numbers.

Numbers look the same in every language, as in the documents they come from; the words in dates and
periods follow the active language (``portal/formats``).
"""

import re
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal

import phonenumbers
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from phonenumbers import PhoneNumberFormat

NO_BREAK = "\u00a0"
_GROUPED = str.maketrans({",": NO_BREAK, ".": ","})
# Django's names of months stand alone, as over a calendar, with a capital.
_MONTHS_IN_LOWER_CASE = {"pl", "uk"}


def amount(value: Decimal) -> str:
    """``35 917 986,98 zł``; every space is U+00A0."""
    return f"{value:,.2f}".translate(_GROUPED) + f"{NO_BREAK}zł"


def count(value: int) -> str:
    """``1400``, ``12 500``: four digits stay together, as Polish spelling has it."""
    return str(value) if abs(value) < 10_000 else f"{value:,}".translate(_GROUPED)


def day(value: date) -> str:
    """``1 września 2024 r.``"""
    return date_format(value, "DATE_FORMAT")


def month(value: date) -> str:
    """``styczeń 2021 r.``"""
    text = date_format(value, "YEAR_MONTH_FORMAT")
    return text.lower() if get_language() in _MONTHS_IN_LOWER_CASE else text


def period(starts: date, ends: date, precision: str) -> str:
    """``od 1 września 2024 r. do 31 października 2028 r.``; ``styczeń 2021 r. – maj 2023 r.``

    ``precision`` is a ``DatePrecision``: a period stated in months never shows a day.
    """
    if precision == "month":
        first, last = month(starts), month(ends)
        return first if first == last else f"{first} – {last}"
    return _("from %(start)s to %(end)s") % {"start": day(starts), "end": day(ends)}


def moment(value: datetime) -> str:
    """``3 marca 2026 r., 8:00``, of the clock in Poland."""
    local = timezone.localtime(value)
    return f"{day(local.date())}, {local.hour}:{local:%M}"


def hours(opens: time, closes: time) -> str:
    """``7:30–15:30``"""
    return f"{opens.hour}:{opens:%M}–{closes.hour}:{closes:%M}"


class PhoneError(ValueError):
    """Not a telephone number that can be dialled."""


@dataclass(frozen=True, slots=True)
class Phone:
    """A number to read, and the ``tel:`` address to dial it (RFC 3966)."""

    display: str
    href: str


def phone(text: str) -> Phone:
    """``(0-25) 755 41 01`` → ``25 755 41 01`` and ``tel:+48257554101``.

    Numbers without a country code are Polish; short ones (``112``, ``116 123``) are dialled as
    they are.

    Raises:
        PhoneError: no such number can exist.
    """
    try:
        number = phonenumbers.parse(_without_trunk_zero(text), "PL")
    except phonenumbers.NumberParseException:
        raise PhoneError(_("%(text)r is not a telephone number.") % {"text": text}) from None
    if phonenumbers.is_valid_number(number):
        at_home = number.country_code == 48
        form = PhoneNumberFormat.NATIONAL if at_home else PhoneNumberFormat.INTERNATIONAL
        return Phone(
            phonenumbers.format_number(number, form),
            "tel:" + phonenumbers.format_number(number, PhoneNumberFormat.E164),
        )
    if phonenumbers.is_valid_short_number_for_region(number, "PL"):
        return Phone(
            phonenumbers.format_number(number, PhoneNumberFormat.NATIONAL),
            f"tel:{number.national_number}",
        )
    raise PhoneError(_("%(text)r is not a telephone number.") % {"text": text})


def _without_trunk_zero(text: str) -> str:
    """Until 2010 a zero was dialled before the area code, and offices still print it.

    It goes before the number is parsed: with it the parser finds another number.
    """
    dialled = re.sub(r"[^\d+]", "", text)
    prefix = re.match(r"(?:\+|00)48", dialled)
    national = dialled[prefix.end() :] if prefix else dialled
    if len(national) == 10 and national.startswith("0"):
        return f"+48{national[1:]}"
    return text
