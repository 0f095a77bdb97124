"""Mails as bytes: built once for a message and language, and addressed for each delivery."""

import re
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, parseaddr
from uuid import UUID

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation

from portal.notifications.kinds import Category, category_of
from portal.notifications.links import absolute
from portal.notifications.models import Delivery, Message, SenderIdentity
from portal.notifications.rendering import Words, plain
from portal.notifications.trouble import Refused, Trouble
from tenants.binding import current_tenant
from tenants.models import Domain

# Everything in ASCII: no mail server on the way has to know more.
_POLICY = SMTP.clone(cte_type="7bit")
# Bodies of this many messages are kept while a line is open.
KEPT = 40


class Letters:
    """The mails of the bound site, from its sender."""

    def __init__(self) -> None:
        tenant = current_tenant()
        identity = SenderIdentity.objects.first() or SenderIdentity()
        self.sender_name = _one_line(identity.sender_name or tenant.name)
        self.sender = parseaddr(settings.DEFAULT_FROM_EMAIL)[1]
        self.reply_to = identity.reply_to
        self.colour = tenant.colour
        self.domain = Domain.objects.get(tenant=tenant, is_primary=True).domain
        self._bodies: dict[tuple[UUID, str], bytes] = {}

    def addressed(self, delivery: Delivery, message: Message) -> tuple[str, bytes]:
        """The address for the envelope, and the mail.

        The same delivery has the same Message-ID at every try, so that one that was sent twice
        can be known as one.

        Raises:
            Refused: there is no proper address, or the words are gone.
        """
        to = ascii_address(delivery.to)
        key = (message.pk, delivery.language)
        if key not in self._bodies:
            if len(self._bodies) >= KEPT:
                self._bodies.clear()
            self._bodies[key] = self._body(message, delivery.language)
        head = f"To: {to}\r\nMessage-ID: <{delivery.pk}@{self.domain}>\r\n"
        return to, head.encode("ascii") + self._bodies[key]

    def _body(self, message: Message, language: str) -> bytes:
        words = message.words_in(language)
        if words is None:
            raise Refused(Trouble.WORDS_GONE)
        mail = EmailMessage(policy=_POLICY)
        mail["From"] = Address(self.sender_name, addr_spec=self.sender)
        if self.reply_to:
            mail["Reply-To"] = self.reply_to
        mail["Subject"] = _one_line(words["subject"])
        mail["Date"] = format_datetime(timezone.localtime(message.created_at))
        mail["Auto-Submitted"] = "auto-generated"
        with translation.override(language):
            choices = _choices_address(message)
            if choices:
                mail["List-Unsubscribe"] = f"<{choices}>"
            text, page = self._text_and_page(words, language, choices)
        mail.set_content(text)
        mail.add_alternative(page, subtype="html")
        for file in message.attachments.all():
            main, _slash, sub = file.content_type.partition("/")
            mail.add_attachment(
                bytes(file.content), maintype=main, subtype=sub, filename=_one_line(file.name)
            )
        mail["Content-Language"] = language  # last: new content takes such headers away
        return mail.as_bytes()

    def _text_and_page(self, words: Words, language: str, choices: str) -> tuple[str, str]:
        if "html" in words:
            return words["text"], words["html"]
        values = {
            "text": words["text"],
            "subject": words["subject"],
            "language": language,
            "sender": self.sender_name,
            "colour": self.colour,
            "address": absolute(reverse("wagtail_serve", args=[""])),
            "choices": choices,
        }
        return (
            plain("emails/base.txt", values),
            render_to_string("emails/base.html", values),
        )


def ascii_address(address: str) -> str:
    """``ola@śrem.pl`` → ``ola@xn--rem-p4a.pl``.

    Raises:
        Refused: there is none, or not one that every mail server understands.
    """
    if not address:
        raise Refused(Trouble.NO_ADDRESS)
    name, _at, domain = address.rpartition("@")
    try:
        if not domain.isascii():
            domain = domain.encode("idna").decode("ascii")
        ascii_form = f"{name}@{domain}"
        ascii_form.encode("ascii")
        validate_email(ascii_form)
    except (UnicodeError, ValidationError):
        raise Refused(Trouble.BAD_ADDRESS) from None
    return ascii_form


def _choices_address(message: Message) -> str:
    """Where a person says what they want; "" for what must be said."""
    if category_of(message.kind) == Category.SERVICE:
        return ""
    return absolute(reverse("my_account:message_choices"))


def _one_line(text: str) -> str:
    """For a header: whatever was meant as its second line is part of the first."""
    return re.sub(r"[\x00-\x20\x7f\u2028\u2029]+", " ", text).strip()
