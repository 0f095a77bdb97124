"""Booking for somebody who calls or comes."""

from uuid import uuid4

import pytest

from events.conflicts import overlapping
from events.models import Booking, CapacityPool, Participation
from events.party import Attendee, Transport
from events.refusals import (
    AgeNotAllowed,
    AlreadyBooked,
    HasInsufficientCapacity,
    NotTakingPlace,
    OpportunityIsFull,
    OpportunityIsInConflict,
)
from portal.accounts.models import Consent, Person
from portal.notifications.models import Delivery, Message
from tests.events.engine.booking_forms import (
    a_clerk,
    at_desk,
    booked,
    counted,
    make_places,
    people_of,
    pool_of,
    statuses,
    taken,
)
from tests.events.making import in_days, make_activity, make_session

pytestmark = pytest.mark.usefixtures("here")


@pytest.fixture
def ewa(here: object) -> Person:
    """She has a landline and no e-mail."""
    return Person.objects.create(
        first_name="Ewa", last_name="Kos", channel="phone", phone="+48612830122"
    )


def test_a_caller_is_booked_with_her_husband(ewa: Person) -> None:
    osl = a_clerk()
    pool = make_places(make_activity(needs_approval=True, must_confirm=True))
    party = [
        Attendee(is_booker=True, needs=("lift",)),
        Attendee(first_name="Jan", last_name="Kos", age=70, needs=("escort",)),
    ]
    booking = at_desk(
        pool, ewa, party=party, channel="phone", acting_user=osl,
        transport=Transport(people=2, street="Polna 2", city="Mełpin"), note="Oddzwonić.",
    )  # fmt: skip
    assert statuses(booking) == ["confirmed", "confirmed"]
    assert (booking.taken_by, booking.channel, booking.note) == (osl.pk, "phone", "Oddzwonić.")
    of_ewa, of_jan = people_of(booking)
    assert [need.need for need in of_ewa.needs.all()] == ["lift"]
    assert [need.need for need in of_jan.needs.all()] == ["escort"]
    assert {consent.means for consent in Consent.objects.all()} == {"phone"}
    assert booking.transport.people == 2
    assert Delivery.objects.get().channel == "call"
    # Next time he is the same Jan.
    again = at_desk(make_places(starts_at=in_days(20)), ewa, "Jan Kos")
    assert people_of(again)[1].person == of_jan.person


def test_the_same_form_twice_is_one_booking(ewa: Person) -> None:
    pool, key = make_places(), uuid4()
    first, again = (at_desk(pool, ewa, idempotency_key=key) for _ in range(2))
    assert first == again
    assert (taken(pool), Message.objects.count()) == (1, 1)


def test_places_kept_for_callers_go_first(ewa: Person) -> None:
    pool = make_places(capacity=2)
    desk = CapacityPool.objects.create(main=pool, purpose="desk", capacity=1)
    at_desk(pool, ewa, "Jan Kos")
    assert (taken(desk), taken(pool)) == (1, 1)
    assert (counted(desk), counted(pool)) == (1, 1)
    other = Person.objects.create(first_name="Ada", last_name="Wilk")
    with pytest.raises(HasInsufficientCapacity, match=r"left: 1\."):
        at_desk(pool, other, "Iga Wilk")
    at_desk(pool, other, uses_desk_places=False)
    assert (taken(desk), taken(pool)) == (1, 2)


def test_somebody_in_a_wheelchair_has_the_place_set_aside(ewa: Person) -> None:
    pool = make_places(capacity=2)
    aside = CapacityPool.objects.create(main=pool, purpose="wheelchair", capacity=1)
    at_desk(pool, ewa, takes_wheelchair_place=True)
    assert (taken(aside), taken(pool), counted(aside)) == (1, 0, 1)


def test_when_it_is_full_the_caller_waits_if_they_want_to(ewa: Person) -> None:
    pool = make_places(capacity=1, waitlist_limit=1)
    booked(pool)
    with pytest.raises(OpportunityIsFull) as refusal:
        at_desk(pool, ewa)
    assert refusal.value.has_waiting_list
    assert statuses(at_desk(pool, ewa, wait_if_full=True)) == ["waiting"]
    other = Person.objects.create(first_name="Ada", last_name="Wilk")
    with pytest.raises(OpportunityIsFull, match="full too"):
        at_desk(pool, other, wait_if_full=True)
    assert Booking.objects.filter(booker=other).count() == 0


def test_staff_are_told_who_is_on_the_list(ewa: Person) -> None:
    pool = make_places()
    at_desk(pool, ewa)
    with pytest.raises(AlreadyBooked, match="Already on this list: Ewa Kos"):
        at_desk(pool, ewa)
    chosen = Person.objects.create(first_name="Ada", last_name="Wilk")
    at_desk(pool, chosen)
    with pytest.raises(AlreadyBooked, match="Ada Wilk"):
        at_desk(pool, Person.objects.create(first_name="Ola", last_name="Sowa"), party=[
            Attendee(is_booker=True), Attendee(person=chosen.pk)
        ])  # fmt: skip
    assert taken(pool) == counted(pool) == 2


def test_staff_are_warned_of_something_else_at_that_time_and_may_go_on(ewa: Person) -> None:
    day = in_days(10)
    at_desk(make_places(make_activity("Tai-chi"), starts_at=day), ewa)
    other = make_session(make_activity("Chór"), starts_at=day)
    with pytest.raises(OpportunityIsInConflict, match="You already have Tai-chi") as refusal:
        at_desk(pool_of(other), ewa)
    assert (refusal.value.code, refusal.value.status) == ("OpportunityIsInConflict", 409)
    assert statuses(at_desk(pool_of(other), ewa, in_spite_of_conflict=True)) == ["confirmed"]
    # One date right after the other is none.
    after = make_session(starts_at=in_days(10, hour=12))
    assert overlapping(ewa, [after]) == []
    assert statuses(at_desk(pool_of(after), ewa)) == ["confirmed"]


def test_a_date_of_a_course_is_in_the_way_too(ewa: Person) -> None:
    course = make_activity(kind="course")
    make_session(course)
    second = make_session(course, starts_at=in_days(17))
    at_desk(pool_of(course), ewa)
    other = make_session(starts_at=in_days(17, hour=11))
    assert overlapping(ewa, [other]) == [second]
    Participation.objects.update(status="cancelled_by_participant", place=None)
    assert overlapping(ewa, [other]) == []


def test_staff_book_after_the_site_has_closed_but_not_what_is_off(ewa: Person) -> None:
    session = make_session(make_activity(closes_hours_before=24 * 20, opens_days_before=1))
    assert statuses(at_desk(pool_of(session), ewa)) == ["confirmed"]
    session.status, session.cancelled_at = "cancelled", session.created_at
    session.save()
    with pytest.raises(NotTakingPlace):
        at_desk(pool_of(session), Person.objects.create(first_name="Ada", last_name="Wilk"))


def test_an_age_that_is_told_has_to_fit(ewa: Person) -> None:
    pool = make_places(make_activity(age_min=6, age_max=12))
    with pytest.raises(AgeNotAllowed, match="aged 6 to 12"):
        at_desk(pool, ewa, party=[Attendee(is_booker=True, age=40)])
    assert statuses(at_desk(pool, ewa)) == ["confirmed"]
