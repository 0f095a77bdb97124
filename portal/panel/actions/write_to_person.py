from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from portal.accounts.models import Person, User
from portal.audit.models import record
from portal.notifications.models import Message
from portal.notifications.promise import promise

WRITTEN = "panel/written"
# The same words to the same person within this time are a second press of the button.
ONCE_IN = timedelta(minutes=10)


@transaction.atomic
def write_to_person(*, person: Person, subject: str, text: str, acting_user: User) -> Message:
    """Promise somebody a message in words of the office; pressed twice, it is promised once."""
    Person.objects.select_for_update().get(pk=person.pk)
    content = {
        person.language: {"subject": subject, "text": text, "sms": " ".join(text.split())},
    }
    same = Message.objects.filter(
        kind=WRITTEN, sender=acting_user.pk, deliveries__person=person, content=content,
        created_at__gt=timezone.now() - ONCE_IN,
    ).first()  # fmt: skip
    if same is not None:
        return same
    message = promise(WRITTEN, to=[person], content=content, sender=acting_user.pk)  # type: ignore[arg-type]
    record("person.written_to", actor=acting_user.pk, of=message, person=person.pk)
    return message
