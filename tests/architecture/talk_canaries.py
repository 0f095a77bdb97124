"""Conversations, announcements and reports of messages, for both sites under the same ids; see
``canaries``. ``release_talk`` follows each call of ``release_help``.
"""

from datetime import timedelta
from typing import Any
from uuid import UUID

from django.db.models import Model
from django.utils import timezone

from portal.accounts.models import Person, User
from portal.messaging import links
from portal.messaging.models import (
    Attachment,
    Block,
    Broadcast,
    Conversation,
    Message,
    Participant,
    Report,
)
from portal.notifications.models import Delivery
from portal.notifications.models import Message as Notice
from tests.architecture.people_canaries import SHARED, phone


def release_talk(word: str, first_id: int, owner: User, picture: bytes) -> dict[str, Model]:
    """What the ids of ``/wiadomosci/`` and ``/panel/wiadomosci/`` lead to.

    The ``owner`` finds the conversations with the shared ids among their own.
    """
    own = owner.person if first_id == SHARED else _person(word, first_id, 80, "Rozmowna")
    clerk = User.objects.get(email__startswith="osl@")
    found = _with_office(word, first_id, own, clerk, picture)
    found |= _group(word, first_id, own)
    found |= _relay(word, first_id, own)
    return found | _announcements(word, first_id, own, clerk)


def talk_names(made: dict[str, Any]) -> dict[str, str]:
    """The link by which the owner answers without logging in."""
    place = Participant.objects.get(conversation=made["office_talk"])
    return {"talk_link": links.token_of(place)}


def _id(first_id: int, number: int) -> UUID:
    return UUID(int=first_id + 0x500 + number)


def _person(word: str, first_id: int, number: int, name: str) -> Person:
    return Person.objects.create(
        id=_id(first_id, number), first_name=name, last_name=f"Rozmowna-{word}",
        phone=phone(first_id, number), email=f"{name.lower()}-{first_id}@{word}.example",
        channel="email",
    )  # fmt: skip


def _talk(first_id: int, number: int, people: list[Person], **fields: Any) -> Conversation:
    talk = Conversation.objects.create(id=_id(first_id, number), **fields)
    Participant.objects.bulk_create(
        Participant(conversation=talk, person=person) for person in people
    )
    return talk


def _say(talk: Conversation, first_id: int, number: int, text: str, **fields: Any) -> Message:
    talk.last_number += 1
    if fields.get("kind") != "note":
        talk.said_number = talk.last_number
    talk.last_message_at = timezone.now()
    talk.save()
    return Message.objects.create(
        id=_id(first_id, number), conversation=talk, number=talk.last_number, text=text,
        token=_id(first_id, number), **fields,
    )  # fmt: skip


def _with_office(
    word: str, first_id: int, own: Person, clerk: User, content: bytes
) -> dict[str, Model]:
    """Somebody wrote, got an answer, wrote again and waits."""
    talk = _talk(first_id, 1, [own], kind="direct", person=own, waiting_since=timezone.now())
    asked = _say(talk, first_id, 2, f"Pytanie {word}", author=own)
    _say(talk, first_id, 3, f"Odpowiedź {word}", written_by=clerk.pk)
    note = _say(talk, first_id, 4, f"Notatka {word}", written_by=clerk.pk, kind="note")
    picture = Attachment.objects.create(
        id=_id(first_id, 5), message=asked, name=f"zdjecie-{word}.webp", type="image/webp",
        size=len(content), width=40, height=30, content=content,
    )  # fmt: skip
    return {"office_talk": talk, "office_note": note, "talk_file": picture}


def _group(word: str, first_id: int, own: Person) -> dict[str, Model]:
    """Those who come to something; one of them wrote what another reported."""
    other = _person(word, first_id, 81, "Zosia")
    quiet = _person(word, first_id, 82, "Cichy")
    talk = _talk(first_id, 10, [own, other, quiet], kind="group", title=f"Grupa {word}")
    rude = _say(talk, first_id, 11, f"Niemiłe {word}", author=other)
    _say(talk, first_id, 12, f"Ciche {word}", author=quiet)
    report = Report.objects.create(
        id=_id(first_id, 13), message=rude, reporter=quiet, reason="rude", words=f"Bo {word}"
    )
    block = Block.objects.create(id=_id(first_id, 14), blocker=own, blocked=quiet)
    return {"group_talk": talk, "message_report": report, "message_block": block}


def _relay(word: str, first_id: int, own: Person) -> dict[str, Model]:
    """Between two residents; nobody else reads it, of the office neither."""
    other = _person(word, first_id, 83, "Potrzebująca")
    talk = _talk(first_id, 20, [own, other], kind="direct", has_office=False)
    _say(talk, first_id, 21, f"Przyjdę {word}", author=other)
    return {"relay": talk}


def _announcements(word: str, first_id: int, own: Person, clerk: User) -> dict[str, Model]:
    now = timezone.now()
    notice = Notice.objects.create(
        id=_id(first_id, 30), kind="messaging/announcement", sender=clerk.pk,
        content={"pl": {"subject": word, "text": word, "sms": word}},
    )  # fmt: skip
    for number, person in ((31, own), (32, _person(word, first_id, 84, "Niedostępna"))):
        Delivery.objects.create(
            id=_id(first_id, number), message=notice, person=person, channel="email",
            state="needs_human", error="refused 550", due_at=now, finished_at=now,
        )  # fmt: skip
    talk = _talk(first_id, 33, [own], kind="announcement", title=f"Ogłoszenie {word}")
    _say(talk, first_id, 34, f"Ogłaszamy {word}", written_by=clerk.pk, notice=notice)
    written = {"subject": f"Ogłoszenie {word}", "text": f"Ogłaszamy {word}", "written_by": clerk.pk}
    sent = Broadcast.objects.create(
        id=_id(first_id, 35), state="sent", conversation=talk, recipients=2, sent_at=now,
        send_at=now, **written,
    )  # fmt: skip
    draft = Broadcast.objects.create(
        id=_id(first_id, 36), audiences=[{"key": "volunteering.skill", "of": "company"}], **written
    )
    coming = Broadcast.objects.create(
        id=_id(first_id, 37), state="scheduled", send_at=now + timedelta(days=3),
        audiences=[{"key": "volunteering.skill", "of": "company"}], **written,
    )  # fmt: skip
    return {
        "announcement_talk": talk, "announcement": sent, "announcement_draft": draft,
        "announcement_coming": coming,
    }  # fmt: skip
