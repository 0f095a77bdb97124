"""What can be done to a booking afterwards, by whom, and how often."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from events.actions.approve_booking import approve_booking
from events.actions.cancel_booking import cancel_booking
from events.actions.change_booking import change_booking
from events.actions.confirm_booking import confirm_booking
from events.actions.lapse_booking import lapse_booking
from events.actions.refuse_booking import refuse_booking
from events.actions.set_capacity import set_capacity
from events.actions.switch_session import switch_session
from events.models import AccessNeed, Booking, CapacityPool, Participation, TransportRequest
from events.party import Transport
from events.refusals import (
    AlreadyBooked,
    AlreadyChanged,
    CancellationNotPermitted,
    CapacityBelowTaken,
    Closed,
    LinkExpired,
    OpportunityIsFull,
)
from portal.accounts.models import Consent
from portal.notifications.models import Message
from tests.events.engine.booking_forms import (
    a_clerk,
    booked,
    counted,
    in_line,
    make_places,
    people_of,
    pool_of,
    statuses,
    taken,
)
from tests.events.making import in_days, make_activity, make_session

pytestmark = pytest.mark.usefixtures("here")


def sent(key: str) -> int:
    return Message.objects.filter(kind=f"events/{key}").count()


# Cancelling


def test_one_of_the_party_does_not_come() -> None:
    pool = make_places(capacity=5)
    needs = {"needs": {"1": ["lift"], "2": ["lift"]}, "agrees": True}
    ride = {"wants": True, "people": 2, "street": "Polna 2", "city": "Mełpin"}
    booking = booked(pool, "Anna Nowak", "Jan Nowak", potrzeby=needs, dowoz=ride)
    _anna, jan = people_of(booking)
    for _ in range(2):
        cancel_booking(booking=booking, participations=[jan], acting_user=None)
    assert statuses(booking) == ["confirmed", "cancelled_by_participant"]
    assert taken(pool) == counted(pool) == 1
    assert AccessNeed.objects.count() == 1
    assert TransportRequest.objects.get().people == 1
    cancel_booking(booking=booking, acting_user=None)
    assert taken(pool) == counted(pool) == 0
    assert not AccessNeed.objects.exists()
    assert not TransportRequest.objects.exists()
    assert sent("given_back") == 2
    # The list is open to her again.
    assert statuses(booked(pool, "Anna Nowak", phone=str(booking.booker.phone))) == ["confirmed"]


def test_after_the_deadline_staff_write_it_down_as_late() -> None:
    session = make_session(starts_at=timezone.now() + timedelta(hours=20))
    booking = booked(pool_of(session))
    with pytest.raises(CancellationNotPermitted, match="time to give the place back") as refusal:
        cancel_booking(booking=booking, acting_user=None)
    assert (refusal.value.code, refusal.value.status) == ("CancellationNotPermitted", 403)
    assert taken(pool_of(session)) == 1
    cancel_booking(booking=booking, by_staff=True, acting_user=a_clerk())
    assert booking.participations.get().is_late
    assert taken(pool_of(session)) == counted(pool_of(session)) == 0


def test_in_time_and_from_the_line_nobody_is_late() -> None:
    pool = make_places(capacity=1)
    booking = booked(pool)
    soon = make_session(starts_at=timezone.now() + timedelta(hours=20), capacity=1)
    booked(pool_of(soon))
    waiting = in_line(pool_of(soon), "Maria Lis")
    for one in (booking, waiting):
        cancel_booking(booking=one, acting_user=None)
        assert not one.participations.get().is_late
    assert waiting.entry.__class__.objects.get(booking=waiting).state == "left"


# Another date


def test_another_date_is_taken_before_the_first_is_given_back() -> None:
    activity = make_activity()
    tuesday = make_session(activity, capacity=2)
    friday = make_session(activity, starts_at=in_days(13), capacity=2)
    booking = booked(pool_of(tuesday), "Anna Nowak", "Jan Nowak")
    waiting = in_line(pool_of(tuesday), "Maria Lis")
    for _ in range(2):
        switch_session(booking=booking, pool=pool_of(friday), acting_user=None)
    assert statuses(booking) == ["confirmed", "confirmed"]
    assert {one.pool for one in people_of(booking)} == {pool_of(friday)}
    assert taken(pool_of(friday)) == counted(pool_of(friday)) == 2
    assert waiting.entry.offers.get().state == "open"
    assert taken(pool_of(tuesday)) == counted(pool_of(tuesday)) == 1
    assert Booking.objects.get(pk=booking.pk).code == booking.code


def test_when_the_other_date_is_full_nothing_changes() -> None:
    activity = make_activity()
    tuesday = make_session(activity, capacity=2)
    friday = make_session(activity, starts_at=in_days(13), capacity=1)
    booked(pool_of(friday), "Maria Lis")
    booking = booked(pool_of(tuesday))
    with pytest.raises(OpportunityIsFull):
        switch_session(booking=booking, pool=pool_of(friday), acting_user=None)
    assert booking.participations.get().pool == pool_of(tuesday)
    assert taken(pool_of(tuesday)) == counted(pool_of(tuesday)) == 1
    assert taken(pool_of(friday)) == counted(pool_of(friday)) == 1


def test_who_waits_may_come_another_day() -> None:
    activity = make_activity()
    tuesday, friday = (
        make_session(activity, starts_at=in_days(day), capacity=1) for day in (9, 12)
    )
    booked(pool_of(tuesday))
    waiting = in_line(pool_of(tuesday), "Maria Lis")
    switch_session(booking=waiting, pool=pool_of(friday), acting_user=None)
    assert statuses(waiting) == ["confirmed"]
    assert waiting.entry.__class__.objects.get(booking=waiting).state == "left"
    assert taken(pool_of(friday)) == counted(pool_of(friday)) == 1


def test_a_place_for_a_wheelchair_stays_one() -> None:
    activity = make_activity()
    tuesday, friday = (make_session(activity, starts_at=in_days(day)) for day in (9, 12))
    asides = [
        CapacityPool.objects.create(main=pool_of(one), purpose="wheelchair", capacity=1)
        for one in (tuesday, friday)
    ]
    booking = booked(pool_of(tuesday), "Anna Nowak", "Jan Nowak")
    Participation.objects.filter(pk=people_of(booking)[1].pk).update(place=asides[0])
    CapacityPool.objects.filter(pk=pool_of(tuesday).pk).update(taken=1)
    CapacityPool.objects.filter(pk=asides[0].pk).update(taken=1)
    switch_session(booking=booking, pool=pool_of(friday), acting_user=None)
    assert people_of(booking)[1].place == asides[1]
    for pool in (pool_of(tuesday), pool_of(friday), *asides):
        assert taken(pool) == counted(pool)


def test_what_another_date_can_be_refused_for() -> None:
    activity = make_activity(closes_hours_before=48)
    soon = make_session(activity, starts_at=timezone.now() + timedelta(hours=20))
    later, elsewhere = make_session(activity, starts_at=in_days(13)), make_session()
    booking = booked(pool_of(later))
    with pytest.raises(Closed):
        switch_session(booking=booking, pool=pool_of(soon), acting_user=None)
    with pytest.raises(AlreadyChanged):
        switch_session(booking=booking, pool=pool_of(elsewhere), acting_user=None)
    switch_session(booking=booking, pool=pool_of(soon), by_staff=True, acting_user=a_clerk())
    with pytest.raises(CancellationNotPermitted):
        switch_session(booking=booking, pool=pool_of(later), acting_user=None)
    again = booked(pool_of(later), "Anna Nowak", phone=str(booking.booker.phone))
    with pytest.raises(AlreadyBooked):
        switch_session(booking=booking, pool=pool_of(later), by_staff=True, acting_user=None)
    cancel_booking(booking=again, acting_user=None)
    with pytest.raises(AlreadyChanged):
        switch_session(booking=again, pool=pool_of(soon), acting_user=None)


# What was asked for


def test_needs_transport_and_note_are_changed() -> None:
    booking = booked(make_places())
    anna = booking.participations.get()
    ride = Transport(people=1, street="Polna 2", city="Mełpin")
    change_booking(
        booking=booking, note="Zadzwonię.", needs={anna.pk: ["lift", "escort"]}, transport=ride,
        shows_names=True, acting_user=None,
    )  # fmt: skip
    booking.refresh_from_db()
    assert (booking.note, booking.shows_names, booking.shows_contact) == ("Zadzwonię.", True, False)
    assert {need.need for need in anna.needs.all()} == {"lift", "escort"}
    assert Consent.objects.filter(person=anna.person).count() == 1

    # Decided, it stays decided until something else is asked for.
    TransportRequest.objects.update(state="arranged")
    change_booking(booking=booking, transport=ride, needs={anna.pk: []}, acting_user=None)
    assert TransportRequest.objects.get().state == "arranged"
    assert not anna.needs.exists()
    change_booking(booking=booking, transport=Transport(people=1, city="Nochowo"), acting_user=None)
    assert TransportRequest.objects.get().state == "requested"
    change_booking(booking=booking, transport=Transport(people=0), acting_user=None)
    assert not TransportRequest.objects.exists()
    booking.refresh_from_db()
    assert booking.note == "Zadzwonię."


def test_a_cancelled_booking_is_not_changed() -> None:
    booking = booked(make_places())
    cancel_booking(booking=booking, acting_user=None)
    with pytest.raises(AlreadyChanged):
        change_booking(booking=booking, note="Jednak nie.", acting_user=None)


# Confirming and deciding


def test_the_link_confirms_once() -> None:
    pool = make_places(make_activity(must_confirm=True))
    booking = booked(pool)
    for _ in range(2):
        confirm_booking(booking=booking, acting_user=None)
    assert statuses(booking) == ["confirmed"]
    Booking.objects.update(confirm_by=timezone.now() - timedelta(hours=1))
    lapse_booking(booking=booking)
    assert statuses(booking) == ["confirmed"]
    assert taken(pool) == counted(pool) == 1


def test_what_nobody_confirms_goes_to_the_line() -> None:
    pool = make_places(make_activity(must_confirm=True), capacity=1)
    booking, waiting = booked(pool), in_line(pool, "Maria Lis")
    lapse_booking(booking=booking)
    assert statuses(booking) == ["unverified"]
    Booking.objects.filter(pk=booking.pk).update(confirm_by=timezone.now() - timedelta(hours=1))
    for _ in range(2):
        lapse_booking(booking=booking)
    assert statuses(booking) == ["cancelled_by_participant"]
    assert waiting.entry.offers.get().state == "open"
    with pytest.raises(LinkExpired):
        confirm_booking(booking=booking, acting_user=None)
    assert taken(pool) == counted(pool) == 1


def test_the_office_says_yes_once() -> None:
    pool = make_places(make_activity(needs_approval=True))
    booking = booked(pool)
    for _ in range(2):
        approve_booking(booking=booking, acting_user=a_clerk())
    assert statuses(booking) == ["confirmed"]
    assert sent("approved") == 1
    with pytest.raises(AlreadyChanged):
        refuse_booking(booking=booking, reason="Za późno.", acting_user=a_clerk())


def test_the_office_says_no_with_words_and_the_place_goes_on() -> None:
    pool = make_places(make_activity(needs_approval=True), capacity=1)
    booking, waiting = booked(pool), in_line(pool, "Maria Lis")
    osl = a_clerk()
    with pytest.raises(ValidationError):
        refuse_booking(booking=booking, reason="  ", acting_user=osl)
    refuse_booking(booking=booking, reason="Zajęcia są dla opiekunów.", acting_user=osl)
    assert statuses(booking) == ["cancelled_by_organiser"]
    assert waiting.entry.offers.get().state == "open"
    assert sent("refused") == 1
    with pytest.raises(AlreadyChanged):
        refuse_booking(booking=booking, reason="Nie.", acting_user=osl)
    with pytest.raises(AlreadyChanged):
        approve_booking(booking=booking, acting_user=osl)


# Places


def test_there_cannot_be_fewer_places_than_are_taken() -> None:
    pool = make_places(capacity=5)
    booked(pool, "Anna Nowak", "Jan Nowak")
    with pytest.raises(CapacityBelowTaken) as refusal:
        set_capacity(pool=pool, capacity=1, acting_user=None)
    assert str(refusal.value) == "People booked: 2. The limit cannot be lower."
    assert (refusal.value.code, refusal.value.status) == ("capacity_below_taken", 409)
    set_capacity(pool=pool, capacity=2, acting_user=None)
    assert (pool.capacity, pool.taken) == (2, 2)
