"""One conversation: both sides, notes, what became of the office's words, writing."""

import re
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from portal.accounts.models import Person
from portal.audit.models import AuditEntry
from portal.messaging.models import Attachment, Conversation, Message
from portal.notifications.models import Delivery
from portal.notifications.sms_length import sms_size
from tenants.binding import bind
from tenants.models import Tenant
from tests.conftest import SiteClient
from tests.panel.messages.desk import (
    group_of,
    page_of,
    resident_of,
    said,
    somebody,
    wrote,
)


def write_to(person: Person) -> str:
    return f"/en/panel/osoby/{person.pk}/wiadomosc/"


# From the card


def test_the_first_words_to_somebody_open_their_conversation(
    srem: Tenant, osl: SiteClient, halina: Person
) -> None:
    assert "Nobody has written yet" in osl.get(write_to(halina)).content.decode()
    page = osl.post(write_to(halina), said("Zaczynamy o 11:00."), follow=True).content.decode()
    assert "Zaczynamy o 11:00." in page
    assert "SMS: waiting" in page.replace("Sms", "SMS")
    with bind(srem):
        conversation = Conversation.objects.get(person=halina)
        message = conversation.messages.get()
        assert message.notice is not None
        assert [copy.channel for copy in message.notice.deliveries.all()] == ["sms"]
    again = osl.get(write_to(halina))
    assert again.headers["Location"] == page_of(conversation)


def test_the_check_says_how_it_goes_and_sends_nothing(
    srem: Tenant, osl: SiteClient, halina: Person
) -> None:
    form = said("Zaczynamy o 11:00, w świetlicy.")
    page = osl.post(f"{write_to(halina)}sprawdz/", form).content.decode()
    assert "31 characters" in page
    found = re.search(r"(\d+) text messages with Polish letters", page)
    assert found is not None
    assert form["text"] in page
    assert form["token"] in page
    assert "SMS to 600 100 200" in page
    called = somebody(srem, "Ola", phone="+48600500600", channel="phone")
    page = osl.post(f"{write_to(called)}sprawdz/", form).content.decode()
    assert "somebody of the office calls and reads it out" in page
    with bind(srem):
        assert not Message.objects.filter(text=form["text"]).exists()
    osl.post(write_to(halina), form)
    with bind(srem):
        notice = Message.objects.select_related("notice").get(text=form["text"]).notice
        assert notice is not None
        assert sms_size(notice.content["pl"]["sms"]).parts == int(found[1])


