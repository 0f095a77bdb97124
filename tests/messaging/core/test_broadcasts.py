"""An announcement: written, looked at, sent once to each, and what becomes of every copy."""

from datetime import timedelta
from time import monotonic
from typing import Any

import pytest
from django.utils import timezone

from portal.accounts.models import Person
from portal.audit.models import AuditEntry
from portal.messaging import broadcasting
from portal.messaging.actions import send_broadcast as sending
from portal.messaging.actions.cancel_broadcast import cancel_broadcast
from portal.messaging.actions.mark_read import mark_read
from portal.messaging.actions.resend_failed import resend_failed
from portal.messaging.actions.save_broadcast import save_broadcast
from portal.messaging.actions.schedule_broadcast import schedule_broadcast
from portal.messaging.actions.send_broadcast import send_broadcast
from portal.messaging.audiences import Named, NoSuchAudience
from portal.messaging.models import Broadcast, Conversation, Message
from portal.messaging.refusals import AlreadySent, CalledOff, NobodyToWriteTo, NothingWritten
from portal.messaging.tasks import look_for_announcements
from portal.notifications.models import Delivery
from tests.jobs import do_due_jobs, waiting_jobs
from tests.messaging.core.talking import draft, named, osl, place_of, somebody

pytestmark = pytest.mark.usefixtures("in_srem")
State = Broadcast.State
JOB = "portal.messaging.send_announcement"


def schedule(broadcast: Broadcast, moment: Any = None) -> Broadcast:
    return schedule_broadcast(broadcast=broadcast, moment=moment, acting_user=osl())


def sent(broadcast: Broadcast) -> Broadcast:
    schedule(broadcast)
    send_broadcast(broadcast=broadcast.pk)
    broadcast.refresh_from_db()
    return broadcast


def copies() -> list[str]:
    found = Delivery.objects.filter(message__kind="messaging/announcement")
    return sorted(found.values_list("person__first_name", flat=True))


def jobs() -> list[Any]:
    return [job for job in waiting_jobs() if job["task"] == JOB]


def test_somebody_in_three_audiences_gets_one_copy() -> None:
    anna, _ewa, _obcy = somebody(), somebody("Ewa"), somebody("Obcy")
    merged = Person.objects.create(merged_into=anna)
    broadcast = draft("Anna", "Ewa", "Anna", "")
    assert merged.first_name == ""  # of the audience of people without a name, as Anna is now
    broadcast = sent(broadcast)
    assert copies() == ["Anna", "Ewa"]
    assert (broadcast.state, broadcast.recipients) == (State.SENT, 2)
    place = place_of(anna, broadcast.conversation)  # type: ignore[arg-type]
    assert place.told_number == place.conversation.last_number == 1
    assert place.conversation.title == "Spacer"


def test_the_page_only_writes_down_and_the_job_sends_once_however_often_it_runs() -> None:
    somebody()
    broadcast = draft("Anna")
    for _press in range(2):
        schedule(broadcast)
    assert copies() == []
    do_due_jobs()
    for _again in range(2):
        send_broadcast(broadcast=broadcast.pk)
    assert copies() == ["Anna"]
    with pytest.raises(AlreadySent):
        schedule(broadcast)
    with pytest.raises(AlreadySent):
        cancel_broadcast(broadcast=broadcast, acting_user=osl())


def test_a_moved_or_called_off_time_does_not_send() -> None:
    somebody()
    now = timezone.now()
    broadcast = draft("Anna")
    schedule(broadcast, now + timedelta(hours=1))
    schedule(broadcast, now + timedelta(hours=2))
    assert [job["at"] - now for job in jobs()] == [timedelta(hours=1), timedelta(hours=2)]
    send_broadcast(broadcast=broadcast.pk)
    assert copies() == []
    schedule(broadcast)
    for _press in range(2):
        cancel_broadcast(broadcast=broadcast, acting_user=osl())
    send_broadcast(broadcast=broadcast.pk)
    assert copies() == []
    with pytest.raises(CalledOff):
        schedule(broadcast)


def test_changed_words_of_a_scheduled_one_have_to_be_looked_at_anew() -> None:
    somebody()
    broadcast = schedule(draft("Anna"), timezone.now() + timedelta(hours=1))
    changed = save_broadcast(
        broadcast=broadcast, subject=" Nowy  temat ", text="Inaczej", audiences=named("Ewa"),
        acting_user=osl(),
    )  # fmt: skip
    assert (changed.state, changed.send_at, changed.subject) == (State.DRAFT, None, "Nowy temat")
    send_broadcast(broadcast=broadcast.pk)
    assert copies() == []


def test_a_draft_pressed_twice_is_one_and_needs_words_and_known_audiences() -> None:
    assert draft("Anna").pk == draft("Anna", "Anna").pk
    assert draft("Ewa").pk != draft("Anna").pk
    with pytest.raises(NothingWritten):
        draft("Anna", text=" ")
    with pytest.raises(NoSuchAudience):
        save_broadcast(
            broadcast=None, subject="a", text="b", audiences=[Named(key="no.such", of="")],
            acting_user=osl(),
        )  # fmt: skip


