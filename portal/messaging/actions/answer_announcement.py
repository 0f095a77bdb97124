from collections.abc import Sequence
from uuid import UUID

from django.db import transaction

from portal.messaging.files import CleanFile
from portal.messaging.models import Conversation, Message, Participant
from portal.messaging.refusals import NotInConversation
from portal.messaging.writing import Draft, write


@transaction.atomic
def answer_announcement(
    *,
    participant: Participant,
    text: str,
    token: UUID,
    files: Sequence[CleanFile] = (),
    via: Message.Via = Message.Via.SITE,
) -> Message:
    """An answer nobody else of the announcement reads: it goes to the person's own conversation
    with the office, and says what it answers.

    Raises:
        NotInConversation: they did not get it, or it is no announcement.
        NothingWritten, TooLong, TooManyFiles, WaitABit: as for any message.
    """
    announced = participant.conversation
    if participant.left_at is not None or announced.kind != Conversation.Kind.ANNOUNCEMENT:
        raise NotInConversation
    return write(
        Conversation.objects.with_the_office(participant.person).pk,
        Draft(
            text=text, token=token, author=participant.person, via=via, files=files,
            answers=announced.messages.for_people().in_order().first(),
        ),
    )  # fmt: skip
