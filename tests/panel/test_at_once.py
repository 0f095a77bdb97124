"""A button pressed many times at once promises one message."""

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

TIMES = 6


@pytest.fixture
def there(own_database: str) -> Tenant:
    return Tenant.objects.get(domains__domain="srem.localhost")


def messages_of_a_pressed_button(tenant: Tenant) -> int:
    visitor = SiteClient(tenant)
    visitor.log_in("osl")
    with bind(tenant):
        person = Person.objects.create(first_name="Halina", phone="+48600100200", channel="phone")
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
        return Message.objects.filter(kind=WRITTEN).count()


def test_pressed_many_times_at_once_it_is_promised_once(there: Tenant) -> None:
    assert messages_of_a_pressed_button(there) == 1


def test_without_the_lock_it_would_be_promised_again(
    there: Tenant, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QuerySet, "select_for_update", lambda rows, **_options: rows)
    assert messages_of_a_pressed_button(there) > 1
