from collections.abc import Sequence
from uuid import UUID

from django.db import transaction

from portal.accounts.models import Person, User
from portal.messaging.files import CleanFile
from portal.messaging.models import Conversation, Message
from portal.messaging.writing import Draft, write


@transaction.atomic
def post_message(  # noqa: PLR0913 (the one door has every kind of message)
    *,
    conversation: Conversation,
    text: str,
    token: UUID,
    author: Person | None = None,
    acting_user: User | None = None,
    kind: Message.Kind = Message.Kind.WORDS,
    via: Message.Via = Message.Via.SITE,
    files: Sequence[CleanFile] = (),
    answers: Message | None = None,
) -> Message:
    """Write in a conversation: as ``author``, who takes part in it, or else as the office.

    Args:
        token: of the form; the same form sent again gives the message it made.
        acting_user: of the office, when there is no ``author``; one of the two is given.

    Raises:
        NothingWritten, TooLong, TooManyFiles: what was sent is no message.
        ConversationClosed: it has ended meanwhile.
        NotInConversation: the author is not, or no longer, in it.
        AnswersGoToTheOffice: residents do not write in announcements.
        BlockedHere: one of the two has blocked the other.
        WaitABit: too many in a minute.
    """
    return write(
        conversation.pk,
        Draft(
            text=text, token=token, author=author, acting_user=acting_user, kind=kind, via=via,
            files=files, answers=answers,
        ),
    )  # fmt: skip
