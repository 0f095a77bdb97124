"""The Today page while it is open: who waits for a word, the plan of the day, and what is new."""

import re
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta
from html import unescape
from typing import Any
from uuid import uuid4

from asgiref.sync import async_to_sync
from channels.layers import get_channel_layer
from django.utils import timezone

from portal.accounts.models import Person
from portal.messaging.actions.open_office_conversation import open_office_conversation
from portal.messaging.actions.post_message import post_message
from portal.messaging.actions.put_aside import put_aside
from portal.messaging.models import Conversation, Report
from portal.notifications.actions.finish_delivery import finish_delivery
from portal.notifications.models import Delivery
from portal.notifications.promise import promise
from portal.notifications.rendering import Content
from portal.panel.attention import Block, Line
from portal.realtime.groups import site_group
from tenants.binding import bind
from tenants.models import Tenant
from tests.conftest import SiteClient
from tests.events.making import make_activity, make_session
from tests.events.running.evening import booked, card, today_at
from tests.panel.office import Office, copy, person_of, written
from tests.volunteering.making import make_volunteer
from volunteering.models import HoursEntry

LIVE = {"HX-Request": "true"}


def visitor_as(role: str, site: Tenant) -> SiteClient:
    visitor = SiteClient(site)
    visitor.log_in(role)
    return visitor


def read(visitor: SiteClient) -> str:
    return unescape(visitor.get("/en/panel/").content.decode())


def writes(site: Tenant, person: Person, text: str) -> Conversation:
    with bind(site):
        talk = open_office_conversation(person=person)
        post_message(conversation=talk, text=text, token=uuid4(), author=person)
        return talk


# Who waits for a word


def test_whoever_wrote_waits_with_their_words_until_somebody_deals_with_it(
    srem: Tenant, office: Office
) -> None:
    talk = writes(srem, office.jan, "Będę o 9:45,\nkto otwiera? " + "Bardzo proszę. " * 20)
    for role in ("osl", "ous", "director"):
        page = read(visitor_as(role, srem))
        assert "Messages nobody has answered" in page
        assert "Jan Wiśniewski" in page
        assert "Będę o 9:45, kto otwiera?" in page
        assert page.count("Bardzo proszę.") < 10
        assert f"/panel/wiadomosci/{talk.pk}/" in page
        assert "Somebody waits" in page
    for role in ("editor", "dpo"):
        assert "Będę o 9:45" not in read(visitor_as(role, srem))
    with bind(srem):
        put_aside(conversation=talk, acting_user=person_of(srem, "osl"))
    assert "Będę o 9:45" not in read(visitor_as("osl", srem))


def test_a_reported_message_is_named_once_and_its_words_are_not(
    srem: Tenant, office: Office
) -> None:
    talk = writes(srem, office.jan, "Brzydkie słowo")
    with bind(srem):
        message = talk.messages.get()
        for person in (office.halina, office.zofia):
            Report.objects.create(message=message, reporter=person, reason="rude")
        put_aside(conversation=talk, acting_user=person_of(srem, "osl"))
    for role in ("osl", "director"):
        page = read(visitor_as(role, srem))
        assert 'Messages somebody reported <span class="badge">1</span>' in page
        assert "2 people say so" in page
        assert "Brzydkie" not in page
    for role in ("ous", "editor"):
        assert "Messages somebody reported" not in read(visitor_as(role, srem))


# The side column


def test_the_plan_says_what_is_over_what_goes_on_and_what_comes(srem: Tenant) -> None:
    now = timezone.now()
    midnight = today_at(0)
    with bind(srem):
        activity = make_activity("Smartfon bez strachu")
        goes_on = make_session(activity, starts_at=midnight, ends_at=midnight + timedelta(days=1))
        booked(goes_on, card("Adam", "Kos"))
        make_session(
            make_activity("Minione"), starts_at=midnight, capacity=None,
            ends_at=max(midnight + timedelta(seconds=1), now - timedelta(seconds=1)),
        )  # fmt: skip
        make_session(make_activity("Jutrzejsze"), starts_at=midnight + timedelta(days=1))
        make_session(
            make_activity("Odwołane"), starts_at=midnight, status="cancelled",
            cancelled_at=now, ends_at=midnight + timedelta(days=1),
        )  # fmt: skip
    page = read(visitor_as("ous", srem))
    assert page.index("Minione") < page.index('<li class="now">') < page.index("Smartfon bez")
    assert "1 of 12 places taken" in page
    assert f"/termin/{goes_on.pk}/" in page
    assert "Jutrzejsze" not in page
    assert "Odwołane" not in page
    assert "Plan of the day" not in read(visitor_as("editor", srem))


