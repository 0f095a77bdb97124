"""People of Śrem who write to each other, and files they might send."""

import zlib
from collections.abc import Iterable
from io import BytesIO
from typing import Any
from uuid import uuid4

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from pypdf import PdfWriter

from portal.accounts.models import Person, User
from portal.accounts.permissions import Permission
from portal.messaging import audiences
from portal.messaging.actions.open_office_conversation import open_office_conversation
from portal.messaging.actions.post_message import post_message
from portal.messaging.actions.save_broadcast import save_broadcast
from portal.messaging.audiences import Audience, Named
from portal.messaging.models import Broadcast, Conversation, Message, Participant

Kind = Conversation.Kind


def osl() -> User:
    return User.objects.get(email__startswith="osl@")


def somebody(name: str = "Anna", **fields: Any) -> Person:
    fields = {"email": f"{name.lower()}@example.pl", "channel": "email", **fields}
    return Person.objects.create(first_name=name, last_name="Nowak", **fields)


def group(*people: Person, title: str = "Nordic walking") -> Conversation:
    return _with(Conversation.objects.create(kind=Kind.GROUP, title=title), people)


def relay(*people: Person) -> Conversation:
    return _with(Conversation.objects.create(kind=Kind.DIRECT, has_office=False), people)


def _with(conversation: Conversation, people: Iterable[Person]) -> Conversation:
    for person in people:
        Participant.objects.create(conversation=conversation, person=person)
    return conversation


def place_of(person: Person, conversation: Conversation) -> Participant:
    return Participant.objects.select_related("conversation", "person").get(
        conversation=conversation, person=person
    )


def says(author: Person, conversation: Conversation, text: str = "Dzień dobry") -> Message:
    return post_message(conversation=conversation, text=text, token=uuid4(), author=author)


def office_says(conversation: Conversation, text: str = "Dzień dobry", **more: Any) -> Message:
    return post_message(
        conversation=conversation, text=text, token=uuid4(), acting_user=osl(), **more
    )


def writes_to_office(person: Person, text: str = "Kiedy spacer?") -> Conversation:
    conversation = open_office_conversation(person=person)
    says(person, conversation, text)
    return conversation


# Announcements

BY_NAME = "test.by_first_name"


def _named(first_name: str) -> QuerySet[Person]:
    return Person.objects.filter(first_name=first_name)


audiences.register(
    Audience(
        key=BY_NAME, label=_("people"), people=_named, name_of=str, choices=lambda _typed: [],
        permission=Permission.WRITE_TO_PEOPLE,
    )
)  # fmt: skip


def named(*first_names: str) -> list[Named]:
    return [Named(key=BY_NAME, of=name) for name in first_names]


def draft(*first_names: str, text: str = "Spacer jest o 10.") -> Broadcast:
    return save_broadcast(
        broadcast=None, subject="Spacer", text=text, audiences=named(*first_names),
        acting_user=osl(),
    )  # fmt: skip


# Files


def upload(content: bytes, name: str = "plik", declared: str = "image/png") -> Any:
    return SimpleUploadedFile(name, content, declared)


def pdf(writer: PdfWriter | None = None) -> bytes:
    writer = writer or PdfWriter()
    writer.add_blank_page(200, 200)
    kept = BytesIO()
    writer.write(kept)
    return kept.getvalue()


def pdf_with_packed(*objects: bytes) -> bytes:
    """One page; further objects stand in a compressed stream, where no search finds their names."""
    offsets, packed = [], b" ".join(objects)
    for number, one in enumerate(objects):
        offsets.append(f"{10 + number} {sum(len(before) + 1 for before in objects[:number])}")
        assert one
    head = " ".join(offsets).encode() + b" "
    stream = zlib.compress(head + packed)
    content, places = b"%PDF-1.5\n", {}
    for number, body in (
        (1, b"<</Type/Catalog/Pages 2 0 R/Extra 10 0 R>>"),
        (2, b"<</Type/Pages/Kids[3 0 R]/Count 1>>"),
        (3, b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>"),
        (
            4,
            b"<</Type/ObjStm/N %d/First %d/Filter/FlateDecode/Length %d>>stream\n%b\nendstream"
            % (len(objects), len(head), len(stream), stream),
        ),
    ):
        places[number] = len(content)
        content += b"%d 0 obj%b endobj\n" % (number, body)
    rows = [b"\0" * 7]
    rows += [b"\1" + places[number].to_bytes(4, "big") + b"\0\0" for number in (1, 2, 3, 4)]
    rows += [b"\2" + (4).to_bytes(4, "big") + bytes([0, n]) for n in range(len(objects))]
    index, start = b"0 5 10 %d" % len(objects), len(content)
    table = zlib.compress(b"".join(rows))
    content += (
        b"20 0 obj<</Type/XRef/Size 21/Index[%b]/W[1 4 2]/Root 1 0 R/Filter/FlateDecode"
        b"/Length %d>>stream\n%b\nendstream endobj\nstartxref\n%d\n%%%%EOF\n"
        % (index, len(table), table, start)
    )
    return content
