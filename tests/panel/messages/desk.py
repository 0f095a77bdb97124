"""Conversations with the office, as their people wrote them."""

from uuid import uuid4

from django.utils import timezone

from portal.accounts.models import Person, User
from portal.messaging.actions.open_office_conversation import open_office_conversation
from portal.messaging.actions.post_message import post_message
from portal.messaging.models import Conversation, Message, Participant
from tenants.binding import bind
from tenants.models import Tenant

INBOX = "/en/panel/wiadomosci/"


def resident_of(tenant: Tenant) -> Person:
    with bind(tenant):
        email = f"resident@{tenant.schema_name}.example"
        return User.objects.select_related("person").get(email=email).person


def somebody(tenant: Tenant, name: str, **details: str) -> Person:
    with bind(tenant):
        return Person.objects.create(first_name=name, **details)


def wrote(tenant: Tenant, person: Person, text: str) -> Message:
    """To the office."""
    with bind(tenant):
        conversation = open_office_conversation(person=person)
        return post_message(conversation=conversation, text=text, token=uuid4(), author=person)


def group_of(tenant: Tenant, title: str, people: list[Person]) -> Conversation:
    with bind(tenant):
        group = Conversation.objects.create(kind=Conversation.Kind.GROUP, title=title)
        Participant.objects.bulk_create(
            Participant(conversation=group, person=person) for person in people
        )
        return group


def between_two(tenant: Tenant, one: Person, other: Person, text: str) -> Message:
    """Without the office."""
    with bind(tenant):
        relay = Conversation.objects.create(
            kind=Conversation.Kind.DIRECT, has_office=False, last_number=1, said_number=1,
            last_message_at=timezone.now(),
        )  # fmt: skip
        Participant.objects.create(conversation=relay, person=one)
        Participant.objects.create(conversation=relay, person=other)
        return Message.objects.create(
            conversation=relay, number=1, author=one, text=text, token=uuid4()
        )


def page_of(conversation: Conversation) -> str:
    return f"{INBOX}{conversation.pk}/"


def said(text: str) -> dict[str, str]:
    """A form, filled in."""
    return {"text": text, "token": str(uuid4())}