def test_a_day_without_dates_says_so(srem: Tenant) -> None:
    page = read(visitor_as("osl", srem))
    assert "Nothing takes place today." in page
    numbers = dict(re.findall(r"<dt>([^<]+)</dt><dd>(\d+)</dd>", page))
    assert set(numbers.values()) == {"0"}


def test_numbers_since_yesterday(srem: Tenant, office: Office) -> None:
    with bind(srem):
        booked(make_session(), card("Adam", "Kos"))
        HoursEntry.objects.create(
            profile=make_volunteer(), on=timezone.localdate(), minutes=150, status="confirmed",
            decided_at=timezone.now(), decided_by=uuid4(),
        )  # fmt: skip
    page = read(visitor_as("osl", srem))
    numbers = dict(re.findall(r"<dt>([^<]+)</dt><dd>(\d+)</dd>", page))
    assert numbers == {
        "new booking since yesterday": "1",
        "requests without help": "0",
        "hours of help confirmed this month": "2",
        "message not delivered": "1",
    }
    assert "Since yesterday" not in read(visitor_as("editor", srem))


# Live


def mark_in(page: str) -> str:
    found = re.search(r"\?mam=(\w+)", page)
    assert found
    return found[1]


def test_an_open_page_is_told_only_what_is_new(srem: Tenant, office: Office) -> None:
    visitor = visitor_as("osl", srem)
    page = read(visitor)
    assert 'data-live="today conversation"' in page
    address = f"/en/panel/?mam={mark_in(page)}"
    assert visitor.get(address, headers=LIVE).status_code == 204
    writes(srem, office.jan, "Kto otwiera?")
    answer = visitor.get(address, headers=LIVE)
    newer = answer.content.decode()
    assert "<html" not in newer
    assert "Kto otwiera?" in newer
    assert '<p id="lead" data-hx-swap-oob="innerHTML">' in newer
    assert 'name="q"' not in newer, "whoever types a name must not lose it"
    assert visitor.get(f"/en/panel/?mam={mark_in(newer)}", headers=LIVE).status_code == 204


def test_an_open_page_of_somebody_logged_out_shows_nothing(srem: Tenant, office: Office) -> None:
    assert SiteClient(srem).get("/en/panel/", headers=LIVE).status_code == 302
    assert visitor_as("resident", srem).get("/en/panel/", headers=LIVE).status_code == 403


def test_whoever_stands_on_a_link_still_does_when_others_come_before_it(
    srem: Tenant, office: Office
) -> None:
    visitor = visitor_as("osl", srem)
    before = link_to("Call Halina Wiśniewska", read(visitor))
    with bind(srem):
        first = copy(written("Pilne", "Pilne"), office.jan, Delivery.Channel.CALL)
        Delivery.objects.filter(pk=first.pk).update(is_urgent=True)
    page = read(visitor)
    assert page.index("Call Jan") < page.index("Call Halina")
    assert link_to("Call Halina Wiśniewska", page) == before
    names = re.findall(r' id="([^"]+)"', page)
    assert len(names) == len(set(names))


def link_to(words: str, page: str) -> str:
    found = re.search(rf'<a id="([^"]+)" href="[^"]+">{words}</a>', page)
    assert found
    return found[1]


def test_two_lines_that_say_the_same_have_links_of_their_own() -> None:
    line = Line(due="", kind="", title="nightly clean-up", url="/panel/zadania-w-tle/")
    block = Block(key="jobs", heading="", count=2, url="", lines=[line, line])
    assert len(dict(block.named_lines)) == 2


def test_open_pages_are_told_once_however_many_people_get_a_message(
    srem: Tenant,
    office: Office,
    django_capture_on_commit_callbacks: Callable[..., AbstractContextManager[Any]],
) -> None:
    layer = get_channel_layer()
    assert layer is not None
    with bind(srem):
        async_to_sync(layer.group_add)(site_group(), "test.office")
        words: Content = {"pl": {"subject": "Zmiana", "text": "Zmiana", "sms": "Zmiana"}}
        with django_capture_on_commit_callbacks(execute=True):
            for _twice in range(2):
                promise("panel/written", to=[office.halina, office.jan, office.zofia],
                        content=words)  # fmt: skip
            finish_delivery(delivery=office.call, acting_user=person_of(srem, "osl"), done=True)
    said = layer.channels["test.office"]  # type: ignore[attr-defined]
    assert [said.get_nowait()[1]["what"] for _one in range(said.qsize())] == ["today"]
