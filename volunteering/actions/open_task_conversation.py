from events.busy import in_time
from portal.accounts.models import User
from portal.audit.models import record
from portal.messaging.models import Conversation, Participant
from volunteering import ending
from volunteering.contact import are_in_touch
from volunteering.models import Assignment, ContactConsent
from volunteering.refusals import NotInTouch
from volunteering.relay import writer_of

Side = ContactConsent.Side


@in_time()
def open_task_conversation(
    *, assignment: Assignment, side: ContactConsent.Side, acting_user: User | None
) -> Participant:
    """A place in the conversation of the volunteer and whoever asked, for one of the two; made when
    there is none, and the same one ever after, also when it can only be read.

    Args:
        acting_user: None of whoever came by a link.

    Raises:
        NotInTouch: the two have not both agreed, or it was never opened and is over; a shift has no
            such conversation.
    """
    stored = ending.locked(assignment)
    if stored.conversation_id is None:
        if not are_in_touch(stored):
            raise NotInTouch
        stored.conversation = Conversation.objects.create(
            kind=Conversation.Kind.DIRECT, has_office=False
        )
        stored.save(update_fields=["conversation"])
        Participant.objects.bulk_create(
            Participant(conversation=stored.conversation, person=writer_of(stored, one))
            for one in Side
        )
        record(
            "task_conversation.opened", actor=acting_user.pk if acting_user else None, of=stored
        )  # fmt: skip
    person = writer_of(stored, side)
    try:
        return Participant.objects.of(person).get(conversation=stored.conversation_id)
    except Participant.DoesNotExist:
        raise NotInTouch from None
