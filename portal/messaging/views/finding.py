from django.http import Http404

from portal.accounts.models import Person
from portal.messaging.models import Message
from portal.messaging.reading import messages_for
from portal.messaging.views.doors import Door


def message_of_another(door: Door, number: int) -> tuple[Message, Person]:
    """A message they may read, and the other resident who wrote it; who is of the office, or
    oneself, is neither reported nor blocked.

    Raises:
        Http404: there is no such message.
    """
    message = messages_for(door.place).filter(number=number).first()
    if message is None or message.author is None or message.author_id == door.place.person_id:
        raise Http404
    return message, message.author


def number_in(text: str) -> int:
    """A message's number as an address or a form gives it.

    Raises:
        Http404: it is none.
    """
    if not (text.isascii() and text.isdecimal() and len(text) <= 9):
        raise Http404
    return int(text)
