"""What happens to conversations when two cards turn out to be one person."""

from django.db.models import F

from portal.accounts.merging import on_clash
from portal.accounts.models import Person
from portal.messaging.models import Block, Conversation, Participant, Report


@on_clash(Participant)
def _one_place_is_enough(row: Participant, kept: Person) -> None:
    """Where both took part. The other place stays, left, as links in old e-mails lead to it."""
    place = kept.conversations.get(conversation=row.conversation_id)
    place.joined_number = min(place.joined_number, row.joined_number)
    place.read_number = max(place.read_number, row.read_number)
    place.told_number = max(place.told_number, row.told_number)
    place.is_muted = place.is_muted and row.is_muted
    if row.left_at is None:
        place.left_at = None
    place.save()
    _leave(row)


@on_clash(Conversation)
def _one_conversation_with_the_office(row: Conversation, kept: Person) -> None:
    """What the other wrote follows what the kept person wrote, under new numbers."""
    stays = Conversation.objects.select_for_update().get(person=kept)
    place, before = kept.conversations.get(conversation=stays), stays.last_number
    has_read_all = place.read_number >= stays.said_number
    other = row.participants.filter(person__in=[kept, row.person]).first()
    row.messages.update(conversation=stays, number=F("number") + before)
    stays.last_number = before + row.last_number
    if row.said_number:
        stays.said_number = before + row.said_number
    stays.last_message_at = max(
        filter(None, [stays.last_message_at, row.last_message_at]), default=None
    )
    stays.waiting_since = min(filter(None, [stays.waiting_since, row.waiting_since]), default=None)
    stays.save()
    if other is not None:
        if has_read_all:
            place.read_number = before + other.read_number
            place.save(update_fields=["read_number"])
        other.conversation, other.person = stays, row.person or kept
        _leave(other)
    row.delete()


@on_clash(Block)
@on_clash(Report)
def _said_already(row: Block | Report, _kept: Person) -> None:
    """By the kept person; and nobody is blocked by themselves."""
    row.delete()


def _leave(place: Participant) -> None:
    place.left_at = place.left_at or place.joined_at
    place.save()
