"""Signed links and tokens that are worth nothing on another site."""

import base64
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.core import signing
from django.utils.crypto import constant_time_compare, salted_hmac

from tenants.binding import current_tenant

BadSignature = signing.BadSignature
SignatureExpired = signing.SignatureExpired
# Five bits each.
_STAMP_LENGTH = 20


def dumps(value: Any, *, purpose: str) -> str:
    """A URL-safe token of JSON-ready ``value``, valid on the bound site for this purpose only."""
    return signing.dumps(value, salt=_salt(purpose), compress=True)


def loads(token: str, *, purpose: str, max_age: timedelta) -> Any:
    """The value of a token.

    Raises:
        SignatureExpired: older than ``max_age``.
        BadSignature: forged, damaged, for another purpose or minted on another site.
    """
    return signing.loads(token, salt=_salt(purpose), max_age=max_age)


def stamp(value: str, *, purpose: str) -> str:
    """A short mark that only this site can put on ``value``: 100 bits in letters and digits, to be
    typed from paper. Nothing has to be stored in order to recognise it."""
    return _stamp(value, purpose, settings.SECRET_KEY)


def is_stamp_of(mark: str, value: str, *, purpose: str) -> bool:
    """Whether :func:`stamp` gave it, with the key of now or an earlier one still in use."""
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    return any(constant_time_compare(mark, _stamp(value, purpose, key)) for key in keys)


def _stamp(value: str, purpose: str, key: str | bytes) -> str:
    digest = salted_hmac(_salt(purpose), value, secret=key, algorithm="sha256").digest()
    return base64.b32encode(digest)[:_STAMP_LENGTH].decode().lower()


def _salt(purpose: str) -> str:
    return f"gromada:{current_tenant().pk}:{purpose}"
