"""Somebody at a browser who books: opens a page, fills in its form, goes where it leads."""

import re
from html import unescape
from itertools import count
from typing import Any

from django.urls import reverse
from django.utils import translation

from events.links import manage_path
from events.models import Activity, Booking, BookingDraft, CapacityPool, Session
from tenants.binding import bind
from tenants.models import Tenant
from tests.conftest import SiteClient

HALINA = {"first_name": "Halina", "last_name": "Nowak"}
JAN = {"first_name": "Jan", "last_name": "Nowak"}
BY_SMS = {"channel": "sms", "sms_phone": "600 100 200"}


def words(response: Any) -> str:
    """The text of ``main``, in one line."""
    body = response.content.decode()
    main = body.partition("<main")[2].partition("</main>")[0]
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", main.partition(">")[2])).split())


def title(response: Any) -> str:
    found = re.search(r"<title>(.*?)</title>", response.content.decode(), re.DOTALL)
    assert found
    return unescape(" ".join(found[1].split()))


def code(response: Any) -> str:
    """Of the refusal, for machines."""
    found = re.search(r'data-code="([^"]+)"', response.content.decode())
    return found[1] if found else ""


_phones = count(100)


def told(response: Any, status: int, refusal: str, sentence: str) -> str:
    """A refusal is complete; what else its page says."""
    assert (response.status_code, code(response)) == (status, refusal)
    said = words(response)
    assert sentence in said
    assert title(response).startswith("Error:")
    return said


class Booker:
    """The form of one activity in one browser, in English."""

    def __init__(self, client: SiteClient, activity: Activity) -> None:
        self.client = client
        self.activity = activity
        self.at = ""
        # Of their own: with one name and one phone, two browsers would be one person.
        self.phone = f"600 200 {next(_phones)}"

    def start(self, session: Any = None) -> Any:
        """Choose a date; the first question follows."""
        url = f"/en/wydarzenia/{self.activity.slug}/zapisz/"
        chosen = session or self._first()
        return self._send(url, {"session": str(chosen.pk)})

    def _first(self) -> Any:
        with bind(self.client.tenant):
            return self.activity.sessions.order_by("starts_at").first()

    @property
    def draft(self) -> BookingDraft:
        key = self.at.split("/zapis/")[1].split("/")[0]
        with bind(self.client.tenant):
            return BookingDraft.objects.select_related("booking", "pool").get(pk=key)

    @property
    def step(self) -> str:
        return self.at.rstrip("/").rpartition("/")[2]

    def url(self, step: str) -> str:
        return re.sub(r"/zapis/([^/]+)/.*", rf"/zapis/\1/{step}/", self.at)

    def look(self, step: str = "") -> Any:
        return self.client.get(self.url(step) if step else self.at)

    def say(self, **answers: Any) -> Any:
        """Answer the question one stands at."""
        return self._send(self.at, answers)

    def say_at(self, step: str, **answers: Any) -> Any:
        return self._send(self.url(step), answers)

    def _send(self, url: str, answers: dict[str, Any]) -> Any:
        response = self.client.post(url, answers)
        if response.status_code == 302:
            self.at = response.headers["Location"]
        return response

    def up_to_check(self, **answers: Any) -> None:
        """A guest's whole form, for one person unless ``answers`` to the first question differ."""
        self.say(**{"who": "me", **answers})
        self.go_on()

    def go_on(self) -> None:
        """Answer whatever is asked, until all of it is to be checked."""
        while self.step != "sprawdz":
            before = self.at
            response = self.say(**self._answers(self.step))
            assert self.at != before, (self.step, response.status_code, words(response))

    def book(self, session: Any = None, **answers: Any) -> Booking:
        """All of it, to the confirmation."""
        self.start(session)
        self.up_to_check(**answers)
        self.say()
        booking = self.draft.booking
        assert booking is not None
        return booking

    def _answers(self, step: str) -> dict[str, Any]:
        if step.startswith("osoba-"):
            number = int(step.removeprefix("osoba-"))
            names = [HALINA, JAN, {"first_name": f"Gość{number}", "last_name": "Nowak"}]
            return {**names[min(number, 3) - 1], "age": 70}
        return {
            "ty": {"first_name": "Anna", "last_name": "Kowalska"},
            "kontakt": {"channel": "sms", "sms_phone": self.phone},
            "organizator": {},
            "potrzeby": {},
            "dowoz": {"wants": "no"},
        }[step]


def link(tenant: Tenant, booking: Booking, *below: str) -> str:
    """The address of the page behind the link, or of one below it."""
    with bind(tenant), translation.override("en"):
        return manage_path(booking) + "".join(f"{part}/" for part in below)


def pool_of(session: Session) -> CapacityPool:
    assert session.pool_id is not None
    return CapacityPool.objects.get(pk=session.pool_id)


def taken(tenant: Tenant, session: Session) -> int:
    """How many of its places are gone now."""
    with bind(tenant):
        return pool_of(session).taken


def resize(
    tenant: Tenant, session: Session, capacity: int, *, waitlist_limit: int | None = None
) -> None:
    with bind(tenant):
        pool = pool_of(session)
        pool.capacity, pool.waitlist_limit = capacity, waitlist_limit
        pool.save()


def start_page(activity: Activity) -> str:
    with translation.override("en"):
        return reverse("events:start", args=[activity.slug])
