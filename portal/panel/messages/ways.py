"""How words of the office will reach somebody, before they go out."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from portal.accounts.models import Person, User
from portal.messaging.kinds import FROM_OFFICE
from portal.messaging.message_words import LONGEST_SMS, FromOffice, is_cut_for_sms
from portal.messaging.models import Conversation, Message, Participant
from portal.notifications.kinds import kind_of
from portal.notifications.models import Delivery
from portal.notifications.quiet import next_waking_moment
from portal.notifications.rendering import rendered
from portal.notifications.routing import channels_by_person
from portal.notifications.sms_length import SmsSize, sms_size


@dataclass(frozen=True, slots=True)
class AsSms:
    """
    Attributes:
        characters: of what was typed.
        size: of all that goes out, with the signature and the link to answer by.
        kept: how many characters go out, where the rest is only read by the link; None: all.
    """

    characters: int
    size: SmsSize
    kept: int | None


@dataclass(frozen=True, slots=True)
class Ways:
    """
    Attributes:
        morning: when it goes out, if not at once: nobody is disturbed at night.
        sms: how long it is where it goes as a text message.
    """

    channels: Sequence[Delivery.Channel]
    morning: datetime | None
    sms: AsSms | None


def ways_to(person: Person, text: str, user: User) -> Ways:
    channels = channels_by_person([person], kind_of(FROM_OFFICE))[person.pk]
    now = timezone.now()
    due = next_waking_moment(now)
    by_sms = bool(text.strip()) and Delivery.Channel.SMS in channels
    return Ways(
        channels, due if due > now else None, _as_sms(person, text, user) if by_sms else None
    )


def _as_sms(person: Person, text: str, user: User) -> AsSms:
    """As it would be promised; nothing is written, and a link is as long for any conversation."""
    conversation = Conversation(kind=Conversation.Kind.DIRECT, person=person)
    message = Message(conversation=conversation, text=text.strip(), written_by=user.pk)
    place = Participant(conversation=conversation, person=person)
    words = rendered(FROM_OFFICE, [person.language], {"about": FromOffice(message, place)})
    return AsSms(
        len(" ".join(text.split())),
        sms_size(words[person.language]["sms"]),
        LONGEST_SMS if is_cut_for_sms(text) else None,
    )
