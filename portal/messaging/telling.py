"""Who learns of a new message, and how: open pages at once, everybody else by their own channel."""

from portal.accounts.models import Person
from portal.messaging.kinds import FROM_OFFICE
from portal.messaging.message_words import FromOffice
from portal.messaging.models import Conversation, Message
from portal.messaging.tasks import send_notices
from portal.notifications.promise import promise
from portal.realtime.publish import tell_office, tell_people

# What open pages listen for.
CONVERSATION = "conversation"


def tell(conversation: Conversation, message: Message) -> None:
    """In the transaction that wrote the message."""
    tell_open_pages(conversation, message.number)
    if message.kind == Message.Kind.NOTE:
        return
    if conversation.person is not None:
        if message.author_id is None:
            _send_whole(conversation.person, message)
    else:
        send_notices.defer(message=str(message.pk))


def tell_open_pages(conversation: Conversation, number: int) -> None:
    people = conversation.participants.present().values_list("person", flat=True)
    tell_people(people, CONVERSATION, of=conversation.pk, number=number)
    if conversation.has_office:
        tell_office(CONVERSATION, of=conversation.pk, number=number)


def _send_whole(person: Person, message: Message) -> None:
    place = message.conversation.participants.filter(person=person).first()
    message.notice = promise(
        FROM_OFFICE,
        to=[person],
        context={"about": FromOffice(message, place)},
        sender=message.written_by,
    )
    message.save(update_fields=["notice"])
