"""Six-digit codes: sent to an address, typed within ten minutes, three tries.

The session that asked keeps the code; how often it was tried is kept where parallel requests
cannot step around it. Whether a code was really sent, or the address belongs to nobody (or, at
sign-up, to somebody), shows in nothing the asking browser gets to see.
"""

import secrets
from dataclasses import asdict, dataclass, field
from datetime import timedelta
from enum import StrEnum
from time import time
from typing import Any
from uuid import UUID, uuid4

from allauth.core.internal.cryptokit import compare_user_code
from django.http import HttpRequest
from django.utils import timezone

from portal.accounts.limits import TooManyTries, take
from portal.accounts.models import User
from portal.entrance import tries
from portal.entrance.addresses import LoginAddress
from portal.notifications.promise import promise

LASTS = timedelta(minutes=10)
DIGITS = 6


class Purpose(StrEnum):
    LOG_IN = "log_in"
    SIGN_UP = "sign_up"
    CHANGE_ADDRESS = "change_address"
    CONFIRM = "confirm"


class CodeOver(Exception):
    """Too old, used, tried too often, or never asked for in this browser."""


class CodeWrong(Exception):
    """Not the one that was sent; ``left`` more tries."""

    def __init__(self, left: int) -> None:
        super().__init__()
        self.left = left


@dataclass(frozen=True, slots=True)
class Code:
    """
    Attributes:
        digits: "" when the address got other news than a code.
        user: id of the login it is for, "" when there is none.
        details: what to do once it is shown: names at sign-up.
    """

    purpose: Purpose
    channel: str
    value: str
    digits: str
    user: str
    details: dict[str, str] = field(default_factory=dict)
    id: str = field(default_factory=lambda: uuid4().hex)
    at: float = field(default_factory=time)

    @property
    def address(self) -> LoginAddress:
        return LoginAddress(self.channel, self.value)

    @property
    def is_old(self) -> bool:
        return time() - self.at > LASTS.total_seconds()

    def login(self) -> User | None:
        if not self.user:
            return None
        return User.objects.filter(pk=UUID(self.user), is_active=True).first()


def send(
    request: HttpRequest,
    purpose: Purpose,
    address: LoginAddress,
    *,
    user: User | None,
    details: dict[str, str] | None = None,
    news_instead: tuple[str, dict[str, Any]] | None = None,
) -> None:
    """Promise a code, or ``news_instead`` of one: a kind of message and its context.

    Raises:
        TooManyTries: enough was sent to this address, or for this client.
    """
    tries.send(request, address.value)
    digits = "".join(secrets.choice("0123456789") for _digit in range(DIGITS))
    kind, context = news_instead or ("entrance/code", {"code": digits})
    promise(kind, to=[address.recipient()], context=context, expires_at=timezone.now() + LASTS)
    code = Code(
        purpose=purpose,
        channel=str(address.channel),
        value=address.value,
        digits="" if news_instead else digits,
        user=str(user.pk) if user and not news_instead else "",
        details=details or {},
    )
    request.session[_key(purpose)] = asdict(code)


def asked_for(request: HttpRequest, purpose: Purpose) -> Code:
    """The code this browser asked for last, perhaps too old.

    Raises:
        CodeOver: none, or it was used.
    """
    state = request.session.get(_key(purpose))
    if state is None:
        raise CodeOver
    return Code(**state)


def show(request: HttpRequest, purpose: Purpose, typed: str) -> Code:
    """Compare what was typed; the right code opens once.

    Raises:
        CodeOver: a new one is needed.
        CodeWrong: with the number of tries left.
        TooManyTries: of this address or client, over several codes.
    """
    code = asked_for(request, purpose)
    if code.is_old:
        raise CodeOver
    tries.guess(request, code.value)
    try:
        tried = take(tries.OF_A_CODE, code.id)
    except TooManyTries:
        raise CodeOver from None
    if not compare_user_code(actual=typed, expected=code.digits):
        if tried == tries.OF_A_CODE.tries:
            raise CodeOver
        raise CodeWrong(tries.OF_A_CODE.tries - tried)
    try:
        tries.use_once(code.id)
    except TooManyTries:
        raise CodeOver from None
    tries.guessed_right(code.value)
    del request.session[_key(purpose)]
    return code


def _key(purpose: Purpose) -> str:
    return f"entrance.{purpose}"
