"""The one door through which the portal promises somebody a message.

The promise is rows written in the caller's transaction: it exists exactly when what it speaks of
exists. A worker keeps it (``portal.notifications.delivering``).
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from portal.accounts.models import Person
from portal.notifications.kinds import Kind, kind_of
from portal.notifications.models import Attachment, Delivery, Message
from portal.notifications.quiet import next_waking_moment
from portal.notifications.rendering import Content, rendered
from portal.notifications.routing import channels_by_person
from portal.notifications.tasks import SENDING, call_worker, forget_words
from portal.realtime.today import today_changed

BATCH = 1_000


@dataclass(frozen=True, slots=True)
class Address:
    """A recipient who is no person of ours (yet)."""

    value: str
    channel: Delivery.Channel = Delivery.Channel.EMAIL
    language: str = "pl"


@dataclass(frozen=True, slots=True)
class File:
    name: str
    content_type: str
    content: bytes


def promise(  # noqa: PLR0913 (the one door has every option of a message)
    key: str,
    *,
    to: Iterable[Person | Address],
    context: Mapping[str, Any] | None = None,
    content: Content | None = None,
    sender: UUID | None = None,
    files: Sequence[File] = (),
    expires_at: datetime | None = None,
) -> Message:
    """Promise a message to everybody in ``to``, once each, by the channel each of them prefers.

    Args:
        key: a registered kind; its templates are rendered with ``context`` in each language needed.
        content: words written by somebody instead of templates.
        sender: id of the user who wrote it, who then sees what became of it.
        expires_at: after this moment it is not sent any more.
    """
    kind = kind_of(key)
    recipients = list(dict.fromkeys(to))
    languages = {recipient.language for recipient in recipients}
    with transaction.atomic():
        message = Message.objects.create(
            kind=key,
            content=content or rendered(key, languages, context or {}),
            sender=sender,
            expires_at=expires_at,
        )
        Attachment.objects.bulk_create(
            Attachment(
                message=message, name=file.name, content_type=file.content_type,
                content=file.content,
            )
            for file in files
        )  # fmt: skip
        deliveries = _deliveries(message, kind, recipients)
        Delivery.objects.bulk_create(deliveries, batch_size=BATCH)
        _call_workers(kind, deliveries)
        if kind.is_secret and expires_at is not None:
            forget_words.defer_at(expires_at, message=str(message.pk))
        # Nearly everything that gives the office something to do, or takes it away, tells somebody.
        today_changed()
    return message


def promise_each(
    key: str, *, to: Mapping[Person, Mapping[str, Any]], sender: UUID | None = None
) -> list[Message]:
    """Promise each person words of their own: the context of each, as a link that is theirs alone
    needs it. As many statements for a hundred people as for one."""
    kind = kind_of(key)
    messages = [
        Message(kind=key, content=rendered(key, {person.language}, context), sender=sender)
        for person, context in to.items()
    ]
    deliveries = [
        delivery
        for person, message in zip(to, messages, strict=True)
        for delivery in _deliveries(message, kind, [person])
    ]
    with transaction.atomic():
        Message.objects.bulk_create(messages, batch_size=BATCH)
        Delivery.objects.bulk_create(deliveries, batch_size=BATCH)
        _call_workers(kind, deliveries)
        today_changed()
    return messages


def _call_workers(kind: Kind, deliveries: Sequence[Delivery]) -> None:
    for channel in SENDING:
        due = [copy.due_at for copy in deliveries if copy.channel == channel]
        if due:
            call_worker(channel, min(due), is_urgent=kind.is_urgent)


def _deliveries(
    message: Message, kind: Kind, recipients: Sequence[Person | Address]
) -> list[Delivery]:
    now = timezone.now()
    due = now if kind.is_urgent else next_waking_moment(now)
    people = [recipient for recipient in recipients if isinstance(recipient, Person)]
    channels = channels_by_person(people, kind)
    copies: list[tuple[Person | Address, Delivery.Channel]] = [
        *((person, channel) for person in people for channel in channels[person.pk]),
        *((one, one.channel) for one in recipients if isinstance(one, Address)),
    ]
    return [
        Delivery(
            message=message,
            person=recipient if isinstance(recipient, Person) else None,
            address="" if isinstance(recipient, Person) else recipient.value,
            channel=channel,
            language=recipient.language,
            is_urgent=kind.is_urgent,
            **(
                {"state": Delivery.State.DELIVERED, "due_at": now, "finished_at": now}
                if channel == Delivery.Channel.INBOX
                else {"due_at": due}
            ),
        )
        for recipient, channel in copies
    ]
