"""Nothing that was promised is lost, whoever dies: worker, web process, mail server.

Workers are the ones of ``manage.py worker``, forked so that they start at once, and killed by
SIGKILL. Only the look for jobs of dead workers is made more frequent.
"""

import os
import random
import signal
import socket
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext, suppress
from multiprocessing import get_context
from multiprocessing.connection import Connection
from typing import Any

import pytest
from django.db import connections, transaction

from portal.accounts.models import Person
from portal.notifications.marks import Marks
from portal.notifications.models import Delivery, Message
from portal.notifications.tasks import send_mails
from tenants import stalled, worker
from tenants.binding import bind
from tenants.models import Tenant
from tests.conftest import SiteClient
from tests.notifications.conftest import Sink, person, promised

RECIPIENTS, KILLS = 1_000, 10
LOGIN = "/en/konto/zaloguj/"
_fork = get_context("fork")


@pytest.fixture
def srem_itself(own_database: str, monkeypatch: pytest.MonkeyPatch) -> Tenant:
    """Of a database of its own, where commits are real."""
    monkeypatch.setattr(stalled, "AFTER", 0.7)
    monkeypatch.setattr(worker, "HEARTBEAT", 0.1)
    monkeypatch.setattr(worker, "LOOKING_FOR_STALLED", 0.1)
    return Tenant.objects.get(domains__domain="srem.localhost")


def in_process(work: Callable[[Connection], object]) -> tuple[Any, Connection]:
    """A process that does ``work`` and talks to us by a pipe."""
    ours, its = _fork.Pipe()
    connections.close_all()  # no two processes talk over one connection

    def run() -> None:
        work(its)
        os._exit(0)

    process = _fork.Process(target=run)
    process.start()
    return process, ours


def heard(line: Connection, seconds: float = 20) -> object:
    assert line.poll(seconds), "the process said nothing"
    return line.recv()


def kill(process: Any) -> None:
    with suppress(ProcessLookupError):
        os.kill(process.pid, signal.SIGKILL)
    process.join()


def start_worker() -> Any:
    process, line = in_process(lambda line: worker.run(when_ready=lambda: line.send("ready")))
    assert heard(line) == "ready"
    return process


@contextmanager
def running_worker() -> Iterator[None]:
    process = start_worker()
    try:
        yield
    finally:
        kill(process)


def wait_until(condition: Callable[[], bool], *, seconds: float = 60, pause: float = 0.02) -> float:
    """Seconds it took."""
    started = time.monotonic()
    while not condition():
        assert time.monotonic() - started < seconds, "it did not happen in time"
        time.sleep(pause)
    return time.monotonic() - started


def crowd() -> list[Person]:
    return Person.objects.bulk_create(
        Person(first_name=f"Osoba {number}", email=f"o{number}@example.pl", channel="email")
        for number in range(RECIPIENTS)
    )


def none_waits(site: Tenant) -> bool:
    with bind(site):
        return not Delivery.objects.waiting().exists()


def copies_by_id(sink: Sink) -> Counter[str]:
    return Counter(str(mail["Message-ID"]) for _to, mail in sink.taken)


def test_worker_killed_ten_times_loses_nothing_and_doubles_at_most_as_often(
    srem_itself: Tenant, sink: Sink
) -> None:
    with bind(srem_itself):
        promised(*crowd())
    chance = random.Random()  # noqa: S311 (when to kill)
    moments = sorted(chance.sample(range(5, RECIPIENTS - 50), KILLS))
    for moment in moments:
        process = start_worker()
        wait_until(lambda moment=moment: sink.count >= moment)  # type: ignore[misc]
        time.sleep(chance.uniform(0, 0.02))
        kill(process)
        assert not none_waits(srem_itself)
    with running_worker():
        wait_until(lambda: none_waits(srem_itself))
    copies = copies_by_id(sink)
    assert len(copies) == RECIPIENTS
    assert copies.total() - RECIPIENTS <= KILLS
    with bind(srem_itself):
        assert Delivery.objects.filter(state=Delivery.State.SENT).count() == RECIPIENTS


