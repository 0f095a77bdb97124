"""What becomes of each promise: sent, put off, too late, or left to a human."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import psycopg
from django.db import connection
from django.utils import timezone
from procrastinate.contrib.django.utils import connector_params

from portal.accounts.actions.merge_people import merge_people
from portal.accounts.models import Person, User
from portal.notifications import delivering
from portal.notifications.delivering import PAUSES, deliver
from portal.notifications.models import Delivery, Message, SenderIdentity
from portal.notifications.promise import Address, promise
from portal.notifications.tasks import look_for_promises, send_mails
from tenants.binding import bind, current_schema
from tenants.models import Tenant
from tests.notifications.conftest import (
    CALM,
    CONTENT,
    URGENT,
    Sink,
    letters_in,
    person,
    promised,
    state_of,
)  # fmt: skip

State, Channel = Delivery.State, Delivery.Channel


def mail_to(address: str) -> Delivery:
    message = promise(URGENT.key, to=[Address(address)], content=CONTENT)
    return Delivery.objects.get(message=message)


def waking_jobs() -> list[tuple[str, datetime]]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT args->>'wake', scheduled_at FROM procrastinate_jobs"
            " WHERE task_name = 'portal.notifications.send_mails' AND queueing_lock IS NOT NULL"
            " AND args->>'site' = %s",
            [current_schema()],
        )
        return list(cursor.fetchall())


def test_what_is_due_goes_out_over_one_connection(in_srem: Tenant, sink: Sink) -> None:
    for name in ("Anna", "Ola", "Ewa"):
        promised(person(name))
    assert deliver(Channel.EMAIL) is None
    assert {to for to, _mail in sink.taken} == {
        "anna@example.pl", "ola@example.pl", "ewa@example.pl",
    }  # fmt: skip
    sent = Delivery.objects.filter(state=State.SENT, attempts=1, error="")
    assert sent.count() == 3
    assert {mail["Message-ID"].strip("<>").partition("@")[0] for _to, mail in sink.taken} == {
        str(delivery.pk) for delivery in sent
    }


def test_nothing_goes_out_twice(in_srem: Tenant, sink: Sink) -> None:
    promised(person())
    deliver(Channel.EMAIL)
    deliver(Channel.EMAIL)
    assert sink.count == 1


def test_urgent_goes_first(in_srem: Tenant, clock: Callable[[str], datetime], sink: Sink) -> None:
    clock("2026-05-14 12:00")
    promised(person("Pierwsza"), kind=CALM)
    promised(person("Pilna"), kind=URGENT)
    deliver(Channel.EMAIL)
    assert [to.partition("@")[0] for to, _mail in sink.taken] == ["pilna", "pierwsza"]


def test_calm_message_that_was_late_waits_for_the_morning(
    in_srem: Tenant, clock: Callable[[str], datetime], tmp_path: Path
) -> None:
    clock("2026-05-14 19:59")
    message = promised(person(), kind=CALM)
    clock("2026-05-14 20:30")
    again = deliver(Channel.EMAIL)
    assert letters_in(tmp_path) == []
    assert again == timezone.make_aware(datetime(2026, 5, 15, 8))  # noqa: DTZ001
    clock("2026-05-15 08:00")
    assert deliver(Channel.EMAIL) is None
    assert state_of(message) == State.SENT


def test_address_is_the_one_of_now(in_srem: Tenant, tmp_path: Path) -> None:
    anna = person()
    promised(anna)
    Person.objects.filter(pk=anna.pk).update(email="nowa@example.pl")
    deliver(Channel.EMAIL)
    [mail] = letters_in(tmp_path)
    assert mail["To"] == "nowa@example.pl"


def test_merged_person_is_written_to_at_the_address_of_the_other(
    in_srem: Tenant, tmp_path: Path
) -> None:
    first, second, third = person("Anna"), person("Ania"), person("Hanna")
    promised(first)
    office = User.objects.get(email__startswith="osl@")
    merge_people(kept=second, merged=first, acting_user=office)
    merge_people(kept=third, merged=second, acting_user=office)
    deliver(Channel.EMAIL)
    assert [mail["To"] for mail in letters_in(tmp_path)] == ["hanna@example.pl"]


def test_without_an_address_somebody_has_to_look(in_srem: Tenant, tmp_path: Path) -> None:
    anna = person()
    promised(anna)
    Person.objects.filter(pk=anna.pk).update(email="", channel="")
    assert deliver(Channel.EMAIL) is None
    delivery = Delivery.objects.get()
    assert (delivery.state, delivery.error) == (State.NEEDS_HUMAN, "no_address")
    assert letters_in(tmp_path) == []


def test_refused_for_good_needs_a_human(in_srem: Tenant, sink: Sink) -> None:
    refused, well = mail_to("550@example.pl"), mail_to("ola@example.pl")
    assert deliver(Channel.EMAIL) is None
    refused.refresh_from_db()
    well.refresh_from_db()
    assert (refused.state, refused.error) == (State.NEEDS_HUMAN, "refused 550")
    assert "550" in refused.trouble
    assert well.state == State.SENT


def test_refused_for_now_is_tried_again_and_at_last_needs_a_human(
    in_srem: Tenant, sink: Sink
) -> None:
    delivery = mail_to("450@example.pl")
    for tried, pause in enumerate(PAUSES, start=1):
        started = timezone.now()
        again = deliver(Channel.EMAIL)
        delivery.refresh_from_db()
        assert (delivery.state, delivery.attempts) == (State.WAITING, tried)
        assert delivery.error == "not_yet 450"
        assert again == delivery.due_at
        assert timedelta() <= delivery.due_at - started - pause < timedelta(seconds=5)
        Delivery.objects.update(due_at=timezone.now())
    assert deliver(Channel.EMAIL) is None
    delivery.refresh_from_db()
    assert (delivery.state, delivery.error) == (State.NEEDS_HUMAN, "tried_long 450")


def test_server_that_is_away_counts_against_no_message(in_srem: Tenant, sink: Sink) -> None:
    sink.stop()
    delivery = mail_to("ola@example.pl")
    pauses = []
    for _try in range(7):
        again = deliver(Channel.EMAIL)
        assert again is not None
        pauses.append(round((again - timezone.now()).total_seconds()))
        delivering._pauses[Channel.EMAIL].until = 0.0
    assert pauses == [1, 2, 4, 8, 16, 20, 20]
    delivery.refresh_from_db()
    assert (delivery.state, delivery.attempts, delivery.error) == (State.WAITING, 0, "")
    sink.start()
    assert deliver(Channel.EMAIL) is None
    assert sink.count == 1


def test_other_sites_do_not_ask_a_server_that_was_just_away(
    srem: Tenant, kety: Tenant, sink: Sink
) -> None:
    sink.stop()
    for site in (srem, kety):
        with bind(site):
            mail_to("ola@example.pl")
    with bind(srem):
        deliver(Channel.EMAIL)
    sink.start()
    with bind(kety):
        assert deliver(Channel.EMAIL) is not None
    assert sink.count == 0


def test_message_on_which_the_line_breaks_lets_the_others_go_first(
    in_srem: Tenant, sink: Sink
) -> None:
    breaking, well = mail_to("421@example.pl"), mail_to("ola@example.pl")
    deliver(Channel.EMAIL)
    for delivery in (breaking, well):
        delivery.refresh_from_db()
        assert (delivery.state, delivery.attempts) == (State.WAITING, 0)
    delivering._pauses[Channel.EMAIL].until = 0.0
    again = deliver(Channel.EMAIL)
    assert [to for to, _mail in sink.taken] == ["ola@example.pl"]
    assert again is not None
    assert again - timezone.now() <= timedelta(seconds=20)


def test_too_late_is_not_sent(in_srem: Tenant, tmp_path: Path) -> None:
    message = promised(person(), expires_at=timezone.now() + timedelta(seconds=0.05))
    time.sleep(0.1)
    assert deliver(Channel.EMAIL) is None
    assert state_of(message) == State.EXPIRED
    assert letters_in(tmp_path) == []


def test_mistake_of_ours_does_not_keep_the_others_and_can_be_mended(
    in_srem: Tenant, tmp_path: Path
) -> None:
    broken, well = promised(person("Anna")), promised(person("Ola"))
    Message.objects.filter(pk=broken.pk).update(content={"pl": {"subject": "Bez treści"}})
    deliver(Channel.EMAIL)
    assert (state_of(broken), state_of(well)) == (State.WAITING, State.SENT)
    assert Delivery.objects.get(message=broken).error == "broken KeyError"
    Message.objects.filter(pk=broken.pk).update(content=CONTENT)
    Delivery.objects.update(due_at=timezone.now())
    deliver(Channel.EMAIL)
    assert state_of(broken) == State.SENT


@contextmanager
def another_drainer(schema: str) -> Iterator[None]:
    """A worker that holds the lock of a site."""
    key = [f"deliveries {schema} email"]
    with psycopg.connect(**connector_params(), autocommit=True) as other:
        other.execute("SELECT pg_advisory_lock(hashtextextended(%s, 0))", key)
        yield
        # Closing the connection frees it too, but a moment later.
        other.execute("SELECT pg_advisory_unlock(hashtextextended(%s, 0))", key)


def test_two_workers_never_drain_the_same_site(in_srem: Tenant, tmp_path: Path) -> None:
    message = promised(person())
    with another_drainer(in_srem.schema_name):
        send_mails()
        send_mails()
        assert state_of(message) == State.WAITING
        # The second of them finds the wake-up of the first.
        [(wake, moment)] = waking_jobs()
        assert wake == "soon"
        assert moment - timezone.now() <= timedelta(seconds=1)
    send_mails()
    assert state_of(message) == State.SENT


def test_two_sites_drain_at_once(srem: Tenant, kety: Tenant, tmp_path: Path) -> None:
    with another_drainer(srem.schema_name), bind(kety):
        message = promised(person())
        send_mails()
        assert state_of(message) == State.SENT


def test_each_site_writes_as_itself(srem: Tenant, kety: Tenant, sink: Sink) -> None:
    for site in (srem, kety):
        with bind(site):
            SenderIdentity.objects.create(sender_name=f"Biuro {site.schema_name}")
            promised(person(site.schema_name))
    for site in (kety, srem):
        with bind(site):
            send_mails()
    taken = {to: mail["From"].addresses[0].display_name for to, mail in sink.taken}
    assert taken == {
        f"{site.schema_name}@example.pl": f"Biuro {site.schema_name}" for site in (srem, kety)
    }


def test_job_for_tomorrow_does_not_stand_in_the_way_of_one_for_now(
    in_srem: Tenant, clock: Callable[[str], datetime], sink: Sink
) -> None:
    clock("2026-05-14 21:00")
    promised(person("Spokojna"), kind=CALM)
    send_mails()
    sink.stop()
    promised(person("Pilna"))
    send_mails()
    assert sorted(wake for wake, _moment in waking_jobs()) == ["2026-05-15T06:00", "soon"]


def test_job_ends_for_good_when_nothing_waits(in_srem: Tenant, tmp_path: Path) -> None:
    promised(person())
    send_mails()
    assert waking_jobs() == []


def test_nightly_look_wakes_what_was_forgotten(in_srem: Tenant, settings: Any) -> None:
    look_for_promises()
    assert waking_jobs() == []
    promised(person())
    look_for_promises()
    assert [wake for wake, _moment in waking_jobs()] == ["soon"]
