"""An announcement to a thousand people while web, worker and Redis are killed: none is lost."""

import os
import signal
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field, replace
from typing import Any

import pytest
from django.core.wsgi import get_wsgi_application

from portal.accounts.models import Person, User
from portal.accounts.permissions import Permission
from portal.messaging import audiences
from portal.messaging.actions.save_broadcast import save_broadcast
from portal.messaging.kinds import ANNOUNCEMENT
from portal.messaging.models import Broadcast, Participant
from portal.notifications import kinds
from portal.notifications.models import Delivery
from portal.serving.listening import listen
from portal.serving.pages import WsgiServer
from tenants.binding import bind
from tenants.models import Tenant
from tests.conftest import SiteClient
from tests.messaging.crashes.conftest import Redis
from tests.notifications.conftest import Sink
from tests.notifications.test_crashes import (
    RECIPIENTS,
    copies_by_id,
    crowd,
    heard,
    in_process,
    kill,
    start_worker,
    wait_until,
)
from tests.serving.visitor import Visitor

EVERYBODY = audiences.Audience(
    key="tests.everybody", label="everybody",  # type: ignore[arg-type]
    people=lambda _of: Person.objects.filter(email__endswith="@example.pl"),
    name_of=lambda _of: "everybody", choices=lambda _words: [],
    permission=Permission.WRITE_TO_PEOPLE,
)  # fmt: skip


@pytest.fixture(autouse=True)
def _at_any_hour() -> Iterator[None]:
    """Announcements wait for the morning; this one does not, so that the test means the same."""
    audiences.register(EVERYBODY)
    calm = kinds.kind_of(ANNOUNCEMENT)
    kinds._kinds[ANNOUNCEMENT] = replace(calm, is_urgent=True)
    yield
    kinds._kinds[ANNOUNCEMENT] = calm
    del audiences._audiences[EVERYBODY.key]


@dataclass
class Web:
    """The pages' server, all of whose processes can be killed at once."""

    processes: list[Any] = field(default_factory=list)
    door: Any = field(default_factory=lambda: listen("127.0.0.1", 0))

    @property
    def port(self) -> int:
        return int(self.door.getsockname()[1])

    def start(self) -> None:
        def serve(line: Any) -> None:
            os.setpgid(0, 0)
            WsgiServer(
                get_wsgi_application(), bind=f"fd://{self.door.fileno()}", workers=1, threads=4,
                worker_class="gthread", preload_app=True, loglevel="critical",
                control_socket_disable=True, when_ready=lambda _arbiter: line.send("ready"),
            ).run()  # fmt: skip

        process, line = in_process(serve)
        self.processes.append(process)
        assert heard(line) == "ready"

    def kill(self) -> None:
        for process in self.processes:
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            process.join()
        self.processes.clear()


@pytest.fixture
def web() -> Iterator[Web]:
    web = Web()
    yield web
    web.kill()
    web.door.close()


@pytest.fixture
def organiser(srem_itself: Tenant, web: Web) -> Visitor:
    client = SiteClient(srem_itself)
    client.log_in("osl")
    visitor = Visitor("srem.localhost", web.port, scheme="http")
    visitor.cookies["sessionid"] = client.cookies["sessionid"].value
    return visitor


@pytest.fixture
def broadcast(srem_itself: Tenant) -> Broadcast:
    with bind(srem_itself):
        crowd()
        return save_broadcast(
            broadcast=None, subject="Spacer nad Wartą", text="Zapraszamy w sobotę.",
            audiences=[{"key": EVERYBODY.key, "of": ""}],
            acting_user=User.objects.get(email=f"osl@{srem_itself.schema_name}.example"),
        )  # fmt: skip


def test_announcement_to_a_thousand_people_survives_kills_of_web_worker_and_redis(
    srem_itself: Tenant, sink: Sink, redis: Redis, web: Web, organiser: Visitor,
    broadcast: Broadcast,
) -> None:  # fmt: skip
    path = f"/en/panel/wiadomosci/ogloszenia/{broadcast.pk}"
    web.start()
    press_and_kill(lambda: press(organiser, path), web)
    web.start()
    redis.kill()
    organiser.get(f"{path}/sprawdz/")  # what is read once a process is not what is measured
    assert press(organiser, path) <= 1
    kills = 0
    for moment in (200, 600):
        process = start_worker()
        wait_until(lambda moment=moment: sink.count >= moment)  # type: ignore[misc]
        kill(process)
        kills += 1
        if not redis.answers():
            redis.start()
    process = start_worker()
    wait_until(lambda: all_are_final(srem_itself))
    kill(process)
    each_got_one(srem_itself, broadcast, sink, doubled_at_most=kills)


def press(organiser: Visitor, path: str) -> float:
    """The button "Send now"; seconds of the answer."""
    check = organiser.get(f"{path}/sprawdz/")
    if check.status == 302:
        return 0.0  # the first press got through
    began = time.monotonic()
    answer = organiser.send_form(f"{path}/wyslij/", check, when="now")
    assert answer.status == 302, answer.text
    return time.monotonic() - began


def press_and_kill(press: Callable[[], object], web: Web) -> None:
    """Die somewhere between the request and the answer."""

    def pressed() -> None:
        with suppress(OSError, AssertionError):
            press()

    person = threading.Thread(target=pressed)
    person.start()
    time.sleep(0.15)
    web.kill()
    person.join()


def all_are_final(site: Tenant) -> bool:
    with bind(site):
        copies = Delivery.objects.filter(message__kind=ANNOUNCEMENT)
        return copies.count() == RECIPIENTS and not copies.waiting().exists()


def each_got_one(site: Tenant, broadcast: Broadcast, sink: Sink, *, doubled_at_most: int) -> None:
    copies = copies_by_id(sink)
    assert len(copies) == RECIPIENTS
    assert copies.total() - RECIPIENTS <= doubled_at_most
    with bind(site):
        broadcast.refresh_from_db()
        assert broadcast.state == Broadcast.State.SENT
        assert broadcast.recipients == RECIPIENTS
        there = Participant.objects.filter(conversation=broadcast.conversation)
        assert there.count() == RECIPIENTS
        sent = Delivery.objects.filter(message__kind=ANNOUNCEMENT, state=Delivery.State.SENT)
        assert set(Counter(sent.values_list("person", flat=True)).values()) == {1}
        assert sent.count() == RECIPIENTS
