"""Mails leave through the mail server of the settings, or become files."""

import logging
import smtplib
import ssl
from collections.abc import Callable
from contextlib import suppress
from types import TracebackType
from typing import Self

from django.conf import settings

from portal.notifications.letters import Letters
from portal.notifications.lines import Line, Unconnected, written_to_folder
from portal.notifications.models import Delivery, Message
from portal.notifications.trouble import LineBroke, LineDown, NotNow, Refused, Trouble

logger = logging.getLogger(__name__)

TOO_BIG, CLOSING = 552, 421


def mail_line() -> Line:
    return SmtpLine() if settings.MAIL_TRANSPORT == "smtp" else FileLine()


class SmtpLine:
    """One connection, kept open from the first mail to the last."""

    def __init__(self) -> None:
        self._letters = Letters()
        self._server: smtplib.SMTP | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._hang_up(politely=kind is None)

    def send(self, delivery: Delivery, message: Message, settle: Callable[[], None]) -> str:
        address, mail = self._letters.addressed(delivery, message)
        # Every error of smtplib is an OSError.
        try:
            server = self._server or self._connect()
        except OSError as error:
            raise LineDown(_without_addresses(error)) from error
        try:
            self._hand_over(server, address, mail, settle)
        except LineDown:
            self._hang_up(politely=False)
            raise
        except OSError as error:
            self._hang_up(politely=False)
            raise LineBroke(_without_addresses(error)) from error
        return ""

    def _hand_over(
        self, server: smtplib.SMTP, address: str, mail: bytes, settle: Callable[[], None]
    ) -> None:
        """The steps of ``smtplib.sendmail``, with ours before the content leaves."""
        server.ehlo_or_helo_if_needed()
        size = [f"size={len(mail)}"] if server.has_extn("size") else []
        code, _words = server.mail(self._letters.sender, size)
        if code == TOO_BIG:
            _reset(server)
            raise Refused(Trouble.REFUSED, code)
        if not _is_ok(code):
            # It is us whom the server does not like: no fault of this message.
            raise smtplib.SMTPSenderRefused(code, b"", self._letters.sender)
        code, _words = server.rcpt(address)
        if not _is_ok(code):
            _reset(server)
            raise _answer(code)
        settle()
        try:
            code, _words = server.data(mail)
        except smtplib.SMTPDataError as refusal:  # before the content
            code = refusal.smtp_code
        if not _is_ok(code):
            _reset(server)
            raise _answer(code)

    def _connect(self) -> smtplib.SMTP:
        if settings.EMAIL_USE_SSL:
            server: smtplib.SMTP = smtplib.SMTP_SSL(
                settings.EMAIL_HOST,
                settings.EMAIL_PORT,
                timeout=settings.EMAIL_TIMEOUT,
                context=ssl.create_default_context(),
            )
        else:
            server = smtplib.SMTP(
                settings.EMAIL_HOST, settings.EMAIL_PORT, timeout=settings.EMAIL_TIMEOUT
            )
        if settings.EMAIL_USE_TLS:
            server.starttls(context=ssl.create_default_context())
        if settings.EMAIL_HOST_USER:
            server.login(settings.EMAIL_HOST_USER, settings.EMAIL_HOST_PASSWORD)
        self._server = server
        return server

    def _hang_up(self, *, politely: bool) -> None:
        server, self._server = self._server, None
        if server is None:
            return
        try:
            if politely:
                server.quit()
        except OSError:
            logger.debug("The mail server was gone before it was told good-bye.")
        finally:
            server.close()


class FileLine(Unconnected):
    """Development and the demo, where there is no mail server."""

    def __init__(self) -> None:
        self._letters = Letters()

    def send(self, delivery: Delivery, message: Message, settle: Callable[[], None]) -> str:
        _address, mail = self._letters.addressed(delivery, message)
        settle()
        written_to_folder(f"{delivery.pk}.eml", mail, channel="mail")
        return ""


def _is_ok(code: int) -> bool:
    return 200 <= code < 300


def _reset(server: smtplib.SMTP) -> None:
    """Begin anew, unless the server has said that it goes."""
    with suppress(smtplib.SMTPServerDisconnected):
        server.rset()


def _answer(code: int) -> Exception:
    """What the server said about one message, by its SMTP code (RFC 5321, 4.2.1)."""
    if code == CLOSING:
        return LineBroke(f"the server closes the connection ({code})")
    return Refused(Trouble.REFUSED, code) if code >= 500 else NotNow(code)


def _without_addresses(error: OSError) -> str:
    """For the log: what a server says may quote somebody's address."""
    code = getattr(error, "smtp_code", "")
    return f"{type(error).__name__} {code}".strip()
