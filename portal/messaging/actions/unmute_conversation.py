from django.db import transaction

from portal.messaging.models import Participant


@transaction.atomic
def unmute_conversation(*, participant: Participant) -> None:
    """Notices again, from the next message on."""
    Participant.objects.select_for_update().get(pk=participant.pk).mute(False)
