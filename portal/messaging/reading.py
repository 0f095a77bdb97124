"""Who may read what of a conversation. A resident reads where they take part, from when they
joined; staff read where the office takes part; nobody reads between two residents but the two."""

from uuid import UUID

from django.db.models import Count, F, OuterRef, Prefetch, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from portal.accounts.models import Person, User
from portal.accounts.permissions import Permission, may
from portal.messaging.models import (
    Attachment,
    Block,
    Conversation,
    ConversationMessages,
    ConversationQuerySet,
    Message,
    Participant,
    ParticipantQuerySet,
)


def conversations_of(person: Person) -> ParticipantQuerySet:
    """Where the person takes part and something was written, the newest first; adds ``unread``:
    how many messages are new."""
    new = (
        Message.objects.for_people()
        .filter(conversation=OuterRef("conversation"), number__gt=OuterRef("read_number"))
        .order_by()
        .values("conversation")
        .annotate(how_many=Count("pk"))
        .values("how_many")
    )
    return (
        Participant.objects.of(person)
        .filter(conversation__said_number__gt=F("joined_number"))
        .annotate(unread=Coalesce(Subquery(new), 0))
        .order_by(F("conversation__last_message_at").desc(nulls_last=True), "-conversation_id")
    )


def unread_of(person: Person) -> int:
    """In how many conversations there is something new for the person; muted ones not counted."""
    return Participant.objects.of(person).unread().filter(is_muted=False).count()


def participant_for(person: Person, pk: UUID) -> Participant:
    """
    Raises:
        Participant.DoesNotExist: there is no such conversation, or the person is not in it.
    """
    return Participant.objects.of(person).get(conversation=pk)


def heard_by(person: UUID) -> ConversationMessages:
    """Messages of any conversation but the office's own notes, and but those of somebody the person
    has blocked or who has blocked them."""
    blocks = Block.objects.filter(Q(blocker=person) | Q(blocked=person))
    return (
        Message.objects.for_people()
        .exclude(author__in=blocks.filter(blocker=person).values("blocked"))
        .exclude(author__in=blocks.filter(blocked=person).values("blocker"))
    )


def messages_for(participant: Participant) -> ConversationMessages:
    """What they may read, in order: nothing of the office's own notes, nothing from before they
    joined, nothing of somebody they have blocked or who has blocked them."""
    heard = heard_by(participant.person_id).filter(conversation=participant.conversation_id)
    return _with_files(heard.after(participant.joined_number))


def conversations_for_staff(user: User) -> ConversationQuerySet:
    """Empty for who may not read them."""
    if not may(user, Permission.SEE_CONVERSATIONS):
        return Conversation.objects.none()
    return Conversation.objects.of_the_office()


def messages_for_staff(conversation: Conversation) -> ConversationMessages:
    return _with_files(Message.objects.filter(conversation=conversation))


def attachment_for(participant: Participant, pk: UUID) -> Attachment:
    """
    Raises:
        Attachment.DoesNotExist: not of a message they may read.
    """
    return Attachment.objects.get(pk=pk, message__in=messages_for(participant))


def _with_files(messages: "QuerySet[Message]") -> ConversationMessages:
    files = Attachment.objects.defer("content").order_by("name", "id")
    found = messages.select_related("author").prefetch_related(Prefetch("attachments", files))
    return found.order_by("number")  # type: ignore[return-value]
