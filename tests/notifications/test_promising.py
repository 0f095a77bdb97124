"""A promise is rows in the caller's transaction: all of it, or nothing."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import connection, transaction
from django.template import TemplateDoesNotExist
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from portal.accounts.actions.give_consent import give_consent
from portal.accounts.actions.withdraw_consent import withdraw_consent
from portal.accounts.models import ConsentPurpose, Person, User
from portal.notifications.kinds import Category, Kind, register
from portal.notifications.models import Delivery, Message
from portal.notifications.preferences import choose
from portal.notifications.promise import Address, File, promise
from portal.notifications.tasks import forget_words
from tenants.models import Tenant
from tests.notifications.conftest import (
    CALM,
    CODE,
    CONTENT,
    NEWS,
    REMINDER,
    URGENT,
    person,
    promised,
)

State, Channel = Delivery.State, Delivery.Channel


def jobs() -> list[tuple[str, dict[str, Any], datetime | None, int]]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT task_name, args::text, scheduled_at, priority FROM procrastinate_jobs"
            " WHERE task_name LIKE 'portal.notifications.%' ORDER BY id"
        )
        return list(cursor.fetchall())


class Changed(Exception):
    pass


def test_promise_of_a_transaction_that_fails_was_never_made(in_srem: Tenant) -> None:
    def promise_and_fail() -> None:
        with transaction.atomic():
            promised(person())
            raise Changed

    with pytest.raises(Changed):
        promise_and_fail()
    assert (Message.objects.count(), Delivery.objects.count(), jobs()) == (0, 0, [])


def test_many_recipients_are_one_job_and_few_queries(in_srem: Tenant) -> None:
    people = [person(f"Osoba{number}") for number in range(50)]
    with CaptureQueriesContext(connection) as queries:
        promised(*people)
    assert len(queries) <= 9
    assert Delivery.objects.filter(channel=Channel.EMAIL, state=State.WAITING).count() == 50
    [(task, arguments, moment, priority)] = jobs()
    assert task == "portal.notifications.send_mails"
    assert "Osoba" not in str(arguments)
    assert moment is None
    assert priority > 0


def test_somebody_named_twice_gets_one_copy(in_srem: Tenant) -> None:
    anna = person()
    promised(anna, Person.objects.get(pk=anna.pk), anna)
    assert Delivery.objects.count() == 1


def test_each_is_reached_the_way_they_want(in_srem: Tenant) -> None:
    promised(
        person("Mail"),
        person("Sms", phone="+48600100200", channel="sms"),
        person("Telefon", phone="+48600100201", channel="phone"),
        person("List", city="Śrem", postcode="63-100", street="Długa 1", channel="letter"),
        person("Nikt", email="", channel=""),
    )
    found = Delivery.objects.values_list("person__first_name", "channel")
    assert dict(found) == {
        "Mail": "email", "Sms": "sms", "Telefon": "call", "List": "letter", "Nikt": "call",
    }  # fmt: skip
    assert {name for name, *_rest in jobs()} == {
        "portal.notifications.send_mails",
        "portal.notifications.send_text_messages",
    }


def test_whoever_has_a_login_finds_it_on_the_site_too(in_srem: Tenant) -> None:
    user = User.objects.create_user(email="ewa@example.pl")
    message = promised(user.person)
    states = dict(message.deliveries.values_list("channel", "state"))
    assert states == {"email": State.WAITING, "inbox": State.DELIVERED}


def test_closed_login_has_no_inbox(in_srem: Tenant) -> None:
    user = User.objects.create_user(email="ewa@example.pl", is_active=False)
    assert promised(user.person).deliveries.get().channel == Channel.EMAIL


def test_news_is_sent_only_with_consent_and_is_there_to_read_without(in_srem: Tenant) -> None:
    user = User.objects.create_user(email="ewa@example.pl")
    assert promised(user.person, kind=NEWS).deliveries.get().channel == Channel.INBOX
    consent = give_consent(
        person=user.person, purpose=ConsentPurpose.NEWS, means="online", acting_user=user
    )
    assert promised(user.person, kind=NEWS).deliveries.count() == 2
    withdraw_consent(consent=consent, acting_user=user)
    assert promised(user.person, kind=NEWS).deliveries.count() == 1


def test_refused_reminder_is_not_sent(in_srem: Tenant) -> None:
    anna = person()
    choose(anna, Category.REMINDERS, False)
    assert not promised(anna, kind=REMINDER).deliveries.exists()
    assert promised(anna, kind=CALM).deliveries.count() == 1


@pytest.mark.parametrize(
    ("kind", "due"), [(CALM, "2026-05-15 08:00"), (URGENT, "2026-05-14 23:10")]
)
def test_only_what_is_urgent_goes_out_at_night(
    in_srem: Tenant, clock: Callable[[str], datetime], kind: Kind, due: str
) -> None:
    now = clock("2026-05-14 23:10")
    expected = timezone.make_aware(datetime.fromisoformat(due))
    assert promised(person(), kind=kind).deliveries.get().due_at == expected
    [(_task, _arguments, moment, _priority)] = jobs()
    assert moment == (None if expected == now else expected)


def test_words_are_rendered_in_the_languages_of_the_recipients(
    in_srem: Tenant, settings: Any, tmp_path: Path
) -> None:
    (tmp_path / "emails").mkdir()
    for name, text in {
        "hello.subject.txt": "{{ who }} & Syn:\n {{ day|date:'E' }}",
        "hello.txt": "{{ day|date:'E' }} w {{ tenant.name }}\n",
        "hello.sms.txt": "{{ who }}:\n{{ day|date:'E' }}",
    }.items():
        (tmp_path / "emails" / name).write_text(text)
    settings.TEMPLATES = [{**settings.TEMPLATES[0], "DIRS": [tmp_path]}]
    register(Kind(key="hello", label="hello"))
    people = [person(code, language=code) for code in ("pl", "en", "uk")]
    context = {"who": "O'Connor", "day": date(2026, 5, 14)}
    message = promise("hello", to=people, context=context)
    for language, month in {"pl": "maja", "en": "May", "uk": "травня"}.items():
        assert message.content[language] == {
            "subject": f"O'Connor & Syn: {month}",
            "text": f"{month} w {in_srem.name}",
            "sms": f"O'Connor: {month}",
        }


def test_kind_nobody_registered_or_without_words_is_refused(in_srem: Tenant) -> None:
    with pytest.raises(KeyError):
        promise("nobody/knows", to=[person()])
    with pytest.raises(TemplateDoesNotExist):
        promise(URGENT.key, to=[person("Ola")])


def test_words_are_found_in_another_language_when_there_are_none(in_srem: Tenant) -> None:
    message = promised(person(language="uk"))
    found = message.deliveries.get()
    assert found.words is not None
    assert found.words["subject"] == "Spacer nad Wartą"


def test_files_are_kept_once_for_everybody(in_srem: Tenant) -> None:
    file = File("plan.pdf", "application/pdf", b"%PDF-")
    message = promised(person("Anna"), person("Ola"), files=[file])
    assert bytes(message.attachments.get().content) == b"%PDF-"


def test_code_is_forgotten_when_it_is_of_no_use_any_more(in_srem: Tenant) -> None:
    expires_at = timezone.now() + timedelta(minutes=10)
    message = promise(
        CODE.key, to=[Address("ola@example.pl")], content=CONTENT, expires_at=expires_at
    )
    [_sending, (task, arguments, moment, _priority)] = jobs()
    assert task == "portal.notifications.forget_words"
    assert moment == expires_at
    assert str(message.pk) in str(arguments)
    forget_words(message=str(message.pk))
    message.refresh_from_db()
    assert message.content == {}
    assert message.deliveries.get().words is None


def test_sender_sees_what_became_of_every_copy(in_srem: Tenant) -> None:
    writer = User.objects.get(email__startswith="osl@")
    message = promised(person("Anna"), person("Ola"), person("Nikt", email="", channel=""),
                       sender=writer.pk)  # fmt: skip
    Delivery.objects.filter(person__first_name="Ola").update(
        state=State.SENT, finished_at=timezone.now()
    )
    [found] = Message.objects.written_by(writer.pk).with_states()
    assert found == message
    assert (found.in_waiting, found.in_sent, found.in_needs_human) == (2, 1, 0)  # type: ignore[attr-defined]
