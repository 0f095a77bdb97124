"""Text messages leave through SMSAPI, or become files.

Each carries the delivery's id as ``idx`` with ``check_idx``: SMSAPI refuses a second one with the
same id, so a try that was interrupted after it was accepted sends nothing twice.
"""

import json
from collections.abc import Callable
from typing import Any

from django.conf import settings
from smsapi.client import Client
from smsapi.exception import SmsApiException

from portal.notifications.lines import Line, Unconnected, written_to_folder
from portal.notifications.models import Delivery, Message, SenderIdentity
from portal.notifications.sms_length import sms_size
from portal.notifications.trouble import LineDown, NotNow, Refused, Trouble

TIMEOUT_SECONDS = 10

# Codes of https://www.smsapi.pl/docs: what was sent before, what may pass later, what concerns our
# account and not this message. Every other code is about the message itself.
SENT_BEFORE = 53
LATER = {52, 200, 202, 203}
OUR_ACCOUNT = {14, 101, 102, 103, 105, 110, 201, 401, 402, 403, 429, 999, 1000}


def sms_line() -> Line:
    lines: dict[str, type[Line]] = {"smsapi": SmsApiLine, "files": FileLine, "off": NoLine}
    return lines[settings.SMS_BACKEND]()


class SmsApiLine(Unconnected):
    def __init__(self) -> None:
        self._sender = _sender()
        self._client = Client(settings.SMSAPI_URL, access_token=settings.SMSAPI_TOKEN)

    def send(self, delivery: Delivery, message: Message, settle: Callable[[], None]) -> str:
        settle()
        try:
            answer = self._client.sms.send(
                to=_number(delivery),
                message=text_of(delivery, message),
                idx=str(delivery.pk),
                check_idx=1,
                encoding="utf-8",
                timeout=TIMEOUT_SECONDS,
                **({"from_": self._sender} if self._sender else {}),
            )
        except SmsApiException as problem:
            if problem.code == SENT_BEFORE:
                return ""
            raise _trouble(problem.code) from problem
        except OSError as problem:  # every error of requests is one
            raise LineDown(type(problem).__name__) from problem
        return _provider_id(answer)


class FileLine(Unconnected):
    """Development and the demo."""

    def __init__(self) -> None:
        self._sender = _sender()

    def send(self, delivery: Delivery, message: Message, settle: Callable[[], None]) -> str:
        text = text_of(delivery, message)
        sms = {
            "to": _number(delivery),
            "from": self._sender,
            "text": text,
            "parts": sms_size(text).parts,
        }
        content = json.dumps(sms, ensure_ascii=False, indent=1).encode()
        settle()
        written_to_folder(f"{delivery.pk}.json", content, channel="sms")
        return ""


class NoLine(Unconnected):
    """A site without a contract for text messages."""

    def send(self, delivery: Delivery, message: Message, settle: Callable[[], None]) -> str:
        raise Refused(Trouble.NO_SMS)


def text_of(delivery: Delivery, message: Message) -> str:
    words = message.words_in(delivery.language)
    if words is None:
        raise Refused(Trouble.WORDS_GONE)
    return words["sms"]


def _sender() -> str:
    identity = SenderIdentity.objects.first()
    return identity.sms_name if identity else ""


def _number(delivery: Delivery) -> str:
    if not delivery.to:
        raise Refused(Trouble.NO_ADDRESS)
    return delivery.to.removeprefix("+")


def _provider_id(answer: Any) -> str:
    """Of the only message in the answer; an answer without one may mean anything."""
    if not answer.results:
        raise LineDown("an answer without a result")
    [result] = answer.results
    if result.error:
        raise _trouble(int(result.error))
    return str(result.id)


def _trouble(code: int) -> Exception:
    if code in OUR_ACCOUNT or 500 <= code < 600:
        return LineDown(f"SMSAPI answers {code}")
    return NotNow(code) if code in LATER else Refused(Trouble.REFUSED, code)
