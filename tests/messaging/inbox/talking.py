"""Conversations of the cast, as the actions make them."""

from collections.abc import Sequence
from io import BytesIO
from uuid import UUID, uuid4

from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from PIL import Image

from portal.accounts.models import Person, User
from portal.messaging import links
from portal.messaging.actions.open_office_conversation import open_office_conversation
from portal.messaging.actions.post_message import post_message
from portal.messaging.files import clean
from portal.messaging.models import Conversation, Message, Participant
from tenants.binding import bind
from tenants.models import Tenant
from tests.conftest import SiteClient

BASE = "/en/wiadomosci/"
HTMX = {"HX-Request": "true"}
Kind = Conversation.Kind


def person(role: str) -> Person:
    return Person.objects.get(logins__email__startswith=f"{role}@")


def user(role: str) -> User:
    return User.objects.get(email__startswith=f"{role}@")


def says(
    conversation: Conversation, role: str, text: str, *, files: Sequence[bytes] = ()
) -> Message:
    """Somebody of the cast writes: ``osl`` for the office, everybody else as themselves."""
    is_office = role == "osl"
    return post_message(
        conversation=conversation, text=text, token=uuid4(),
        author=None if is_office else person(role), acting_user=user(role) if is_office else None,
        files=[clean(SimpleUploadedFile("zdjęcie.png", content)) for content in files],
    )  # fmt: skip


def with_office(tenant: Tenant, *texts: str, role: str = "resident") -> UUID:
    """A conversation with the office: the resident begins, the office answers, in turns."""
    with bind(tenant):
        conversation = open_office_conversation(person=person(role))
        for number, text in enumerate(texts):
            says(conversation, "osl" if number % 2 else role, text)
        return conversation.pk


def between_people(tenant: Tenant, *texts: str, kind: str = Kind.DIRECT) -> UUID:
    """The two residents write in turns, the volunteer first: alone, or in a group."""
    with bind(tenant):
        conversation = Conversation.objects.create(
            kind=kind, title="" if kind == Kind.DIRECT else "Ozdoby", has_office=kind != Kind.DIRECT
        )
        for role in ("resident", "volunteer"):
            Participant.objects.create(conversation=conversation, person=person(role))
        for number, text in enumerate(texts):
            says(conversation, "resident" if number % 2 else "volunteer", text)
        return conversation.pk


def announced(tenant: Tenant, text: str = "Sala zmieniona na 12.") -> UUID:
    with bind(tenant):
        conversation = Conversation.objects.create(kind=Kind.ANNOUNCEMENT, title="Zmiana sali")
        for role in ("resident", "volunteer"):
            Participant.objects.create(conversation=conversation, person=person(role))
        says(conversation, "osl", text)
        return conversation.pk


def place(conversation: UUID, role: str = "resident") -> Participant:
    """Ask it inside ``bind``."""
    return Participant.objects.get(conversation=conversation, person=person(role))


def link_of(tenant: Tenant, conversation: UUID, role: str = "resident") -> str:
    with bind(tenant):
        return f"/en/wiadomosci/link/{links.token_of(place(conversation, role))}/"


def picture() -> bytes:
    file = BytesIO()
    Image.new("RGB", (40, 30), "green").save(file, "PNG")
    return file.getvalue()


def send(
    client: SiteClient,
    path: str,
    text: str = "Dziękuję.",
    token: UUID | None = None,
    **more: object,
) -> HttpResponse:
    """The form of a conversation, sent."""
    answers = {"text": text, "token": str(token or uuid4())}
    return client.post(f"{path}odpowiedz/", answers, **more)  # type: ignore[arg-type,return-value]
