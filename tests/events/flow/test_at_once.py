"""A double click, a retry, two tabs: the same form sent many times at one moment."""

from collections.abc import Callable
from threading import Barrier, Thread
from typing import Any

from django.db import connection

from events.models import Booking, CapacityPool
from portal.notifications.models import Delivery
from tenants.binding import bind
from tenants.models import Tenant
from tests.conftest import SiteClient
from tests.events.flow.booker import Booker
from tests.events.making import make_session
from tests.jobs import do_due_jobs

TIMES = 20


def at_once(act: Callable[[], Any]) -> list[Any]:
    barrier, answers = Barrier(TIMES), []

    def run() -> None:
        try:
            barrier.wait(30)
            answers.append(act())
        finally:
            connection.close()

    threads = [Thread(target=run) for _number in range(TIMES)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers


def test_the_last_button_pressed_many_times_books_once(own_database: str) -> None:
    srem = Tenant.objects.get(domains__domain="srem.localhost")
    with bind(srem):
        session = make_session()
    guest = Booker(SiteClient(srem), session.activity)
    guest.start(session)
    guest.up_to_check()

    def press() -> tuple[int, str]:
        browser = SiteClient(srem)
        browser.cookies = guest.client.cookies
        response = browser.post(guest.at)
        return response.status_code, response.headers["Location"]

    assert at_once(press) == [(302, guest.url("gotowe"))] * TIMES
    with bind(srem):
        assert Booking.objects.count() == 1
        assert CapacityPool.objects.get().taken == 1
        do_due_jobs()
        assert Delivery.objects.filter(message__kind="events/booked").count() == 1
