"""How a conversation and its messages are shown to one of the people in it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext as _

from portal.accounts.models import User
from portal.messaging.models import Conversation, Message, Participant
from tenants.binding import current_tenant


@dataclass(frozen=True, slots=True)
class Shown:
    """
    Attributes:
        who: who wrote it, as others in the conversation know them: residents by first name only.
        is_of_the_office: its links may be followed; a resident's are plain words.
        is_of_another: a resident who is not the reader: may be reported, may be blocked.
    """

    message: Message
    who: str
    is_mine: bool
    is_of_the_office: bool
    is_of_another: bool


def shown(messages: Sequence[Message], reader: UUID) -> list[Shown]:
    """Messages as ``reader`` sees them: one query for who of the office wrote them."""
    clerks = _first_names(message.written_by for message in messages)
    return [
        Shown(
            message=message,
            who=_who(message, reader, clerks),
            is_mine=message.author_id == reader,
            is_of_the_office=_is_of_the_office(message),
            is_of_another=message.author_id not in (None, reader),
        )
        for message in messages
    ]


def titles(places: Sequence[Participant]) -> dict[UUID, str]:
    """Conversation's id → what it is called for whoever has these places: one query, for the names
    of those they write to without the office."""
    alone = [place.conversation_id for place in places if place.conversation.is_relay]
    others = (
        Participant.objects.filter(conversation__in=alone)
        .exclude(person__in={place.person_id for place in places})
        .values_list("conversation", "person__first_name")
    )
    names = dict(others) if alone else {}
    return {
        place.conversation_id: _title(place.conversation, names.get(place.conversation_id, ""))
        for place in places
    }


def _title(conversation: Conversation, other: str) -> str:
    if conversation.title:
        return conversation.title
    if conversation.has_office:
        return _("The office")
    return other or _("Somebody who has left")


def _who(message: Message, reader: UUID, clerks: dict[UUID, str]) -> str:
    if message.author is not None:
        return _("You") if message.author_id == reader else message.author.first_name
    if not _is_of_the_office(message):
        return _("Somebody who has left")
    site = current_tenant().name
    name = clerks.get(message.written_by, "") if message.written_by else ""
    return f"{name}, {site}" if name else site


def _is_of_the_office(message: Message) -> bool:
    return message.written_by is not None or message.via == Message.Via.JOB


def _first_names(logins: Iterable[UUID | None]) -> dict[UUID, str]:
    wanted = {login for login in logins if login is not None}
    if not wanted:
        return {}
    return dict(User.objects.filter(pk__in=wanted).values_list("pk", "person__first_name"))
