"""Writing, reading, silence, and what the office decides."""

from typing import Any
from uuid import uuid4

import pytest
from django.utils.datastructures import MultiValueDict

from portal.audit.models import AuditEntry
from portal.messaging import reading
from portal.messaging.actions.answer_announcement import answer_announcement
from portal.messaging.actions.block_person import block_person
from portal.messaging.actions.decide_report import decide_report
from portal.messaging.actions.mark_read import mark_read
from portal.messaging.actions.mute_conversation import mute_conversation
from portal.messaging.actions.open_group import open_group
from portal.messaging.actions.open_office_conversation import open_office_conversation
from portal.messaging.actions.post_message import post_message
from portal.messaging.actions.put_aside import put_aside
from portal.messaging.actions.report_message import report_message
from portal.messaging.actions.unblock_person import unblock_person
from portal.messaging.actions.unmute_conversation import unmute_conversation
from portal.messaging.files import clean
from portal.messaging.forms import MessageForm
from portal.messaging.models import (
    LONGEST_TEXT,
    Attachment,
    Block,
    Conversation,
    Message,
    Report,
)
from portal.messaging.refusals import (
    AlreadyHandled,
    AnswersGoToTheOffice,
    BlockedHere,
    ConversationClosed,
    NothingWritten,
    NotInConversation,
    NotYourself,
    TooLong,
    TooManyFiles,
    WaitABit,
)
from tests.messaging.core.talking import (
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


def test_what_is_no_message_is_refused() -> None:
    anna = somebody()
    conversation = open_office_conversation(person=anna)
    file = clean(upload(pdf()))
    for refusal, more in (
        (NothingWritten, {"text": "  \n"}),
        (TooLong, {"text": "a" * (LONGEST_TEXT + 1)}),
        (TooManyFiles, {"text": "", "files": [file] * 4}),
    ):
        with pytest.raises(refusal):
            post_message(conversation=conversation, token=uuid4(), author=anna, **more)
    assert not Message.objects.exists()


def test_one_form_pressed_often_is_one_message_with_its_file() -> None:
    anna = somebody()
    conversation, token = open_office_conversation(person=anna), uuid4()
    file = clean(upload(pdf(), "list.pdf"))
    sent = {
        post_message(
            conversation=conversation, text="Hej", token=token, author=anna, files=[file]
        ).pk
        for _press in range(3)
    }
    assert len(sent) == Attachment.objects.count() == 1
    assert Conversation.objects.get().last_number == 1


def test_only_who_is_there_writes_and_only_while_it_is_open() -> None:
    anna, ewa, obcy = somebody(), somebody("Ewa"), somebody("Obcy")
    conversation = relay(anna, ewa)
    with pytest.raises(NotInConversation):
        says(obcy, conversation)
    conversation.close()
    with pytest.raises(ConversationClosed):
        says(anna, conversation)


def test_nobody_floods_a_conversation() -> None:
    anna = somebody()
    conversation = open_office_conversation(person=anna)
    for _number in range(20):
        says(anna, conversation)
    with pytest.raises(WaitABit):
        says(anna, conversation)


def test_the_office_is_waited_for_until_it_answers_or_puts_it_aside() -> None:
    anna = somebody()
    conversation = writes_to_office(anna)
    conversation.refresh_from_db()
    since = conversation.waiting_since
    says(anna, conversation, "Halo?")
    office_says(conversation, "Oddzwonić", kind=Message.Kind.NOTE)
    assert Conversation.objects.waiting().get().waiting_since == since
    office_says(conversation)
    assert not Conversation.objects.waiting().exists()
    says(anna, conversation, "Dziękuję!")
    put_aside(conversation=conversation, acting_user=osl())
    put_aside(conversation=conversation, acting_user=osl())
    assert not Conversation.objects.waiting().exists()
    assert AuditEntry.objects.filter(action="conversation.put_aside").count() == 1


def test_an_announcement_is_answered_to_the_office_alone() -> None:
    anna, ewa = somebody(), somebody("Ewa")
    announced = Conversation.objects.create(kind=Conversation.Kind.ANNOUNCEMENT, title="Spacer")
    for person in (anna, ewa):
        announced.participants.create(person=person)
    words = office_says(announced, "Spacer o 10")
    with pytest.raises(AnswersGoToTheOffice):
        says(anna, announced)
    token = uuid4()
    for _press in range(2):
        answer = answer_announcement(
            participant=place_of(anna, announced), text="Nie przyjdę", token=token
        )
    assert answer.conversation.person == anna
    assert answer.answers == words
    assert Message.objects.filter(author=anna).count() == 1
    assert [one.text for one in reading.messages_for(place_of(ewa, announced))] == ["Spacer o 10"]
    with pytest.raises(NotInConversation):
        answer_announcement(
            participant=place_of(anna, answer.conversation), text="Hej", token=uuid4()
        )


def test_a_mark_never_goes_back_and_never_ahead() -> None:
    anna, ewa = somebody(), somebody("Ewa")
    conversation = group(anna, ewa)
    for _number in range(3):
        says(ewa, conversation)
    for number, expected in ((2, 2), (1, 2), (99, 3), (0, 3)):
        mark_read(participant=place_of(anna, conversation), number=number)
        assert place_of(anna, conversation).read_number == expected


def test_a_block_hides_both_from_each_other_and_ends_writing_between_two() -> None:
    anna, ewa = somebody(), somebody("Ewa")
    two, many = relay(anna, ewa), group(anna, ewa)
    says(ewa, many, "od Ewy")
    for _press in range(2):
        block_person(blocker=anna, blocked=ewa)
    assert Block.objects.count() == 1
    assert not reading.messages_for(place_of(anna, many)).exists()
    says(anna, many, "od Anny")
    assert [one.text for one in reading.messages_for(place_of(ewa, many))] == ["od Ewy"]
    for author in (anna, ewa):
        with pytest.raises(BlockedHere):
            says(author, two)
    unblock_person(blocker=ewa, blocked=anna)  # hers to end it is not
    with pytest.raises(BlockedHere):
        says(ewa, two)
    unblock_person(blocker=anna, blocked=ewa)
    assert says(ewa, two)
    with pytest.raises(NotYourself):
        block_person(blocker=anna, blocked=anna)


def test_a_reported_message_is_removed_once_for_all_who_reported_it() -> None:
    anna, ewa, ola = somebody(), somebody("Ewa"), somebody("Ola")
    conversation = group(anna, ewa, ola)
    message = post_message(
        conversation=conversation, text="Kup!", token=uuid4(), author=ewa,
        files=[clean(upload(pdf()))],
    )  # fmt: skip
    first = report_message(message=message, reporter=anna, reason=Report.Reason.MONEY)
    assert report_message(message=message, reporter=anna, reason=Report.Reason.RUDE) == first
    second = report_message(message=message, reporter=ola, reason=Report.Reason.MONEY)
    decide_report(report=first, remove=True, acting_user=osl())
    with pytest.raises(AlreadyHandled):
        decide_report(report=second, remove=False, acting_user=osl())
    with pytest.raises(AlreadyHandled):
        report_message(message=message, reporter=ewa, reason=Report.Reason.RUDE)
    message.refresh_from_db()
    assert (message.text, message.number, message.removed_by) == ("", 1, osl().pk)
    assert not Attachment.objects.exists()
    assert set(Report.objects.values_list("state", flat=True)) == {Report.State.REMOVED}


def test_only_readers_report_and_nobody_reports_a_note() -> None:
    anna, obcy = somebody(), somebody("Obcy")
    conversation = writes_to_office(anna)
    note = office_says(conversation, "Zadzwonić", kind=Message.Kind.NOTE)
    words = office_says(conversation)
    for message, reporter in ((words, obcy), (note, anna)):
        with pytest.raises(NotInConversation):
            report_message(message=message, reporter=reporter, reason=Report.Reason.RUDE)
    report = report_message(message=words, reporter=anna, reason=Report.Reason.OTHER, words="?")
    decide_report(report=report, remove=False, acting_user=osl())
    words.refresh_from_db()
    assert words.text


def test_muting_and_a_group_of_the_office() -> None:
    anna = somebody()
    conversation = open_group(title="Zespół", acting_user=osl())
    conversation.participants.create(person=anna)
    mute_conversation(participant=place_of(anna, conversation))
    assert place_of(anna, conversation).is_muted
    unmute_conversation(participant=place_of(anna, conversation))
    assert not place_of(anna, conversation).is_muted


def test_the_form_keeps_words_and_names_each_bad_file() -> None:
    fresh, again = MessageForm(), MessageForm()
    assert fresh["token"].value() != again["token"].value()
    sent = {"text": "Oto skan", "token": str(uuid4())}
    files = [upload(b"MZ", "a.pdf"), upload(pdf(), "b.pdf"), upload(b"<html>", "c.png")]
    form = MessageForm(sent, _several(files))
    assert not form.is_valid()
    assert [name in form.errors["files"][row] for row, name in enumerate(["a.pdf", "c.png"])]
    assert len(form.errors["files"]) == 2
    assert (form["text"].value(), str(form["token"].value())) == ("Oto skan", sent["token"])
    form = MessageForm({**sent, "text": ""}, _several(files[1:2]))
    assert form.is_valid()
    assert [file.name for file in form.message_arguments()["files"]] == ["b.pdf"]
    assert "text" in MessageForm({**sent, "text": " "}).errors


def _several(files: list[Any]) -> MultiValueDict[str, Any]:
    return MultiValueDict({"files": files})
