from django.db import transaction

from portal.accounts.models import Person
from portal.messaging.models import Message, Participant, Report
from portal.messaging.refusals import AlreadyHandled, NotInConversation
from portal.realtime.today import today_changed


@transaction.atomic
def report_message(
    *, message: Message, reporter: Person, reason: Report.Reason, words: str = ""
) -> Report:
    """Tell the office that a message should not stand there; told twice by one person, it is one
    report, with its first words.

    Raises:
        NotInConversation: the reporter does not read that conversation.
        AlreadyHandled: the message is gone.
    """
    stored = Message.objects.select_for_update(of=("self",)).get(pk=message.pk)
    places = Participant.objects.present().filter(
        conversation=stored.conversation_id, person=reporter, joined_number__lt=stored.number
    )
    if stored.kind == Message.Kind.NOTE or not places.exists():
        raise NotInConversation
    if stored.removed_at is not None:
        raise AlreadyHandled
    report, is_new = Report.objects.get_or_create(
        message=stored,
        reporter=reporter,
        defaults={"reason": Report.Reason(reason), "words": words.strip()[:500]},
    )
    if is_new:
        today_changed()
    return report
