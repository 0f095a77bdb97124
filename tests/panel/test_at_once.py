"""A button pressed many times at once promises one message."""

from collections.abc import Iterator
from threading import Barrier, Thread

import pytest
from django.db import connection
from django.db.models import QuerySet

from portal.accounts.models import Person
from portal.notifications.models import Message
from portal.panel.actions.write_to_person import WRITTEN
from tenants.binding import bind
from tenants.models import Tenant
from tests.conftest import SiteClient

TIMES, ROUNDS = 6, 5


@pytest.fixture
def there(own_database: str) -> Tenant:
    return Tenant.objects.get(domains__domain="srem.localhost")


def messages_of_pressed_buttons(tenant: Tenant) -> Iterator[int]:
    """To one person after the other, the button of each pressed at one moment."""
    visitor = SiteClient(tenant)
    visitor.log_in("osl")
    for number in range(ROUNDS):
        yield _messages_of_a_button(tenant, visitor, number)


def _messages_of_a_button(tenant: Tenant, visitor: SiteClient, number: int) -> int:
    with bind(tenant):
        person = Person.objects.create(
            first_name="Halina", phone=f"+4860010020{number}", channel="phone"
        )
    together = Barrier(TIMES)

    def press() -> None:
        client = SiteClient(tenant)
        client.cookies = visitor.cookies
        together.wait()
        client.post(
            f"/panel/osoby/{person.pk}/wiadomosc/wyslij/", {"subject": "Raz", "text": "Raz"}
        )
        connection.close()

    threads = [Thread(target=press) for _time in range(TIMES)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with bind(tenant):
        return Message.objects.filter(kind=WRITTEN, deliveries__person=person).count()


def test_pressed_many_times_at_once_it_is_promised_once(there: Tenant) -> None:
    assert list(messages_of_pressed_buttons(there)) == [1] * ROUNDS


def test_without_the_lock_it_would_be_promised_again(
    there: Tenant, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QuerySet, "select_for_update", lambda rows, **_options: rows)
    # Not everybody meets at the door each time; over several people somebody does.
    assert any(promised > 1 for promised in messages_of_pressed_buttons(there))
