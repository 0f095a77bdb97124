"""The line: in order, together or not at all, never passed by a newcomer."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.utils import timezone

from events.actions.accept_offer import accept_offer
from events.actions.cancel_booking import cancel_booking
from events.actions.choose_waiting_list import choose_waiting_list
from events.actions.decline_offer import decline_offer
from events.actions.expire_offers import expire_offers
from events.actions.finish_draft import finish_draft
from events.actions.leave_waiting_list import leave_waiting_list
from events.actions.make_offer import make_offer
from events.actions.set_capacity import set_capacity
from events.models import Booking, CapacityPool, Offer, WaitlistEntry
from events.refusals import (
    AlreadyChanged,
    CapacityIsReservedByLease,
    HasInsufficientCapacity,
    OfferExpired,
    OpportunityIsFull,
)
from portal.notifications.models import Message
from tests.events.engine.booking_forms import (
    a_clerk,
    begun,
    booked,
    counted,
    held,
    in_line,
    make_places,
    people_of,
    pool_of,
    statuses,
    taken,
)
from tests.events.making import in_days, make_activity, make_session
from tests.jobs import do_due_jobs

pytestmark = pytest.mark.usefixtures("here")


def offer_to(booking: Booking) -> Offer:
    return Offer.objects.get(entry__booking=booking)


def has_offer(*bookings: Booking) -> list[bool]:
    return [
        Offer.objects.filter(entry__booking=booking, state="open").exists() for booking in bookings
    ]


def overdue(offer: Offer) -> None:
    Offer.objects.filter(pk=offer.pk).update(expires_at=timezone.now() - timedelta(seconds=1))


def sent(key: str) -> int:
    do_due_jobs()
    return Message.objects.filter(kind=f"events/{key}").count()


def test_who_gives_a_place_back_makes_the_next_offer() -> None:
    pool = make_places(capacity=1)
    mine, first, second = booked(pool), in_line(pool, "Maria Lis"), in_line(pool, "Piotr Kos")
    assert statuses(first) == ["waiting"]
    assert sent("booked") == 1
    cancel_booking(booking=mine, acting_user=None)

    assert has_offer(first, second) == [True, False]
    assert taken(pool) == counted(pool) == 1
    with pytest.raises(CapacityIsReservedByLease) as refusal:
        held(pool, "Jan Nowy")
    assert (refusal.value.code, refusal.value.status) == ("CapacityIsReservedByLease", 409)

    accept_offer(offer=offer_to(first), acting_user=None)
    assert statuses(first) == ["confirmed"]
    assert WaitlistEntry.objects.get(booking=first).state == "accepted"
    assert taken(pool) == counted(pool) == 1
    assert (sent("waiting"), sent("offer"), sent("given_back"), sent("booked")) == (2, 1, 1, 2)


def test_a_smaller_party_passes_and_the_bigger_one_keeps_its_position() -> None:
    pool = make_places(capacity=4)
    couple = booked(pool, "Anna Nowak", "Jan Nowak")
    singles = [booked(pool, name) for name in ("Ewa Kos", "Ola Kos")]
    three = in_line(pool, "Maria Lis", "Jan Lis", "Staś Lis")
    one, two = in_line(pool, "Piotr Sowa"), in_line(pool, "Ada Wilk", "Iga Wilk")

    cancel_booking(booking=couple, acting_user=None)
    # Two places: three do not fit, one does, and then two do not.
    assert has_offer(three, one, two) == [False, True, False]
    joined = three.entry.joined_at
    decline_offer(offer=offer_to(one), acting_user=None)
    assert has_offer(three, one, two) == [False, False, True]
    decline_offer(offer=offer_to(two), acting_user=None)
    cancel_booking(booking=singles[0], acting_user=None)
    assert has_offer(three) == [True]
    assert WaitlistEntry.objects.get(booking=three).joined_at == joined
    assert taken(pool) == counted(pool) == 4


def test_a_place_of_no_use_to_the_line_is_anybodys() -> None:
    pool = make_places(capacity=2)
    one, _other = booked(pool, "Ewa Kos"), booked(pool, "Ola Kos")
    couple = in_line(pool, "Anna Nowak", "Jan Nowak")
    cancel_booking(booking=one, acting_user=None)
    assert has_offer(couple) == [False]
    assert statuses(booked(pool, "Maria Lis")) == ["confirmed"]
    # And whoever joins the line when a place is free for them has it at once.
    cancel_booking(booking=Booking.objects.get(booker__last_name="Lis"), acting_user=None)
    assert statuses(in_line(pool, "Piotr Sowa")) == ["confirmed"]
    assert taken(pool) == counted(pool) == 2


def test_a_declined_offer_goes_to_the_next_once() -> None:
    pool = make_places(capacity=1)
    mine, first, second = booked(pool), in_line(pool, "Maria Lis"), in_line(pool, "Piotr Kos")
    cancel_booking(booking=mine, acting_user=None)
    for _ in range(2):
        decline_offer(offer=offer_to(first), acting_user=None)
    assert statuses(first) == ["cancelled_by_participant"]
    assert first.entry.offers.get().state == "declined"
    assert has_offer(second) == [True]
    with pytest.raises(OfferExpired):
        accept_offer(offer=offer_to(first), acting_user=None)
    for _ in range(2):
        accept_offer(offer=offer_to(second), acting_user=None)
    with pytest.raises(AlreadyChanged):
        decline_offer(offer=offer_to(second), acting_user=None)
    assert statuses(second) == ["confirmed"]
    assert taken(pool) == counted(pool) == 1


def test_who_answers_too_late_is_told_and_the_line_moves() -> None:
    pool = make_places(capacity=1)
    mine, first, second = booked(pool), in_line(pool, "Maria Lis"), in_line(pool, "Piotr Kos")
    cancel_booking(booking=mine, acting_user=None)
    overdue(offer_to(first))
    with pytest.raises(OfferExpired, match="time to answer has passed") as refusal:
        accept_offer(offer=offer_to(first), acting_user=None)
    assert (refusal.value.code, refusal.value.status) == ("offer_expired", 410)
    assert (offer_to(first).state, statuses(first)) == ("expired", ["cancelled_by_participant"])
    assert has_offer(second) == [True]
    assert sent("offer_over") == 1
    # They may stand in line again.
    assert statuses(in_line(pool, "Maria Lis", phone=str(first.booker.phone))) == ["waiting"]
    assert taken(pool) == counted(pool) == 1


@pytest.mark.parametrize("waits", [True, False])
def test_an_overdue_offer_is_taken_back_by_whoever_needs_the_place(waits: bool) -> None:
    """Nothing depends on the job."""
    pool = make_places(capacity=1)
    mine, first = booked(pool), in_line(pool, "Maria Lis")
    second = in_line(pool, "Piotr Kos") if waits else None
    cancel_booking(booking=mine, acting_user=None)
    overdue(offer_to(first))
    if second is None:
        assert statuses(booked(pool, "Jan Nowy")) == ["confirmed"]
    else:
        with pytest.raises(CapacityIsReservedByLease):
            booked(pool, "Jan Nowy")
        # The newcomer had nothing of it; the next in line has, for good.
        assert has_offer(second) == [True]
    assert offer_to(first).state == "expired"
    assert taken(pool) == counted(pool) == 1


def test_the_job_passes_places_on_once() -> None:
    pool = make_places(capacity=1)
    mine, first, second = booked(pool), in_line(pool, "Maria Lis"), in_line(pool, "Piotr Kos")
    cancel_booking(booking=mine, acting_user=None)
    assert not expire_offers(pool=pool)
    overdue(offer_to(first))
    assert expire_offers(pool=pool)
    assert not expire_offers(pool=pool)
    assert has_offer(first, second) == [False, True]
    assert sent("offer_over") == 1


def test_who_leaves_the_line_gives_up_the_offer() -> None:
    pool = make_places(capacity=2)
    mine = booked(pool, "Anna Nowak", "Jan Nowak")
    couple, single = in_line(pool, "Maria Lis", "Jan Lis"), in_line(pool, "Piotr Kos")
    cancel_booking(booking=mine, acting_user=None)
    # One of the two does not come: the place goes on, the other one's offer stays.
    cancel_booking(booking=couple, participations=people_of(couple)[1:], acting_user=None)
    assert (offer_to(couple).number, couple.entry.__class__.objects.get(booking=couple).size) == (
        1,
        1,
    )
    assert has_offer(couple, single) == [True, True]
    for _ in range(2):
        leave_waiting_list(entry=couple.entry, acting_user=None)
    assert offer_to(couple).state == "withdrawn"
    assert WaitlistEntry.objects.get(booking=couple).state == "left"
    assert taken(pool) == counted(pool) == 1


def test_more_places_go_to_the_line() -> None:
    pool = make_places(capacity=1)
    booked(pool)
    waiting = [in_line(pool, name) for name in ("Maria Lis", "Piotr Kos", "Ada Wilk")]
    set_capacity(pool=pool, capacity=3, acting_user=None)
    assert has_offer(*waiting) == [True, True, False]
    assert taken(pool) == counted(pool) == 3


def test_the_line_has_its_end() -> None:
    pool = make_places(capacity=1, waitlist_limit=2)
    booked(pool)
    late = begun(pool, "Ada Wilk")
    choose_waiting_list(draft=late, party_size=1)
    in_line(pool, "Maria Lis")
    with pytest.raises(OpportunityIsFull, match="the waiting list is full too"):
        in_line(pool, "Piotr Kos", "Ewa Kos")
    in_line(pool, "Piotr Kos")
    for act in (
        lambda: in_line(pool, "Ola Nowak"),
        lambda: finish_draft(draft=late),
        lambda: held(pool, "Ola Nowak"),
    ):
        with pytest.raises(OpportunityIsFull) as refusal:
            act()
        assert not refusal.value.has_waiting_list


def test_nothing_is_offered_in_the_last_hours() -> None:
    soon = timezone.now() + timedelta(minutes=150)
    activity = make_activity(cancel_hours_before=0, closes_hours_before=0)
    pool = make_places(activity, starts_at=soon, capacity=1)
    mine, first = booked(pool), in_line(pool, "Maria Lis")
    cancel_booking(booking=mine, acting_user=None)
    assert has_offer(first) == [False]
    assert taken(pool) == counted(pool) == 0
    # Staff can still call somebody and keep the place for them.
    offer = make_offer(entry=first.entry, acting_user=None)
    assert offer.expires_at == soon


def test_staff_keep_a_place_by_hand_for_whom_they_choose() -> None:
    pool = make_places(capacity=2)
    desk = CapacityPool.objects.create(main=pool, purpose="desk", capacity=1)
    booked(pool, "Anna Nowak", "Jan Nowak")
    couple, single = in_line(pool, "Maria Lis", "Ewa Lis"), in_line(pool, "Piotr Kos")
    osl = a_clerk()
    # The places of callers are not offered by the machine, only by hand.
    offer = make_offer(entry=single.entry, acting_user=osl)
    assert (offer.pool, offer.made_by, taken(desk)) == (desk, osl.pk, 1)
    with pytest.raises(AlreadyChanged):
        make_offer(entry=single.entry, acting_user=osl)
    with pytest.raises(OpportunityIsFull):
        make_offer(entry=couple.entry, acting_user=osl)
    accept_offer(offer=offer, acting_user=osl)
    assert counted(desk) == taken(desk) == 1
    assert single.participations.get().place == desk


def test_by_hand_a_party_has_to_fit_too() -> None:
    pool = make_places(capacity=2)
    one = booked(pool, "Ewa Kos")
    booked(pool, "Ola Kos")
    couple = in_line(pool, "Anna Nowak", "Jan Nowak")
    cancel_booking(booking=one, acting_user=None)
    with pytest.raises(HasInsufficientCapacity):
        make_offer(entry=couple.entry, acting_user=None)


def test_nothing_is_offered_of_what_does_not_take_place() -> None:
    session = make_session(capacity=1)
    mine, first = booked(pool_of(session)), in_line(pool_of(session), "Maria Lis")
    session.status, session.cancelled_at = "cancelled", timezone.now()
    session.save()
    cancel_booking(booking=mine, acting_user=None)
    assert has_offer(first) == [False]


@pytest.mark.parametrize("day", [in_days(3), in_days(30)])
def test_an_accepted_offer_of_an_approved_activity_waits_for_the_office(day: datetime) -> None:
    given: dict[str, Any] = {"starts_at": day, "capacity": 1}
    pool = make_places(make_activity(needs_approval=True), **given)
    mine, first = booked(pool), in_line(pool, "Maria Lis")
    cancel_booking(booking=mine, acting_user=None)
    accept_offer(offer=offer_to(first), acting_user=None)
    assert statuses(first) == ["pending_approval"]
