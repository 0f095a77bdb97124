"""Telephone numbers are kept as people read them; ``tenants.formats`` makes them diallable."""

from django.core.exceptions import ValidationError

from tenants.formats import PhoneError, phone

PHONE_LENGTH = 20
PHONE_FORMAT = r"^\+?[0-9][0-9 -]*$"


def readable(text: str, *, field: str) -> str:
    """``(0-25) 755 41 01`` → ``25 755 41 01``; nothing stays nothing.

    Raises:
        ValidationError: no such number can exist; the error belongs to ``field``.
    """
    if not text:
        return ""
    try:
        return phone(text).display
    except PhoneError as error:
        raise ValidationError({field: str(error)}) from None