def test_nobody_to_write_to_is_said_at_once_or_found_when_its_time_comes() -> None:
    anna = somebody()
    with pytest.raises(NobodyToWriteTo):
        schedule(draft("Nikt"))
    broadcast = schedule(draft("Anna"))
    Person.objects.filter(pk=anna.pk).update(first_name="Hanna")
    send_broadcast(broadcast=broadcast.pk)
    broadcast.refresh_from_db()
    assert (broadcast.state, broadcast.found_nobody) == (State.DRAFT, True)
    assert AuditEntry.objects.filter(action="broadcast.found_nobody").exists()
    Person.objects.filter(pk=anna.pk).update(first_name="Anna")
    assert not sent(broadcast).found_nobody


def test_a_job_killed_in_the_middle_has_told_nobody_and_the_next_one_everybody(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    somebody()
    broadcast = schedule(draft("Anna"))
    with monkeypatch.context() as killed:
        killed.setattr(sending, "record", _die)  # the last but one thing it does
        with pytest.raises(KeyboardInterrupt):
            send_broadcast(broadcast=broadcast.pk)
    assert copies() == []
    assert not Conversation.objects.exists()
    do_due_jobs()
    assert copies() == ["Anna"]


def _die(*_arguments: object, **_named: object) -> None:
    raise KeyboardInterrupt


def test_a_lost_job_is_found_by_night() -> None:
    somebody()
    broadcast = draft("Anna")
    broadcast.schedule(timezone.now())
    look_for_announcements()
    do_due_jobs()
    assert copies() == ["Anna"]


def test_a_thousand_people_take_a_few_queries_and_two_seconds(
    django_assert_max_num_queries: Any,
) -> None:
    people = [
        Person(first_name="Anna", email=f"a{number}@example.pl", channel="email")
        for number in range(999)
    ]
    somebody()
    Person.objects.bulk_create(people)
    broadcast = draft("Anna")
    with django_assert_max_num_queries(12):
        schedule(broadcast)
    started = monotonic()
    with django_assert_max_num_queries(30):
        send_broadcast(broadcast=broadcast.pk)
    assert monotonic() - started < 4  # two seconds on a machine that does nothing else
    assert len(copies()) == 1_000


def test_the_preview_says_who_gets_it_how_and_what_it_costs() -> None:
    somebody()
    somebody("Ewa", email="", phone="+48600100200", channel="sms")
    somebody("Ewa", email="", phone="+48600100201", channel="sms", language="uk")
    somebody("Ola", email="", channel="")
    found = broadcasting.preview(
        [*named("Anna", "Ewa", "Ola"), *named("Ewa")], subject="Spacer", text="ż" * 100
    )
    assert found.people == 4
    assert found.repeated == 2
    assert found.by_channel == {
        Delivery.Channel.EMAIL: 1, Delivery.Channel.SMS: 2, Delivery.Channel.CALL: 1,
    }  # fmt: skip
    assert (found.unreachable, found.on_site) == (1, 0)
    assert found.sms_parts >= 2 * 2
    assert [one.first_name for one in found.sample] == ["Anna", "Ewa", "Ewa", "Ola"]
    assert broadcasting.preview(named("Nikt")).people == 0


def test_each_copy_has_its_state_and_the_failed_ones_go_again() -> None:
    anna, ewa, jan = somebody(), somebody("Ewa"), somebody("Jan", email="", channel="")
    broadcast = sent(draft("Anna", "Ewa", "Jan"))
    Delivery.objects.filter(person=ewa).update(
        state=Delivery.State.NEEDS_HUMAN, error="refused 550", finished_at=timezone.now()
    )
    Delivery.objects.filter(person=anna).update(
        state=Delivery.State.SENT, finished_at=timezone.now()
    )
    mark_read(participant=place_of(anna, broadcast.conversation), number=1)  # type: ignore[arg-type]
    states = broadcasting.states_of(broadcast)
    assert [(one.person.first_name, one.state, one.has_read) for one in states] == [  # type: ignore[union-attr,attr-defined]
        ("Ewa", "needs_human", False), ("Anna", "sent", True), ("Jan", "waiting", False),
    ]  # fmt: skip
    assert broadcasting.counts_of(broadcast) == [
        ("email", "sent", 1), ("email", "needs_human", 1), ("call", "waiting", 1),
    ]  # fmt: skip
    assert broadcasting.readers_of(broadcast) == 1
    assert resend_failed(broadcast=broadcast, acting_user=osl()) == 1
    assert resend_failed(broadcast=broadcast, acting_user=osl()) == 0
    assert Delivery.objects.get(person=ewa).state == Delivery.State.WAITING
    assert Delivery.objects.get(person=anna).state == Delivery.State.SENT
    assert AuditEntry.objects.get(action="delivery.retried").person == ewa.pk
    assert jan.deliveries.count() == 1
    assert not broadcasting.states_of(draft("Nikt")).exists()
    assert Message.objects.get().notice == broadcasting.states_of(broadcast)[0].message
