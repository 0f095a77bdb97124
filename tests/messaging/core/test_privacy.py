"""What is told, forgotten and kept of conversations, and what two cards of one person become."""

from datetime import timedelta

import pytest
from django.utils import timezone

from portal.accounts.actions.merge_people import merge_people
from portal.accounts.erasing import erase
from portal.messaging import reading
from portal.messaging.actions.block_person import block_person
from portal.messaging.actions.post_message import post_message
from portal.messaging.actions.report_message import report_message
from portal.messaging.actions.send_broadcast import send_broadcast
from portal.messaging.files import clean
from portal.messaging.models import (
    Attachment,
    Block,
    Broadcast,
    Conversation,
    Message,
    Participant,
    Report,
)
from portal.messaging.privacy import DECLARATION, KEPT, RELAY_KEPT
from tests.messaging.core.talking import (
    draft,
    group,
    office_says,
    osl,
    pdf,
    place_of,
    relay,
    says,
    somebody,
    upload,
    writes_to_office,
)

pytestmark = pytest.mark.usefixtures("in_srem")


def test_the_export_holds_own_words_and_the_office_and_nobody_elses() -> None:
    anna, ewa = somebody(), somebody("Ewa")
    many = group(anna, ewa)
    says(anna, many, "moje")
    message = says(ewa, many, "cudze")
    conversation = writes_to_office(anna, "pytanie")
    office_says(conversation, "odpowiedź")
    office_says(conversation, "Zadzwonić", kind=Message.Kind.NOTE)
    block_person(blocker=anna, blocked=ewa)
    report_message(message=message, reporter=anna, reason=Report.Reason.RUDE)
    told = DECLARATION.export(anna)
    assert [one["text"] for one in told["messages"]] == [
        "moje", "pytanie", "odpowiedź", "Zadzwonić",
    ]  # fmt: skip
    assert [len(told[part]) for part in ("conversations", "blocked_people", "reports")] == [2, 1, 1]
    assert "Ewa" not in str(told)
    assert DECLARATION.export(ewa)["blocked_people"] == []


def test_erasing_takes_words_files_marks_and_leaves_the_thread_of_others() -> None:
    anna, ewa = somebody(), somebody("Ewa")
    many, two = group(anna, ewa), relay(anna, ewa)
    message = post_message(
        conversation=many, text="moje", token=draft("Anna").pk, author=anna,
        files=[clean(upload(pdf()))],
    )  # fmt: skip
    says(ewa, many, "cudze")
    writes_to_office(anna)
    report_message(message=message, reporter=ewa, reason=Report.Reason.RUDE)
    block_person(blocker=ewa, blocked=anna)
    Broadcast.objects.update(
        audiences=[{"key": "one", "of": str(anna.pk)}, {"key": "a", "of": "b"}]
    )
    erase(anna)
    assert [(one.number, one.text, one.author) for one in many.messages.in_order()] == [
        (1, "", None), (2, "cudze", ewa),
    ]  # fmt: skip
    assert not Attachment.objects.exists()
    assert not Report.objects.exists()
    assert not Block.objects.exists()
    assert not Conversation.objects.filter(person__isnull=False).exists()
    assert Conversation.objects.get(pk=two.pk).is_closed
    assert set(Participant.objects.values_list("person", flat=True)) == {ewa.pk}
    assert Broadcast.objects.get().audiences == [{"key": "a", "of": "b"}]


def test_what_is_old_goes_by_night() -> None:
    anna, ewa = somebody(), somebody("Ewa")
    old, young, over = group(anna), group(ewa), relay(anna, ewa)
    says(anna, old)
    says(ewa, young)
    says(ewa, over)
    broadcast = draft("Anna")
    broadcast.schedule(timezone.now())
    send_broadcast(broadcast=broadcast.pk)
    now = timezone.now()
    Conversation.objects.exclude(pk__in=[young.pk, over.pk]).update(
        last_message_at=now - KEPT - timedelta(days=1)
    )
    Conversation.objects.filter(pk=over.pk).update(closed_at=now - RELAY_KEPT - timedelta(days=1))
    assert DECLARATION.retain
    DECLARATION.retain()
    assert list(Conversation.objects.all()) == [young]
    assert not Broadcast.objects.exists()


def test_two_cards_become_one_with_one_conversation_and_every_number() -> None:
    anna, same, ewa = somebody(), somebody("Ania"), somebody("Ewa")
    kept = writes_to_office(anna, "jeden")
    office_says(kept, "dwa")
    other = writes_to_office(same, "trzy")
    office_says(other, "Zadzwonić", kind=Message.Kind.NOTE)
    many = group(anna, same, ewa)
    message = says(ewa, many)
    for person in (anna, same):
        report_message(message=message, reporter=person, reason=Report.Reason.RUDE)
        block_person(blocker=person, blocked=ewa)
    block_person(blocker=anna, blocked=same)
    merge_people(kept=anna, merged=same, acting_user=osl())
    conversation = Conversation.objects.get(has_office=True, person__isnull=False)
    assert conversation == kept
    assert [(one.number, one.text) for one in conversation.messages.in_order()] == [
        (1, "jeden"), (2, "dwa"), (3, "trzy"), (4, "Zadzwonić"),
    ]  # fmt: skip
    assert (conversation.last_number, conversation.said_number) == (4, 3)
    assert conversation.waiting_since is not None
    assert conversation.messages.filter(author=anna).count() == 2
    assert Report.objects.count() == 1
    assert list(Block.objects.values_list("blocker", "blocked")) == [(anna.pk, ewa.pk)]
    assert set(many.participants.present().values_list("person", flat=True)) == {anna.pk, ewa.pk}
    places = list(reading.conversations_of(anna).values_list("conversation", flat=True))
    assert set(places) == {kept.pk, many.pk}
    assert says(anna, conversation).number == 5
    assert place_of(anna, conversation).read_number == 5
