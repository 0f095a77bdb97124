"""Cards are locked before places: merging two cards gives places back, so whoever waited for a card
with a pool in hand would wait for ever."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Thread
from time import monotonic, sleep
from uuid import uuid4

import pytest
from django.db import OperationalError, connection, transaction

from events.actions.add_walk_in import add_walk_in
from events.actions.finish_draft import finish_draft
from events.models import CapacityPool, Participation
from events.party import BookerContact
from portal.accounts.models import Person
from tenants.models import Tenant
from tests.accounts.at_once import at_once
from tests.events.engine.booking_forms import a_clerk, at_desk, begun, pool_of
from tests.events.making import in_days, make_session

PHONE = "+48600999888"


@pytest.fixture
def anna(site: Tenant) -> Person:
    return Person.objects.create(
        first_name="Anna", last_name="Kosińska", phone=PHONE, channel=Person.Channel.SMS
    )


@contextmanager
def _meanwhile(site: Tenant, deed: Callable[[], object]) -> Iterator[None]:
    """Somebody's deed, which goes on until it waits for a lock of ours."""
    thread = Thread(target=lambda: at_once(site, deed))
    thread.start()
    _until_somebody_waits()
    try:
        yield
    finally:
        transaction.commit()
        thread.join(20)


def _until_somebody_waits() -> None:
    deadline = monotonic() + 10
    with connection.cursor() as cursor:
        while monotonic() < deadline:
            cursor.execute("SELECT count(*) FROM pg_locks WHERE NOT granted")
            if cursor.fetchone()[0]:
                return
            sleep(0.02)
    raise AssertionError("nobody waits for the card")


@pytest.mark.parametrize("door", ["form", "desk", "walk-in"])
def test_whoever_waits_for_a_card_keeps_nobody_from_a_place(
    site: Tenant, anna: Person, door: str
) -> None:
    session = make_session(starts_at=in_days(0) if door == "walk-in" else in_days(5))
    pool = pool_of(session)
    contact = BookerContact(first_name="Anna", last_name="Kosińska", phone=PHONE, channel="sms")
    doors: dict[str, Callable[[], object]] = {
        "form": lambda: finish_draft(draft=begun(pool, "Anna Kosińska", phone=PHONE)),
        "desk": lambda: at_desk(pool, anna),
        "walk-in": lambda: add_walk_in(
            session=session, contact=contact, acting_user=a_clerk(), idempotency_key=uuid4()
        ),
    }
    connection.set_autocommit(False)
    try:
        Person.objects.select_for_update().get(pk=anna.pk)
        with _meanwhile(site, doors[door]):
            try:
                CapacityPool.objects.select_for_update(nowait=True).get(pk=pool.pk)
            except OperationalError:
                pytest.fail("it has the places and waits for the card")
    finally:
        connection.set_autocommit(True)
    # Then it was their turn.
    assert Participation.objects.filter(person=anna, pool=pool).count() == 1
