"""Telephone numbers of people, as they are typed and as they are kept."""

import phonenumbers
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from tenants import formats

_POLAND = 48
_REACHED_BY_SMS = {
    phonenumbers.PhoneNumberType.MOBILE,
    phonenumbers.PhoneNumberType.FIXED_LINE_OR_MOBILE,
}


def clean_phone(text: str) -> str:
    """``0 61 283 01 22`` → ``+48612830122``; numbers without a country code are Polish.

    Raises:
        ValidationError: nobody can be called at this number.
    """
    if not text.strip():
        return ""
    try:
        number = formats.phone(text).href.removeprefix("tel:")
    except formats.PhoneError:
        number = ""
    if not number.startswith("+"):
        raise ValidationError(
            _("This is not a full phone number. Write all 9 digits, for example 600 100 200.")
        )
    return number


def receives_sms(number: str) -> bool:
    """Whether the number can be a mobile one; text messages do not reach landlines."""
    return phonenumbers.number_type(phonenumbers.parse(number)) in _REACHED_BY_SMS


def written(number: phonenumbers.PhoneNumber) -> str:
    """``600 100 200``; a foreign number with its country code."""
    at_home = number.country_code == _POLAND
    form = phonenumbers.PhoneNumberFormat
    return phonenumbers.format_number(number, form.NATIONAL if at_home else form.INTERNATIONAL)
