"""Notices of a new message: to whom of a conversation, and once until they have read."""

from collections.abc import Iterable
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from portal.messaging.kinds import NEW_MESSAGE, TO_PASS_ON
from portal.messaging.links import staff_among
from portal.messaging.message_words import NewMessage, Topic, can_open_links
from portal.messaging.models import Block, Conversation, Message, Participant
from portal.notifications.promise import promise_each


@transaction.atomic
def notify_of(message: UUID) -> None:
    """Promise a notice to everybody who has read all until this message and does not want silence.

    The mark of what somebody was told of is raised in the transaction of the promise: run again,
    or by two at once, nobody is told twice, and whoever was not told still will be.
    """
    found = Message.objects.filter(pk=message, removed_at=None).for_people().first()
    if found is None:
        return
    conversation = Conversation.objects.select_for_update().get(pk=found.conversation_id)
    places = _to_tell(conversation, found)
    clicking = [place for place in places if can_open_links(place.person)]
    staff = staff_among([place.person_id for place in clicking])
    sender = found.author.first_name if found.author else ""
    topic = Topic(conversation)
    promise_each(
        NEW_MESSAGE,
        to={
            place.person: {"about": NewMessage(sender, topic, place, place.person_id in staff)}
            for place in clicking
        },
    )
    others = [place for place in places if place not in clicking]
    if conversation.is_relay:
        # Nobody calls a whole group about each message; two people who count on each other, yes.
        promise_each(
            TO_PASS_ON,
            to={place.person: {"about": NewMessage(sender, topic, place)} for place in others},
        )
        clicking += others
    _mark_told(clicking, found)


def _to_tell(conversation: Conversation, message: Message) -> list[Participant]:
    places = Participant.objects.filter(conversation=conversation).to_be_told_of(message.number)
    author = message.author_id
    if author is not None:
        blocks = Block.objects.filter(Q(blocker=author) | Q(blocked=author))
        places = (
            places.exclude(person=author)
            .exclude(person__in=blocks.values("blocker"))
            .exclude(person__in=blocks.values("blocked"))
        )
    return list(places.select_related("person").order_by("pk"))


def _mark_told(places: Iterable[Participant], message: Message) -> None:
    Participant.objects.filter(pk__in=[place.pk for place in places]).update(
        told_number=message.number
    )
