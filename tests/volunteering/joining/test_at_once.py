"""Two tabs, a double click: the last button pressed many times at one moment."""

from collections.abc import Callable
from threading import Barrier, Thread
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction

from portal.notifications.models import Message
from tenants.binding import bind
from tenants.models import Tenant
from tests.conftest import SiteClient
from tests.volunteering.joining.joiner import JOIN, OWN, Joiner
from tests.volunteering.making import make_volunteer
from volunteering.models import VolunteerProfile

TIMES = 8


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


def test_the_last_button_pressed_many_times_makes_one_profile(own_database: str) -> None:
    srem = Tenant.objects.get(domains__domain="srem.localhost")
    joiner = Joiner(srem)
    joiner.answer_all()

    def press() -> tuple[int, str]:
        browser = SiteClient(srem)
        browser.cookies = joiner.client.cookies
        response = browser.post(f"{JOIN}sprawdz/")
        return response.status_code, response.headers["Location"]

    answers = at_once(press)
    assert len(answers) == TIMES
    assert set(answers) <= {(302, f"{JOIN}gotowe/"), (302, OWN), (302, f"{JOIN}umiejetnosci/")}
    with bind(srem):
        assert VolunteerProfile.objects.count() == 1
        assert VolunteerProfile.objects.get().windows.count() == 2
        assert Message.objects.filter(kind="volunteering/joined").count() == 1


def test_control_without_the_turns_the_table_itself_refuses_a_second(srem: Tenant) -> None:
    with bind(srem):
        person = make_volunteer().person
        with pytest.raises(IntegrityError), transaction.atomic():
            make_volunteer(person=person)
