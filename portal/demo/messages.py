"""Messages that the demo's offices have written: read and unread, calls and a letter to do, and one
that came back."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone

from portal.accounts.models import Person, User
from portal.demo.made_up import content, key_of, mail_domain
from portal.notifications.models import Delivery, Message
from portal.notifications.routing import channel_of
from portal.notifications.trouble import Trouble
from portal.panel.kinds import WRITTEN
from tenants.models import Tenant

LANGUAGES = ("pl", "en", "uk")
AGO = timedelta(days=1)


def write_messages(tenant: Tenant, people: dict[str, Person]) -> None:
    """Write them in the bound gmina; harmless when they are there."""
    lines = content()["messages"]
    logins = {
        str(user.email).partition("@")[0]: user
        for user in User.objects.filter(email__endswith=f"@{mail_domain(tenant)}").select_related(
            "person"
        )
    }
    sender = logins["osl"].pk if "osl" in logins else None
    Message.objects.bulk_create(
        (
            Message(
                pk=key_of(f"message {line['key']}", tenant), kind=WRITTEN, sender=sender,
                content={language: _words(line[language]) for language in LANGUAGES},
            )
            for line in lines
        ),
        ignore_conflicts=True,
    )  # fmt: skip
    written_at = timezone.now() - AGO
    copies = [copy for line in lines for copy in _copies(line, people, logins, tenant, written_at)]
    Delivery.objects.bulk_create(copies, ignore_conflicts=True)


def _words(words: dict[str, str]) -> dict[str, str]:
    return {name: text.strip() for name, text in words.items()}


def _copies(
    line: dict[str, Any],
    people: dict[str, Person],
    logins: dict[str, User],
    tenant: Tenant,
    written_at: datetime,
) -> Iterator[Delivery]:
    to = [people[key] for key in line["to"]]
    readers = [logins[key].person for key in line["logins"] if key in logins]
    for person, channel in (
        *((person, channel_of(person)) for person in to),
        *((person, Delivery.Channel.INBOX) for person in readers),
        *((person, Delivery.Channel.EMAIL) for person in readers),
    ):
        failed = "fails_for" in line and person is people[line["fails_for"]]
        state, error = _state(channel, failed=failed)
        yield Delivery(
            pk=key_of(f"{line['key']} {channel} {person.pk}", tenant),
            message_id=key_of(f"message {line['key']}", tenant),
            person=person, channel=channel, language=person.language, state=state, error=error,
            due_at=written_at, attempts=int(channel in {"email", "sms"}),
            finished_at=None if state == Delivery.State.WAITING else written_at,
        )  # fmt: skip


def _state(channel: Delivery.Channel, *, failed: bool) -> tuple[Delivery.State, str]:
    if failed:
        return Delivery.State.NEEDS_HUMAN, f"{Trouble.REFUSED} 550"
    if channel in {Delivery.Channel.CALL, Delivery.Channel.LETTER}:
        return Delivery.State.WAITING, ""
    inbox = channel == Delivery.Channel.INBOX
    return Delivery.State.DELIVERED if inbox else Delivery.State.SENT, ""
