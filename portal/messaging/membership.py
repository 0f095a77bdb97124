"""Who is in a conversation that belongs to a course, a shift or a task: whoever belongs to that."""

from django.utils import timezone

from portal.messaging import owners
from portal.messaging.models import Conversation, Participant


def bring_up_to_date(conversation: Conversation) -> None:
    """Let in who has come and see off who has gone; of a conversation nobody owns, nothing."""
    members = owners.members_of(conversation)
    if members is None:
        return
    wanted = set(members.order_by().values_list("pk", flat=True).distinct())
    places = {place.person_id: place for place in conversation.participants.all()}
    present = {person for person, place in places.items() if place.left_at is None}
    now = timezone.now()
    Participant.objects.filter(conversation=conversation, person__in=present - wanted).update(
        left_at=now
    )
    Participant.objects.filter(
        conversation=conversation, person__in=(wanted & places.keys()) - present
    ).update(left_at=None)
    Participant.objects.bulk_create(
        (
            Participant(
                conversation=conversation, person_id=person,
                joined_number=conversation.last_number, read_number=conversation.last_number,
                told_number=conversation.last_number,
            )
            for person in wanted - places.keys()
        ),
        ignore_conflicts=True,
    )  # fmt: skip
