"""What staff may read of a message that was promised to somebody."""

from dataclasses import dataclass

from portal.messaging.links import without_tokens
from portal.notifications.kinds import kind_of
from portal.notifications.models import Delivery, Message


@dataclass(frozen=True, slots=True)
class Shown:
    """A delivery and its words, which are "" when they are for the recipient alone."""

    delivery: Delivery
    subject: str = ""
    text: str = ""


def shown(delivery: Delivery) -> Shown:
    words = None if is_secret(delivery.message) else delivery.words
    if not words:
        return Shown(delivery)
    return Shown(delivery, words["subject"], without_tokens(words["text"]))


def is_secret(message: Message) -> bool:
    """Codes and links to come in by; of an app that is gone nobody knows."""
    try:
        return kind_of(message.kind).is_secret
    except KeyError:
        return True
