from django.db import transaction

from portal.accounts.models import Person
from portal.messaging.models import Conversation


@transaction.atomic
def open_office_conversation(*, person: Person) -> Conversation:
    """The one conversation of a person with the office, made when there is none; opened by two at
    once, it is one."""
    return Conversation.objects.with_the_office(person)
