"""A button pressed many times at once promises one message."""

from threading import Barrier, Thread
from uuid import uuid4

import pytest
from django.db import connection

from portal.accounts.models import Person
from portal.messaging.kinds import FROM_OFFICE
from portal.messaging.models import Conversation
from portal.notifications.models import Message
from tenants.binding import bind
from tenants.models import Tenant
from tests.conftest import SiteClient

TIMES, ROUNDS = 6, 5


@pytest.fixture
def there(own_database: str) -> Tenant:
    return Tenant.objects.get(domains__domain="srem.localhost")


def messages_of_buttons(tenant: Tenant, number: int, tokens: list[str]) -> int:
    """To somebody nobody has written to yet: a form with each of the tokens, sent at one moment."""
    visitor = SiteClient(tenant)
    visitor.log_in("osl")
    with bind(tenant):
        person = Person.objects.create(
            first_name="Halina", phone=f"+4860010020{number}", channel="phone"
        )
    together = Barrier(len(tokens))

    def press(token: str) -> None:
        client = SiteClient(tenant)
        client.cookies = visitor.cookies
        together.wait()
        client.post(f"/panel/osoby/{person.pk}/wiadomosc/", {"text": "Raz", "token": token})
        connection.close()

    threads = [Thread(target=press, args=[token]) for token in tokens]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with bind(tenant):
        assert Conversation.objects.filter(person=person).count() == 1
        return Message.objects.filter(kind=FROM_OFFICE, deliveries__person=person).count()


def test_pressed_many_times_at_once_it_is_promised_once(there: Tenant) -> None:
    promised = [
        messages_of_buttons(there, number, [str(uuid4())] * TIMES) for number in range(ROUNDS)
    ]
    assert promised == [1] * ROUNDS


def test_colleagues_who_write_at_once_are_all_promised_in_one_conversation(there: Tenant) -> None:
    assert messages_of_buttons(there, 0, [str(uuid4()) for _form in range(TIMES)]) == TIMES
