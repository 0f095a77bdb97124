from collections.abc import Sequence
from datetime import timedelta
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from portal.accounts.models import Person
from portal.audit.models import record
from portal.messaging import telling
from portal.messaging.audiences import NoSuchAudience, people_in
from portal.messaging.kinds import ANNOUNCEMENT
from portal.messaging.message_words import Announced
from portal.messaging.models import Broadcast, Conversation, Message, Participant
from portal.notifications.promise import promise
from portal.realtime.today import today_changed

BATCH = 1_000
# By how much the clocks of the worker and of the database may differ.
CLOCKS = timedelta(seconds=5)


@transaction.atomic
def send_broadcast(*, broadcast: UUID) -> None:
    """Everybody in its audiences now gets one copy, however many of them they are in. All of it is
    one transaction: a job that is killed has told nobody, and the next one tells everybody once.

    Nothing happens when it is sent already, called off, or not due; with nobody to write to it is a
    draft again, and says so.
    """
    stored = Broadcast.objects.select_for_update().filter(pk=broadcast).first()
    if stored is None or not stored.is_due(timezone.now() + CLOCKS):
        return
    people = _people(stored)
    if not people:
        stored.wait_for_people()
        record("broadcast.found_nobody", actor=None, of=stored)
        today_changed()
        return
    conversation = Conversation.objects.create(
        kind=Conversation.Kind.ANNOUNCEMENT, title=stored.subject, created_by=stored.written_by
    )
    message = Message.objects.create(
        conversation=conversation, number=1, via=Message.Via.JOB, text=stored.text,
        written_by=stored.written_by, token=stored.pk,
        notice=promise(
            ANNOUNCEMENT,
            to=people,
            context={"about": Announced(stored.subject, stored.text, conversation.pk)},
            sender=stored.written_by,
        ),
    )  # fmt: skip
    conversation.note(message)
    Participant.objects.bulk_create(
        (
            Participant(conversation=conversation, person=person, told_number=message.number)
            for person in people
        ),
        batch_size=BATCH,
    )
    stored.went_out(conversation, recipients=len(people))
    record("broadcast.sent", actor=None, of=stored, recipients=len(people))
    telling.tell_open_pages(conversation, message.number)
    today_changed()


def _people(broadcast: Broadcast) -> Sequence[Person]:
    try:
        return list(people_in(broadcast.audiences))
    except NoSuchAudience:
        return []
