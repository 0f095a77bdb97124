from django.db import transaction

from portal.accounts.models import User
from portal.audit.models import record
from portal.messaging import telling
from portal.messaging.models import Conversation
from portal.realtime.publish import tell_office


@transaction.atomic
def put_aside(*, conversation: Conversation, acting_user: User) -> None:
    """What was written needs no answer; the next message waits for one again."""
    stored = Conversation.objects.select_for_update().get(pk=conversation.pk)
    if stored.waiting_since is None:
        return
    stored.stop_waiting()
    record(
        "conversation.put_aside", actor=acting_user.pk, of=stored, person=stored.person_id
    )  # fmt: skip
    tell_office(telling.CONVERSATION, of=stored.pk, number=stored.last_number)
