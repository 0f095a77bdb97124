"""Two who edit at one moment, and a cancelled date racing with those who book it."""

from datetime import time

import pytest
from django.utils import timezone

from events.actions.add_session import add_session
from events.actions.cancel_session import cancel_session
from events.actions.finish_draft import finish_draft
from events.actions.make_series import Order, make_series
from events.arranging import Arrangement, Places
from events.editing_refusals import RoomTaken
from events.models import Booking, Participation, Series, Session
from events.recurrence import Pattern, Rhythm, Span
from events.refusals import BookingRefused
from portal.accounts.models import User
from portal.places.models import Room
from tenants.models import Tenant
from tests.accounts.at_once import at_once
from tests.events.engine.booking_forms import begun, counted, held, make_places, taken
from tests.events.making import in_days, make_activity, make_place

TIMES = 5


@pytest.fixture
def clerk(site: Tenant) -> User:
    return User.objects.get(email__startswith="osl@")


def test_one_room_is_given_once(site: Tenant, clerk: User) -> None:
    room = Room.objects.create(place=make_place(), name="sala 3")
    where = Arrangement(place=room.place, room=room)
    span = Span(in_days(9), in_days(9, hour=12))
    activities = [make_activity(f"Zajęcia {number}") for number in range(TIMES)]
    results = at_once(
        site,
        *(
            lambda activity=activity: add_session(
                activity=activity, span=span, arrangement=where, acting_user=clerk
            )
            for activity in activities
        ),
    )
    assert sum(isinstance(one, Session) for one in results) == 1
    assert sum(isinstance(one, RoomTaken) for one in results) == TIMES - 1
    assert Session.objects.count() == 1


def test_the_same_series_sent_many_times_is_made_once(site: Tenant, clerk: User) -> None:
    pattern = Pattern(
        Rhythm.WEEKLY, timezone.localdate(in_days(7)), time(10), time(12), number=4
    )  # fmt: skip
    order = Order(pattern=pattern, arrangement=Arrangement(places=Places(capacity=3)))
    activity = make_activity("Gimnastyka")
    results = at_once(
        site,
        *[lambda: make_series(activity=activity, order=order, acting_user=clerk)] * TIMES,
    )
    assert {getattr(one, "pk", one) for one in results} == {order.key}
    assert (Series.objects.count(), Session.objects.count()) == (1, 4)


def test_nobody_gets_into_a_date_while_it_is_cancelled(site: Tenant, clerk: User) -> None:
    pool = make_places(capacity=6)
    forms = [held(pool, f"Osoba {letter}") for letter in "abcd"]
    forms += [begun(pool, f"Osoba {letter}") for letter in "efgh"]
    session = Session.objects.get(pool=pool)
    results = at_once(
        site,
        lambda: cancel_session(session=session, note="", acting_user=clerk),
        *(lambda form=form: finish_draft(draft=form) for form in forms),
    )
    assert isinstance(results[0], Session)
    assert all(isinstance(one, Booking | BookingRefused) for one in results[1:]), results
    assert not Participation.objects.active().exists()
    assert taken(pool) == counted(pool) == 0
