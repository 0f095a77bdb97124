from django.db import transaction

from portal.messaging.models import Participant


@transaction.atomic
def mute_conversation(*, participant: Participant) -> None:
    """No notices of it any more; on the site everything stays to be read."""
    Participant.objects.select_for_update().get(pk=participant.pk).mute(True)
