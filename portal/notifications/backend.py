"""Django's e-mail, so that every mail of Django, allauth and Wagtail is promised like ours.

It becomes rows in the caller's transaction. The sender is always the site: ``from_email`` and
``Reply-To`` of the mail do not matter.
"""

import mimetypes
from collections.abc import Iterator, Sequence
from email.mime.base import MIMEBase
from email.utils import parseaddr
from typing import Any

from django.conf import settings
from django.core.mail import BadHeaderError, EmailMessage
from django.core.mail.backends.base import BaseEmailBackend
from django.utils.translation import get_language

from portal.notifications.kinds import DJANGO_MAIL
from portal.notifications.promise import Address, File, promise
from portal.notifications.rendering import Words
from tenants.binding import current_tenant

ANY_TYPE = "application/octet-stream"


class OutboxBackend(BaseEmailBackend):
    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """Promise each; every recipient gets a copy, and sees no other's address.

        Raises:
            NoTenantBound: outside a site, where there is nobody to send as.
            BadHeaderError: a subject or an address of several lines.
        """
        current_tenant()
        return sum(_promise(mail) for mail in email_messages)


def _promise(mail: EmailMessage) -> bool:
    addresses = list(dict.fromkeys(parseaddr(to)[1].lower() for to in _recipients(mail)))
    language = _language()
    if addresses:
        promise(
            DJANGO_MAIL.key,
            to=[Address(address, language=language) for address in addresses],
            content={language: _words(mail)},
            files=list(_files(mail)),
        )
    return bool(addresses)


def _recipients(mail: EmailMessage) -> Iterator[str]:
    for line in (mail.subject, *mail.recipients()):
        if "\n" in str(line) or "\r" in str(line):
            raise BadHeaderError(f"A header of several lines: {str(line)[:40]!r}")
    yield from mail.recipients()


def _words(mail: EmailMessage) -> Words:
    subject, text = str(mail.subject).strip(), str(mail.body)
    words = Words(subject=subject, text=text, sms=subject)
    pages = [
        str(alternative[0])
        for alternative in getattr(mail, "alternatives", ())
        if alternative[1] == "text/html"
    ]
    if mail.content_subtype == "html":
        pages = [text]
        words["text"] = subject
    if pages:
        words["html"] = pages[0]
    return words


def _files(mail: EmailMessage) -> Iterator[File]:
    for attachment in mail.attachments:
        if isinstance(attachment, MIMEBase):
            content: Any = attachment.get_payload(decode=True)
            name, kind = attachment.get_filename(), attachment.get_content_type()
        else:
            name, content, kind = attachment
        if isinstance(content, str):
            content = content.encode()
        name = name or "attachment"
        yield File(name, kind or mimetypes.guess_type(name)[0] or ANY_TYPE, content)


def _language() -> str:
    active = (get_language() or settings.LANGUAGE_CODE).partition("-")[0]
    return active if active in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE
