"""Many press at the same moment, in transactions that really are at the same time."""

from collections.abc import Callable
from threading import Barrier, Thread
from typing import Any
from uuid import uuid4

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from portal.messaging import noticing
from portal.messaging.actions.cancel_broadcast import cancel_broadcast
from portal.messaging.actions.open_office_conversation import open_office_conversation
from portal.messaging.actions.post_message import post_message
from portal.messaging.actions.send_broadcast import send_broadcast
from portal.messaging.models import Broadcast, Conversation, Message
from portal.messaging.refusals import AlreadySent
from portal.notifications.models import Delivery
from tenants.binding import bind
from tenants.models import Tenant
from tests.messaging.core.talking import draft, group, osl, says, somebody


@pytest.fixture
def there(own_database: str) -> Tenant:
    return Tenant.objects.get(domains__domain="srem.localhost")


def at_once(tenant: Tenant, times: int, act: Callable[[int], Any]) -> list[Any]:
    """What each of those who act together gets, or is refused with."""
    together, answers = Barrier(times), []

    def press(number: int) -> None:
        with bind(tenant):
            osl()  # connected, before it counts
            together.wait()
            try:
                answers.append(act(number))
            except (IntegrityError, AlreadySent) as refusal:
                answers.append(type(refusal))
        connection.close()

    threads = [Thread(target=press, args=[number]) for number in range(times)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(answers) == times
    return answers


def numbers(conversation: Conversation) -> list[int]:
    return list(conversation.messages.in_order().values_list("number", flat=True))


def test_one_form_of_many_presses_and_messages_of_many_people(there: Tenant) -> None:
    with bind(there):
        people = [somebody(f"Osoba{number}") for number in range(10)]
        conversation, token = group(*people), uuid4()

    def press(_number: int) -> Any:
        return post_message(conversation=conversation, text="Hej", token=token, author=people[0]).pk

    assert len(set(at_once(there, 20, press))) == 1
    with bind(there):
        assert numbers(conversation) == [1]
    at_once(there, 10, lambda number: says(people[number], conversation))
    with bind(there):
        assert numbers(conversation) == list(range(1, 12))
        assert Conversation.objects.get().last_number == 11


def unlocked(conversation: Conversation, together: Barrier) -> None:
    """The control: numbers as they would be given without the lock."""
    with transaction.atomic():
        read = Conversation.objects.get(pk=conversation.pk)
        together.wait()
        read.note(Message.objects.create(
            conversation=read, number=read.last_number + 1, text="Hej", token=uuid4()
        ))  # fmt: skip


def test_without_the_lock_two_are_given_one_number(there: Tenant) -> None:
    with bind(there):
        conversation = group(somebody())
    together = Barrier(2)
    answers = at_once(there, 2, lambda _number: unlocked(conversation, together))
    assert IntegrityError in answers


def test_conversations_notices_and_announcements_are_made_once(there: Tenant) -> None:
    with bind(there):
        anna, ewa = somebody(), somebody("Ewa")
        message = says(anna, group(anna, ewa))
        broadcasts = [draft("Anna", text=str(number)) for number in range(2)]
        for broadcast in broadcasts:
            broadcast.schedule(timezone.now())
    opened = at_once(there, 8, lambda _number: open_office_conversation(person=anna).pk)
    assert len(set(opened)) == 1
    at_once(there, 6, lambda _number: noticing.notify_of(message.pk))
    at_once(there, 6, lambda _number: send_broadcast(broadcast=broadcasts[0].pk))

    def send_or_call_off(number: int) -> Any:
        if number % 2:
            return send_broadcast(broadcast=broadcasts[1].pk)
        return cancel_broadcast(broadcast=broadcasts[1], acting_user=osl())

    answers = at_once(there, 4, send_or_call_off)
    with bind(there):
        kinds = Delivery.objects.values_list("message__kind", flat=True)
        assert kinds.filter(message__kind="messaging/new_message").count() == 1
        broadcasts[1].refresh_from_db()
        was_sent = broadcasts[1].state == Broadcast.State.SENT
        assert answers.count(AlreadySent) == (2 if was_sent else 0)
        assert kinds.filter(message__kind="messaging/announcement").count() == 1 + was_sent
