"""Which browser fills in a form: guests have no login, but what they began is theirs alone.

The cookie is a random secret, the database knows its digest: who reads the table cannot pretend to
be the browser.
"""

import secrets
from datetime import timedelta
from hashlib import sha256
from typing import TypeVar

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase

LASTS = timedelta(days=1)
_SECRET = 43  # characters of 32 random bytes

R = TypeVar("R", bound=HttpResponseBase)


def cookie_name() -> str:
    """``__Host-zapis`` where cookies go over TLS only, as the session's."""
    return "__Host-zapis" if settings.SESSION_COOKIE_SECURE else "zapis"


def client_of(request: HttpRequest) -> str | None:
    """The digest the browser's drafts are kept under; None for a browser that began nothing."""
    secret = request.COOKIES.get(cookie_name(), "")
    return digest(secret) if len(secret) == _SECRET else None


def new_secret() -> str:
    return secrets.token_urlsafe(32)


def digest(secret: str) -> str:
    return sha256(secret.encode()).hexdigest()


def with_client(request: HttpRequest, response: R, *, secret: str = "") -> R:
    """The response, with the browser's secret for another day; ``secret`` where it is new."""
    response.set_cookie(
        cookie_name(),
        secret or request.COOKIES[cookie_name()],
        max_age=LASTS,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )
    return response
