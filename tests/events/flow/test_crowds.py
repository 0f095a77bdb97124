"""Too much at once: a busy database, too many forms, too many messages."""

from threading import Event, Thread

import pytest
from django.db import connection, transaction

from events import busy
from events.models import Booking, CapacityPool, Session
from events.views.booking import limits
from portal.accounts.limits import take
from tenants.binding import bind
from tenants.models import Tenant
from tests.conftest import SiteClient
from tests.events.flow.booker import (
    BY_SMS,
    HALINA,
    Booker,
    told,
    words,
)
from tests.events.making import make_session


def test_busy_keeps_the_answers(
    own_database: str, monkeypatch: pytest.MonkeyPatch, as_site: type[SiteClient]
) -> None:
    """Another connection keeps the pool locked for longer than anybody wants to wait."""
    monkeypatch.setattr(busy, "LONGEST_WAIT", "60ms")
    srem = Tenant.objects.get(domains__domain="srem.localhost")
    with bind(srem):
        session = make_session()
    guest = Booker(as_site(srem), session.activity)
    guest.start(session)
    with keeping_locked(srem, session):
        response = guest.say(who="me_and_others", with_me="2")
    said = told(
        response, 503, "busy",
        "Many people are booking just now. Your answers are kept. Try again in a moment.",
    )  # fmt: skip
    assert int(response.headers["Retry-After"]) > 0
    assert "Try again" in said
    assert '<input type="hidden" name="with_me" value="2">' in response.content.decode()
    assert guest.say(who="me_and_others", with_me="2").status_code == 302


class keeping_locked:  # noqa: N801 (reads as what it does)
    def __init__(self, tenant: Tenant, session: Session) -> None:
        self.tenant, self.session = tenant, session
        self.is_locked, self.may_end = Event(), Event()
        self.thread = Thread(target=self._lock)

    def _lock(self) -> None:
        try:
            with bind(self.tenant), transaction.atomic():
                CapacityPool.objects.select_for_update().get(session=self.session)
                self.is_locked.set()
                self.may_end.wait(20)
        finally:
            connection.close()

    def __enter__(self) -> None:
        self.thread.start()
        assert self.is_locked.wait(20)

    def __exit__(self, *_error: object) -> None:
        self.may_end.set()
        self.thread.join()


def test_too_many_forms_from_one_address(
    srem: Tenant, guest: Booker, resident: Booker, session: Session
) -> None:
    with bind(srem):
        for _form in range(60):
            take(limits._FORMS_OF_A_CLIENT, "127.0.0.1")
    response = guest.start(session)
    assert response.status_code == 429
    assert 0 < int(response.headers["Retry-After"]) <= 900
    assert "There were too many forms one after another." in words(response)
    # Who is logged in is known.
    assert resident.start(session).status_code == 302


def test_too_many_messages_to_one_number(srem: Tenant, guest: Booker) -> None:
    guest.start()
    guest.say(who="me")
    guest.say(**HALINA)
    with bind(srem):
        for _message in range(10):
            take(limits._MESSAGES_TO_AN_ADDRESS, "+48600100200")
    assert guest.say(**BY_SMS).status_code == 429
    guest.say(channel="sms", sms_phone="600 100 201")
    guest.go_on()
    guest.say()
    assert guest.step == "gotowe"


def test_correcting_a_contact_is_no_further_message(srem: Tenant, guest: Booker) -> None:
    guest.start()
    guest.up_to_check()
    for _again in range(12):
        assert guest.say_at("kontakt", **BY_SMS).status_code == 302
    with bind(srem):
        assert not Booking.objects.exists()
