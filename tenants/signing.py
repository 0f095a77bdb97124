"""Signed links and tokens that are worth nothing on another site."""

from datetime import timedelta
from typing import Any

from django.core import signing

from tenants.binding import current_tenant

BadSignature = signing.BadSignature
SignatureExpired = signing.SignatureExpired


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


def _salt(purpose: str) -> str:
    return f"gromada:{current_tenant().pk}:{purpose}"
