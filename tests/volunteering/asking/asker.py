"""Somebody at a browser who asks for help: answers what is asked, goes where it leads."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.utils import timezone, translation

from tenants.binding import bind
from tenants.models import Tenant
from tests.conftest import SiteClient
from tests.events.flow.booker import words
from volunteering.models import HelpRequest
from volunteering.request_links import request_path

HOME = "/en/pomoc-sasiedzka/"
START = f"{HOME}popros/"
HALINA = {"first_name": "Halina", "last_name": "Nowak"}
ANNA = {"first_name": "Anna", "last_name": "Kowalska"}


def in_a_week() -> date:
    return timezone.localdate() + timedelta(days=5)


class Asker:
    def __init__(self, client: SiteClient, **answers: Any) -> None:
        """``answers``: step with ``_`` for ``-`` → what to answer there instead."""
        self.client = client
        self.at = START
        self.said = {step.replace("_", "-"): answer for step, answer in answers.items()}

    @property
    def step(self) -> str:
        last = self.at.rstrip("/").rpartition("/")[2]
        return "dla-kogo" if last == "popros" else last

    def look(self, step: str = "") -> Any:
        return self.client.get(f"{START}{step}/" if step else self.at)

    def say(self, **answers: Any) -> Any:
        return self._send(self.at, answers)

    def say_at(self, step: str, **answers: Any) -> Any:
        return self._send(f"{START}{step}/", answers)

    def _send(self, url: str, answers: dict[str, Any]) -> Any:
        response = self.client.post(url, answers)
        if response.status_code == 302:
            self.at = response.headers["Location"]
        return response

    def go_on(self, until: str = "sprawdz") -> None:
        """Answer whatever is asked, up to a question."""
        while self.step != until:
            before = self.at
            response = self.answer_one()
            assert self.at != before, (self.step, response.status_code, words(response))

    def answer_one(self) -> Any:
        """The question one stands at, as is usual or as ``answers`` said."""
        step = self.step
        return self.say(**(self.said[step] if step in self.said else self._usual(step)))

    def ask(self) -> HelpRequest:
        """All of it, to the confirmation."""
        self.go_on()
        self.say()
        assert self.step == "gotowe", self.at
        with bind(self.client.tenant):
            key = self.client.session["help"]["sent"]
            return HelpRequest.objects.select_related("requester", "asked_by").get(pk=UUID(key))

    @staticmethod
    def _usual(step: str) -> dict[str, Any]:
        usual: dict[str, dict[str, Any]] = {
            "dla-kogo": {"who": "me"},
            "rodzaj": {"kind": "shopping"},
            "dzien": {"day": in_a_week().isoformat()},
            "godziny": {"part": "morning"},
            "jezyk": {"languages": ["pl"]},
            "osoba": {**HALINA, "phone": "600 300 400", "agrees": "on"},
            "ty": HALINA,
            "kontakt": {"channel": "sms", "sms_phone": "600 100 200"},
            "szczegoly": {"details": ""},
        }
        return usual[step]


def link(tenant: Tenant, request: HelpRequest, rest: str = "") -> str:
    """The address of the page behind the link, or of one below it."""
    with bind(tenant), translation.override("en"):
        return request_path(request) + rest
