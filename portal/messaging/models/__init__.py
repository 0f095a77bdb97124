from portal.messaging.models.broadcast import Broadcast, BroadcastQuerySet
from portal.messaging.models.conversation import (
    Block,
    Conversation,
    ConversationQuerySet,
    Participant,
    ParticipantQuerySet,
    between,
)
from portal.messaging.models.message import (
    LARGEST_FILE,
    LONGEST_TEXT,
    MOST_FILES,
    Attachment,
    ConversationMessages,
    Message,
    Report,
)

__all__ = (
    "LARGEST_FILE",
    "LONGEST_TEXT",
    "MOST_FILES",
    "Attachment",
    "Block",
    "Broadcast",
    "BroadcastQuerySet",
    "Conversation",
    "ConversationMessages",
    "ConversationQuerySet",
    "Message",
    "Participant",
    "ParticipantQuerySet",
    "Report",
    "between",
)
