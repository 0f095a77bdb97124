"""Conversations of one gmina's demo while they are made, in a few statements for all of them."""

import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from functools import cache
from pathlib import Path
from typing import Any
from uuid import UUID

from django.utils import timezone

from events.models import Activity
from portal.accounts.models import Person
from portal.demo.made_up import key_of
from portal.messaging.models import Conversation, Message, Participant
from tenants.models import Tenant
from volunteering.models import Assignment, Shift

Line = dict[str, Any]
_FILE = Path(__file__).with_name("conversations.toml")
_OF_THE_OFFICE = ("office", "note")


@cache
def content() -> Line:
    with _FILE.open("rb") as file:
        return tomllib.load(file)


def moment_of(words: str) -> datetime:
    """``3 10:15`` is three days ago, at a quarter past ten in Poland."""
    days, clock = words.split()
    day = timezone.localdate() - timedelta(days=int(days))
    return timezone.make_aware(datetime.combine(day, time.fromisoformat(clock)))


@dataclass(slots=True)
class Talk:
    """
    Attributes:
        people: by the keys conversations.toml knows them by.
        clerk: id of the login that writes for the office.
    """

    tenant: Tenant
    people: Mapping[str, Person]
    clerk: UUID
    conversations: list[Conversation] = field(default_factory=list)
    participants: list[Participant] = field(default_factory=list)
    messages: list[Message] = field(default_factory=list)
    written_at: dict[UUID, datetime] = field(default_factory=dict)
    owners: list[Activity | Shift | Assignment] = field(default_factory=list)

    def has(self, name: str) -> bool:
        """Whether an earlier start of the demo has made it."""
        return Conversation.objects.filter(pk=self.id_of(name)).exists()

    def id_of(self, name: str) -> UUID:
        return key_of(f"conversation {name}", self.tenant)

    def make(
        self,
        name: str,
        line: Line,
        members: Iterable[Person],
        *,
        owner: Activity | Shift | Assignment | None = None,
        **fields: Any,
    ) -> tuple[Conversation, Sequence[Message]]:
        """
        Args:
            line: of the file, with its messages.
            owner: what the conversation is of.
        """
        conversation = Conversation(pk=self.id_of(name), created_by=self.clerk, **fields)
        written = [
            self._message(conversation, number, said)
            for number, said in enumerate(line["messages"], start=1)
        ]
        said = [one for one in written if one.kind != Message.Kind.NOTE]
        conversation.last_number, conversation.said_number = len(written), said[-1].number
        conversation.last_message_at = self.written_at[said[-1].pk]
        if line.get("waits"):
            conversation.waiting_since = conversation.last_message_at
        if owner is not None:
            owner.conversation = conversation
            self.owners.append(owner)
        self.conversations.append(conversation)
        self.messages += written
        for person in members:
            own = max((one.number for one in written if one.author == person), default=0)
            read = max(own, conversation.said_number - line.get("unread", 0))
            self._seat(conversation, person, read)
        return conversation, written

    def _message(self, conversation: Conversation, number: int, said: Line) -> Message:
        is_office = said["by"] in _OF_THE_OFFICE
        message = Message(
            pk=key_of(f"{conversation.pk} {number}", self.tenant), conversation=conversation,
            number=number, text=said["text"].strip(), via=said.get("via", Message.Via.SITE),
            kind=Message.Kind.NOTE if said["by"] == "note" else Message.Kind.WORDS,
            author=None if is_office else self._person(said["by"], conversation),
            written_by=self.clerk if is_office else None,
            token=key_of(f"form {conversation.pk} {number}", self.tenant),
        )  # fmt: skip
        self.written_at[message.pk] = moment_of(said["at"])
        return message

    def _person(self, key: str, conversation: Conversation) -> Person:
        if key == "who" and conversation.person is not None:
            return conversation.person
        return self.people[key]

    def _seat(self, conversation: Conversation, person: Person, read: int) -> None:
        self.participants.append(
            Participant(
                pk=key_of(f"{conversation.pk} {person.pk}", self.tenant), person=person,
                conversation=conversation, read_number=read, told_number=conversation.last_number,
                read_at=conversation.last_message_at if read else None,
            )
        )  # fmt: skip

    def save(self) -> None:
        """With the moments at which it was written, which a new row does not take."""
        Conversation.objects.bulk_create(self.conversations)
        Participant.objects.bulk_create(self.participants)
        Message.objects.bulk_create(self.messages)
        for message in self.messages:
            message.created_at = self.written_at[message.pk]
        Message.objects.bulk_update(self.messages, ["created_at"])
        for owner in self.owners:
            owner.save(update_fields=["conversation"])
