"""The second factor of staff: shown by the session, or the login is nobody."""

from datetime import timedelta
from time import time
from typing import Any

from allauth.account.authentication import (
    AUTHENTICATION_METHODS_SESSION_KEY,
    get_authentication_records,
)
from allauth.account.internal.flows.login import record_authentication
from allauth.mfa.models import Authenticator
from django.contrib.auth import get_user
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest
from django.urls import Resolver404, resolve

from portal.accounts.models import User

# Where somebody who has not shown it is still who they are: to show it, to set it up, to leave.
_BEFORE_IT = {
    "account_login",
    "account_logout",
    "account_reauthenticate",
    "entrance:confirm_by_code",
    "entrance:confirmation_code",
    "entrance:confirmation_code_again",
    "mfa_index",
    "mfa_activate_totp",
    "mfa_add_webauthn",
    "mfa_reauthenticate",
    "mfa_reauthenticate_webauthn",
}
# How long after showing who one is the security of a login may be changed.
PROOF_LASTS = timedelta(minutes=10)


def trusted_user(request: HttpRequest) -> User | AnonymousUser:
    """Whose session it is; nobody's, as long as a second factor is due."""
    user = get_user(request)
    if not isinstance(user, User) or not is_due(request, user) or _is_before_it(request):
        return user
    return AnonymousUser()


def is_due(request: HttpRequest, user: User) -> bool:
    return not is_shown(request, user) and user.is_staff


def is_shown(request: HttpRequest, user: User) -> bool:
    records = get_authentication_records(request, user)
    return any(record.get("method") == "mfa" for record in records)


def mark_shown(request: HttpRequest, user: User, *, kind: str) -> None:
    """The session has shown a second factor: ``kind`` is one of ``Authenticator.Type``."""
    record_authentication(request, user, "mfa", type=kind)


def forget_shown(request: HttpRequest) -> None:
    records = request.session.get(AUTHENTICATION_METHODS_SESSION_KEY, [])
    request.session[AUTHENTICATION_METHODS_SESSION_KEY] = [
        record for record in records if record.get("method") != "mfa"
    ]


def has_one(user: User) -> bool:
    """Whether there is a second factor to show; recovery codes only stand in for another."""
    factors = Authenticator.objects.filter(user=user)
    return bool(factors.exclude(type=Authenticator.Type.RECOVERY_CODES).exists())


def is_recently_proved(request: HttpRequest, user: User) -> bool:
    """Whether it was a moment ago that the session showed who it is, as strictly as it can."""
    records: list[dict[str, Any]] = get_authentication_records(request, user)
    if has_one(user):
        records = [record for record in records if record.get("method") == "mfa"]
    since = time() - PROOF_LASTS.total_seconds()
    return any(record["at"] > since for record in records)


def _is_before_it(request: HttpRequest) -> bool:
    try:
        match = request.resolver_match or resolve(request.path_info)
    except Resolver404:
        return False
    return match.view_name in _BEFORE_IT