def test_one_mail_is_doubled_when_the_worker_dies_between_250_and_the_mark(
    srem_itself: Tenant, sink: Sink, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The negative control: the kill does hit where it may, and the copy keeps its Message-ID."""
    with bind(srem_itself):
        promised(person())
    with monkeypatch.context() as dying:
        dying.setattr(Marks, "note_sent", lambda *_arguments: os.kill(os.getpid(), signal.SIGKILL))
        process = start_worker()
        process.join(20)
    with running_worker():
        wait_until(lambda: none_waits(srem_itself))
    assert list(copies_by_id(sink).values()) == [2]


def test_web_process_killed_before_commit_has_promised_nothing(
    srem_itself: Tenant, sink: Sink
) -> None:
    def promise_and_hang(line: Connection) -> None:
        with bind(srem_itself), transaction.atomic():
            promised(person())
            line.send("promised")
            time.sleep(60)

    process, line = in_process(promise_and_hang)
    assert heard(line) == "promised"
    kill(process)
    with bind(srem_itself):
        assert not Message.objects.exists()
        promised(person("Ola"))
    with running_worker():
        wait_until(lambda: none_waits(srem_itself))
    assert [to for to, _mail in sink.taken] == ["ola@example.pl"]


def test_web_process_killed_after_commit_has_promised_everything(
    srem_itself: Tenant, sink: Sink
) -> None:
    def promise_and_die(_line: Connection) -> None:
        with bind(srem_itself), transaction.atomic():
            promised(person("Anna"), person("Ola"))
        os.kill(os.getpid(), signal.SIGKILL)

    process, _line = in_process(promise_and_die)
    process.join()
    assert process.exitcode == -signal.SIGKILL
    with running_worker():
        wait_until(lambda: sink.count == 2)
    assert sorted(to for to, _mail in sink.taken) == ["anna@example.pl", "ola@example.pl"]


@contextmanager
def frozen_server(port: int) -> Iterator[None]:
    """Takes connections and never says a word."""
    with socket.create_server(("127.0.0.1", port)):
        yield


def ask_for_a_code(client: SiteClient) -> float:
    """Through the real door; seconds of the answer."""
    started = time.monotonic()
    address = f"osl@{client.tenant.schema_name}.example"
    response = client.post(LOGIN, {"address": address})
    assert response.status_code == 302, response.content
    return time.monotonic() - started


@pytest.mark.parametrize("is_frozen", [True, False], ids=["frozen", "down"])
def test_pages_answer_while_the_mail_server_is_away_and_all_is_sent_after(
    srem_itself: Tenant, sink: Sink, is_frozen: bool
) -> None:
    client = SiteClient(srem_itself)
    client.get(LOGIN)  # what is read once a process is not what is measured
    sink.stop()
    away = frozen_server(sink.port) if is_frozen else nullcontext()
    with running_worker():
        with away:
            assert ask_for_a_code(client) <= 2
            time.sleep(2)
            assert ask_for_a_code(SiteClient(srem_itself)) <= 2
        sink.start()
        assert wait_until(lambda: none_waits(srem_itself)) <= 60
    assert set(copies_by_id(sink).values()) == {1}
    assert sink.count == 2


def test_pages_answer_while_no_worker_runs(srem_itself: Tenant, sink: Sink) -> None:
    client = SiteClient(srem_itself)
    client.get(LOGIN)
    assert ask_for_a_code(client) <= 2
    assert sink.count == 0
    with running_worker():
        wait_until(lambda: sink.count == 1)


def test_two_workers_and_many_jobs_send_each_mail_once(srem_itself: Tenant, sink: Sink) -> None:
    with bind(srem_itself):
        for number in range(60):
            promised(person(f"Osoba{number}"))
        send_mails.defer()
    with running_worker(), running_worker():
        wait_until(lambda: none_waits(srem_itself))
    assert list(copies_by_id(sink).values()) == [1] * 60
