from django.db import transaction

from portal.messaging import telling
from portal.messaging.models import Participant
from portal.realtime.publish import tell_people


@transaction.atomic
def mark_read(*, participant: Participant, number: int) -> None:
    """Everything up to ``number`` has been read; less than was read before changes nothing. Other
    open pages of the person count anew."""
    if Participant.objects.filter(pk=participant.pk).read_up_to(number):
        tell_people([participant.person_id], telling.CONVERSATION, of=participant.conversation_id)
