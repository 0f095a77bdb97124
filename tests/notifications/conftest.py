import json
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from email import message_from_string
from email.message import EmailMessage
from email.policy import default
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.mail import EmailMessage as DjangoMail
from django.utils import timezone

from portal.accounts.models import Person
from portal.notifications import delivering
from portal.notifications.kinds import Category, Kind, register
from portal.notifications.models import Delivery, Message
from portal.notifications.promise import promise
from portal.notifications.rendering import Content
from tenants.binding import bind
from tenants.models import Tenant

# Urgent, so that the tests mean the same at night.
URGENT = Kind(key="test/urgent", label="urgent", is_urgent=True)
CALM = Kind(key="test/calm", label="calm")
REMINDER = Kind(key="test/reminder", label="reminder", category=Category.REMINDERS)
NEWS = Kind(key="test/news", label="news", category=Category.NEWS)
CODE = Kind(
    key="test/code", label="code", is_urgent=True, is_secret=True, goes_to_inbox=False
)  # fmt: skip

CONTENT: Content = {
    "pl": {"subject": "Spacer nad Wartą", "text": "Zapraszamy!\n\nDo zobaczenia.", "sms": "Spacer"}
}


@pytest.fixture(scope="session", autouse=True)
def _kinds() -> None:
    register(URGENT, CALM, REMINDER, NEWS, CODE)


@pytest.fixture(autouse=True)
def _as_in_production(request: pytest.FixtureRequest, settings: Any, tmp_path: Path) -> None:
    settings.EMAIL_BACKEND = "portal.notifications.backend.OutboxBackend"
    if "own_database" not in request.fixturenames:  # whose cluster is found by the folder
        settings.DATA_FOLDER = tmp_path


@pytest.fixture(autouse=True)
def _no_pauses() -> None:
    """What a line did in one test is no news for the next one."""
    for pause in delivering._pauses.values():
        pause.end()


@pytest.fixture
def in_srem(srem: Tenant) -> Iterator[Tenant]:
    with bind(srem):
        yield srem


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Any:
    """``clock("2026-05-14 21:30")`` of Poland."""

    def set_to(text: str) -> datetime:
        moment = timezone.make_aware(datetime.fromisoformat(text))
        monkeypatch.setattr("django.utils.timezone.now", lambda: moment)
        return moment

    return set_to


def person(name: str = "Anna", **fields: Any) -> Person:
    fields = {"email": f"{name.lower()}@example.pl", "channel": "email", **fields}
    return Person.objects.create(first_name=name, **fields)


def promised(*people: Person, kind: Kind = URGENT, **options: Any) -> Message:
    return promise(kind.key, to=people, **{"content": CONTENT, **options})


def state_of(message: Message) -> str:
    """Of its only copy."""
    return Delivery.objects.get(message=message).state


def letters_in(folder: Path) -> list[EmailMessage]:
    return [
        message_from_string(file.read_text(), policy=default)
        for file in sorted(folder.glob("mail/*/*.eml"))
    ]


def django_mail(**fields: Any) -> DjangoMail:
    return DjangoMail(**{"subject": "Temat", "body": "Treść", "to": ["ola@example.pl"], **fields})


@dataclass
class Sink:
    """A mail server in a process of its own; ``taken`` are the mails, by recipient."""

    file: Path
    port: int = 0
    process: "subprocess.Popen[str] | None" = None

    def start(self) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tests.notifications.sink", str(self.port), str(self.file)],
            stdout=subprocess.PIPE,
            text=True,
            cwd=settings.PROJECT,
        )
        assert self.process.stdout is not None
        self.port = int(self.process.stdout.readline())

    def stop(self) -> None:
        if self.process is not None:
            self.process.kill()
            self.process.wait()
            self.process = None

    @property
    def taken(self) -> list[tuple[str, EmailMessage]]:
        return [
            (to, message_from_string(mail, policy=default))
            for to, mail in map(json.loads, self._lines())
        ]

    @property
    def count(self) -> int:
        return self.file.read_bytes().count(b"\n") if self.file.exists() else 0

    def _lines(self) -> list[str]:
        return self.file.read_text().splitlines() if self.file.exists() else []


@pytest.fixture
def sink(tmp_path: Path, settings: Any) -> Iterator[Sink]:
    sink = Sink(tmp_path / "taken.jsonl")
    sink.start()
    settings.MAIL_TRANSPORT, settings.EMAIL_HOST = "smtp", "127.0.0.1"
    settings.EMAIL_PORT = sink.port
    try:
        yield sink
    finally:
        sink.stop()
