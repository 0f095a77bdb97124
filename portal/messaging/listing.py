"""The list of somebody's conversations: what each is called and about, who wrote last, and what."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Exists, F, OuterRef, Q
from django.utils.translation import gettext as _

from portal.accounts.models import Person
from portal.messaging import owners
from portal.messaging.models import Message, Participant, ParticipantQuerySet
from portal.messaging.owners import About
from portal.messaging.reading import conversations_of, heard_by
from portal.messaging.shown import titles
from tenants.polish import search_key


@dataclass(frozen=True, slots=True)
class Entry:
    """
    Attributes:
        last: None when its author and the person do not read each other.
        anchor: the first message they have not read, on the page of the conversation.
    """

    place: Participant
    title: str
    about: About | None
    last: Message | None
    who: str
    anchor: str


def found_for(person: Person, words: str) -> ParticipantQuerySet:
    """The person's conversations in whose title or messages all the words occur, in any letters;
    all of them for no words."""
    found = conversations_of(person)
    for word in search_key(words).split():
        said = heard_by(person.pk).filter(
            conversation=OuterRef("conversation"), number__gt=OuterRef("joined_number"),
            text__unaccent__icontains=word,
        )  # fmt: skip
        found = found.filter(Q(conversation__title__unaccent__icontains=word) | Exists(said))
    return found


def entries(places: Sequence[Participant]) -> list[Entry]:
    """What the list shows of these places of one person: four queries, however many they are."""
    if not places:
        return []
    reader = places[0].person_id
    ids = [place.conversation_id for place in places]
    called, about, last = titles(places), owners.about(ids), _last_messages(reader, ids)
    return [
        Entry(
            place=place,
            title=called[place.conversation_id],
            about=about.get(place.conversation_id),
            last=last.get(place.conversation_id),
            who=_who(last.get(place.conversation_id), reader),
            anchor=f"#m{place.read_number + 1}"
            if place.read_number < place.conversation.said_number
            else "",
        )
        for place in places
    ]


def _last_messages(reader: UUID, conversations: Sequence[UUID]) -> dict[UUID, Message]:
    said = heard_by(reader).filter(
        conversation__in=conversations, number=F("conversation__said_number")
    )
    return {message.conversation_id: message for message in said.select_related("author")}


def _who(message: Message | None, reader: UUID) -> str:
    if message is None:
        return ""
    if message.author is None:
        return _("The office") if message.written_by else ""
    return _("You") if message.author_id == reader else message.author.first_name
