"""How a message comes into a conversation, whoever writes it and by whichever door."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from portal.accounts import limits
from portal.accounts.models import Person, User
from portal.audit.models import record
from portal.messaging import owners, telling
from portal.messaging.files import CleanFile
from portal.messaging.membership import bring_up_to_date
from portal.messaging.models import (
    LONGEST_TEXT,
    MOST_FILES,
    Attachment,
    Block,
    Conversation,
    Message,
    Participant,
    between,
)
from portal.messaging.refusals import (
    AnswersGoToTheOffice,
    BlockedHere,
    ConversationClosed,
    NothingWritten,
    NotInConversation,
    TooLong,
    TooManyFiles,
    WaitABit,
)

Kind = Conversation.Kind
# More in a minute is no conversation.
PACE = limits.Limit("messages", tries=20, window=timedelta(minutes=1))


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """
    Attributes:
        token: of the form; the same form sent again gives the message it made.
        author: who takes part in the conversation; None: the office writes.
        acting_user: of the office, when there is no ``author``.
    """

    text: str
    token: UUID
    author: Person | None = None
    acting_user: User | None = None
    kind: Message.Kind = Message.Kind.WORDS
    via: Message.Via = Message.Via.SITE
    files: Sequence[CleanFile] = ()
    answers: Message | None = None

    @property
    def written_by(self) -> UUID | None:
        return self.acting_user.pk if self.author is None and self.acting_user else None


def write(conversation: UUID, draft: Draft) -> Message:
    """Add a message, in the caller's transaction.

    Numbers are given under the conversation's lock, so that they are committed in their order.

    Raises:
        NothingWritten, TooLong, TooManyFiles: what was sent is no message.
        ConversationClosed: it has ended meanwhile.
        NotInConversation: the author is not, or no longer, in it.
        AnswersGoToTheOffice: residents do not write in announcements.
        BlockedHere: one of the two has blocked the other.
        WaitABit: more than ``PACE``.
    """
    text = _checked(draft)
    stored = Conversation.objects.select_for_update().get(pk=conversation)
    same = Message.objects.filter(conversation=stored, token=draft.token).first()
    if same is not None:
        return same
    bring_up_to_date(stored)
    if stored.is_closed or not owners.is_open(stored):
        raise ConversationClosed
    place = _place_of(draft.author, stored) if draft.author is not None else None
    message = Message.objects.create(
        conversation=stored, number=stored.last_number + 1, kind=draft.kind, via=draft.via,
        text=text, author=draft.author, written_by=draft.written_by, token=draft.token,
        answers=draft.answers,
    )  # fmt: skip
    Attachment.objects.bulk_create(
        Attachment(message=message, **file.columns) for file in draft.files
    )
    stored.note(message)
    if place is not None:
        place.read_number, place.read_at = message.number, message.created_at
        place.save(update_fields=["read_number", "read_at"])
    if draft.written_by is not None:
        record(
            "conversation.written", actor=draft.written_by, of=stored, person=stored.person_id,
            kind=draft.kind, via=draft.via,
        )  # fmt: skip
    telling.tell(stored, message)
    return message


def _checked(draft: Draft) -> str:
    text = draft.text.strip()
    if not text and not draft.files:
        raise NothingWritten
    if len(text) > LONGEST_TEXT:
        raise TooLong
    if len(draft.files) > MOST_FILES:
        raise TooManyFiles
    return text


def _place_of(author: Person, conversation: Conversation) -> Participant:
    """The author's place in it, if they may write there now."""
    place = Participant.objects.present().filter(conversation=conversation, person=author).first()
    if place is None:
        raise NotInConversation
    if conversation.kind == Kind.ANNOUNCEMENT:
        raise AnswersGoToTheOffice
    if conversation.is_relay:
        others = conversation.participants.present().exclude(person=author)
        for other in others.values_list("person", flat=True):
            if Block.objects.filter(between(author.pk, other)).exists():
                raise BlockedHere
    try:
        limits.take(PACE, str(author.pk))
    except limits.TooManyTries:
        raise WaitABit from None
    return place