def test_at_night_the_page_says_when_it_goes_out(
    osl: SiteClient, halina: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    night = timezone.localtime().replace(hour=23, minute=30)
    monkeypatch.setattr(timezone, "now", lambda: night)
    assert "nobody is disturbed at night" in osl.get(write_to(halina)).content.decode()
    monkeypatch.setattr(timezone, "now", lambda: night.replace(hour=12))
    assert "at night" not in osl.get(write_to(halina)).content.decode()


def test_pressed_twice_it_is_one_message(srem: Tenant, osl: SiteClient, halina: Person) -> None:
    form = said("Zaczynamy o 11:00.")
    for _time in range(2):
        osl.post(write_to(halina), form)
    with bind(srem):
        message = Message.objects.get(conversation__person=halina)
        assert message.notice is not None
        assert message.notice.deliveries.count() == 1
        assert AuditEntry.objects.filter(action="conversation.written").count() == 1


def test_a_message_without_words_is_refused_and_opens_nothing(
    srem: Tenant, osl: SiteClient, halina: Person
) -> None:
    page = osl.post(write_to(halina), said(" ")).content.decode()
    assert "<title>Error:" in page
    with bind(srem):
        assert not Conversation.objects.filter(person=halina).exists()


def test_who_saw_the_number_is_written_down_once_an_hour(
    srem: Tenant, osl: SiteClient, halina: Person
) -> None:
    message = wrote(srem, halina, "Dzień dobry")
    for _time in range(2):
        assert "600 100 200" in osl.get(page_of(message.conversation)).content.decode()
    with bind(srem):
        assert AuditEntry.objects.filter(action="person.viewed", person=halina.pk).count() == 1


# An answer


def test_an_answer_shows_what_became_of_it(srem: Tenant, osl: SiteClient, halina: Person) -> None:
    conversation = wrote(srem, halina, "Czy Jan też może?").conversation
    osl.post(f"{page_of(conversation)}odpowiedz/", said("Tak."))
    with bind(srem):
        copy = Delivery.objects.get(person=halina)
    for state, words in (("sent", "SMS: sent"), ("needs_human", "SMS: needs a human")):
        with bind(srem):
            Delivery.objects.filter(pk=copy.pk).update(state=state, finished_at=copy.created_at)
        page = osl.get(page_of(conversation)).content.decode()
        assert words in page
        assert f"/en/panel/wysylki/{copy.message_id}/" in page
    assert "Read on the site" not in page
    with bind(srem):
        conversation.participants.update(read_number=2)
    assert "Read on the site" in osl.get(page_of(conversation)).content.decode()


def test_a_page_that_is_open_gets_a_fresh_form_and_the_newer_messages(
    srem: Tenant, osl: SiteClient, halina: Person
) -> None:
    conversation = wrote(srem, halina, "Czy Jan też może?").conversation
    answer = osl.post(
        f"{page_of(conversation)}odpowiedz/", said("Tak."), headers={"HX-Request": "true"}
    )
    assert answer.headers["HX-Trigger"] == '{"live": {"target": "#newer"}}'
    assert "Tak." not in answer.content.decode()
    newer = osl.get(f"{page_of(conversation)}nowe/?po=1").content.decode()
    assert "Tak." in newer
    assert "Czy Jan też może?" not in newer
    assert "nowe/?po=2" in newer
    assert osl.get(f"{page_of(conversation)}nowe/?po=2").status_code == 204


def test_what_is_refused_keeps_the_words(srem: Tenant, osl: SiteClient, halina: Person) -> None:
    conversation = wrote(srem, halina, "Czy Jan też może?").conversation
    with bind(srem):
        conversation.close()
    page = osl.post(f"{page_of(conversation)}odpowiedz/", said("Tak, oczywiście."))
    assert "This conversation has ended" in page.content.decode()


def test_the_office_writes_to_a_group_and_sees_how_many_read(
    srem: Tenant, osl: SiteClient, halina: Person
) -> None:
    group = group_of(srem, "Ozdoby", [halina, somebody(srem, "Tomek")])
    osl.post(f"{page_of(group)}odpowiedz/", said("Zaczynamy o 15:00"))
    with bind(srem):
        group.participants.filter(person=halina).update(read_number=1)
    page = osl.get(page_of(group)).content.decode()
    assert "Zaczynamy o 15:00" in page
    assert "Read by 1 person" in page


def test_a_file_is_handed_over_to_whoever_reads_the_conversation(
    srem: Tenant, kety: Tenant, osl: SiteClient, halina: Person
) -> None:
    message = wrote(srem, halina, "W załączniku kartka")
    other = wrote(srem, somebody(srem, "Tomek"), "Nic")
    with bind(srem):
        file = Attachment.objects.create(
            message=message, name="kartka.pdf", type="application/pdf", size=4, content=b"%PDF"
        )
    path = f"{page_of(message.conversation)}pliki/{file.pk}/"
    assert path in osl.get(page_of(message.conversation)).content.decode()
    answer = osl.get(path)
    assert answer.content == b"%PDF"
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert osl.get(f"{page_of(other.conversation)}pliki/{file.pk}/").status_code == 404
    neighbour = SiteClient(kety)
    neighbour.log_in("osl")
    assert neighbour.get(path).status_code == 404


# A note


def test_a_note_stands_apart_and_the_resident_never_sees_it(srem: Tenant, osl: SiteClient) -> None:
    resident = resident_of(srem)
    conversation = wrote(srem, resident, "Dzień dobry").conversation
    osl.post(
        f"{page_of(conversation)}notatka/",
        {"note": "Prosi o miejsce blisko wejścia", "token": str(uuid4())},
    )
    page = osl.get(page_of(conversation)).content.decode()
    assert "Prosi o miejsce blisko wejścia" in page
    assert "Only staff see it." in page
    assert "Waits for an answer" in page
    visitor = SiteClient(srem)
    visitor.log_in("resident")
    theirs = visitor.get(f"/en/wiadomosci/{conversation.pk}/")
    assert theirs.status_code == 200
    assert "Dzień dobry" in theirs.content.decode()
    for path in ("", f"{conversation.pk}/", f"{conversation.pk}/nowe/?po=1"):
        assert "blisko wejścia" not in visitor.get(f"/en/wiadomosci/{path}").content.decode()


def test_an_empty_note_is_refused_in_words(srem: Tenant, osl: SiteClient, halina: Person) -> None:
    conversation = wrote(srem, halina, "Dzień dobry").conversation
    page = osl.post(f"{page_of(conversation)}notatka/", {"note": "", "token": str(uuid4())})
    assert "<title>Error:" in page.content.decode()


def test_a_long_conversation_is_shown_in_parts_and_costs_the_same(
    srem: Tenant, osl: SiteClient, halina: Person
) -> None:
    conversation = wrote(srem, halina, "Pierwsza wiadomość").conversation
    osl.post(f"{page_of(conversation)}odpowiedz/", said("Odpowiedź"))
    osl.get(page_of(conversation))
    with CaptureQueriesContext(connection) as few:
        osl.get(page_of(conversation))
    with bind(srem):
        Message.objects.bulk_create(
            Message(
                conversation=conversation, number=number, text=f"Numer {number}", token=uuid4(),
                author=halina,
            )
            for number in range(3, 61)
        )  # fmt: skip
        Conversation.objects.filter(pk=conversation.pk).update(last_number=60, said_number=60)
    with CaptureQueriesContext(connection) as many:
        page = osl.get(page_of(conversation)).content.decode()
    assert len(many) <= len(few)
    assert len(many) <= 22
    assert "Numer 60" in page
    assert "Pierwsza wiadomość" not in page
    assert "?przed=11" in page
    assert "Pierwsza wiadomość" in osl.get(f"{page_of(conversation)}?przed=11").content.decode()
