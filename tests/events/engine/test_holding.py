"""Places of a form that is being filled in."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from events.actions.choose_waiting_list import choose_waiting_list
from events.actions.drop_draft import drop_draft
from events.actions.extend_hold import extend_hold
from events.actions.finish_draft import finish_draft
from events.actions.hold_places import hold_places
from events.models import BookingDraft, CapacityPool, Hold
from events.refusals import (
    AlreadyExtended,
    HasInsufficientCapacity,
    HoldExpired,
    OpportunityIsFull,
    TooManyHolds,
)
from events.tasks import free_lapsed_holds
from tests.events.engine.booking_forms import (
    begun,
    booked,
    counted,
    held,
    in_line,
    make_places,
    taken,
)
from tests.events.making import make_activity

pytestmark = pytest.mark.usefixtures("here")


def lapse(draft: BookingDraft) -> None:
    past = timezone.now() - timedelta(seconds=1)
    BookingDraft.objects.filter(pk=draft.pk).update(held_until=past)


def test_places_are_held_for_a_quarter_of_an_hour_and_once_more() -> None:
    pool = make_places(capacity=3)
    draft = held(pool, "Anna Nowak", "Jan Nowak")
    assert taken(pool) == counted(pool) == 2
    assert draft.held_until is not None
    assert timedelta(minutes=14) < draft.held_until - timezone.now() <= timedelta(minutes=15)

    extended = extend_hold(draft=draft)
    assert extended.held_until == draft.held_until + timedelta(minutes=15)
    with pytest.raises(AlreadyExtended):
        extend_hold(draft=draft)


def test_what_is_not_held_is_not_extended() -> None:
    with pytest.raises(HoldExpired):
        extend_hold(draft=begun(make_places(capacity=3)))


@pytest.mark.parametrize(("before", "after"), [(1, 3), (3, 1), (2, 2)])
def test_another_number_replaces_the_first(before: int, after: int) -> None:
    pool = make_places(capacity=3)
    draft = hold_places(draft=begun(pool), party_size=before)
    draft = hold_places(draft=draft, party_size=after)
    assert taken(pool) == counted(pool) == after
    assert (draft.party_size, Hold.objects.count()) == (after, 1)


def test_a_larger_party_that_does_not_fit_keeps_what_it_had() -> None:
    pool = make_places(capacity=3)
    hold_places(draft=begun(pool), party_size=1)
    draft = hold_places(draft=begun(pool), party_size=1)
    with pytest.raises(HasInsufficientCapacity, match=r"Places left: 2\. .* 3") as refusal:
        hold_places(draft=draft, party_size=3)
    assert refusal.value.status == 409
    assert taken(pool) == counted(pool) == 2
    draft.refresh_from_db()
    assert (draft.party_size, draft.slot) == (1, 1)


def test_one_browser_holds_two_sets_and_no_third() -> None:
    pools = [make_places(capacity=3) for _ in range(3)]
    first, _second = (held(pool, client="one") for pool in pools[:2])
    with pytest.raises(TooManyHolds) as refusal:
        held(pools[2], client="one")
    assert (refusal.value.code, refusal.value.status) == ("too_many_holds", 409)
    assert taken(pools[2]) == 0
    assert held(pools[2], client="another").slot == 1
    # One finished, let go or lapsed makes room.
    finish_draft(draft=first)
    third = held(pools[2], client="one")
    drop_draft(draft=third)
    fourth = held(pools[2], client="one")
    lapse(fourth)
    assert held(pools[0], client="one").slot == fourth.slot


def test_dropping_frees_the_places_and_forgets_the_answers() -> None:
    pool = make_places(capacity=3)
    draft = held(pool)
    drop_draft(draft=draft)
    drop_draft(draft=draft)
    assert taken(pool) == counted(pool) == 0
    assert not BookingDraft.objects.exists()


def test_a_form_that_became_a_booking_is_left_alone() -> None:
    pool = make_places(capacity=3)
    draft = held(pool)
    booking = finish_draft(draft=draft)
    drop_draft(draft=draft)
    assert hold_places(draft=draft, party_size=3).booking == booking
    assert extend_hold(draft=draft).held_until is None
    assert choose_waiting_list(draft=draft, party_size=1).booking == booking
    assert taken(pool) == counted(pool) == 1


def test_lapsed_places_go_to_whoever_finds_the_pool_full() -> None:
    pool = make_places(capacity=2)
    slow = held(pool, "Anna Nowak", "Jan Nowak")
    with pytest.raises(OpportunityIsFull):
        held(pool, "Maria Lis")
    lapse(slow)
    held(pool, "Maria Lis")
    assert taken(pool) == counted(pool) == 1


def test_lapsed_places_go_to_the_line_first_and_stay_there() -> None:
    pool = make_places(capacity=1)
    slow = held(pool)
    first = in_line(pool, "Maria Lis")
    lapse(slow)
    # The newcomer finds the lapsed hold and is refused; what they set free is the line's.
    with pytest.raises(Exception, match="waiting for somebody from the waiting list"):
        held(pool, "Piotr Kos")
    assert first.entry.offers.get().state == "open"
    assert taken(pool) == counted(pool) == 1


def test_the_job_frees_what_nobody_asks_for() -> None:
    pool = make_places(capacity=2)
    lapsed, _waiting = held(pool), held(pool, "Maria Lis")
    lapse(lapsed)
    free_lapsed_holds(pool=str(pool.pk))
    assert taken(pool) == counted(pool) == 1
    lapsed.refresh_from_db()
    assert (lapsed.held_until, lapsed.slot) == (None, None)


def test_places_let_go_go_to_the_line() -> None:
    pool = make_places(capacity=2)
    draft = hold_places(draft=begun(pool), party_size=2)
    one, two = in_line(pool, "Maria Lis"), in_line(pool, "Piotr Kos")
    hold_places(draft=draft, party_size=1)
    assert one.entry.offers.exists()
    assert not two.entry.offers.exists()
    choose_waiting_list(draft=draft, party_size=1)
    assert two.entry.offers.exists()
    assert taken(pool) == counted(pool) == 2


@pytest.mark.parametrize("size", [0, 7])
def test_a_party_has_its_limits(size: int) -> None:
    draft = begun(make_places(make_activity(party_limit=6), capacity=20))
    for action in (hold_places, choose_waiting_list):
        with pytest.raises(ValidationError, match="1 to 6 people"):
            action(draft=draft, party_size=size)


def test_places_set_aside_are_not_for_everybody() -> None:
    pool = make_places(capacity=1)
    CapacityPool.objects.create(main=pool, purpose="desk", capacity=5)
    CapacityPool.objects.create(main=pool, purpose="wheelchair", capacity=5)
    booked(pool)
    with pytest.raises(OpportunityIsFull):
        held(pool, "Jan Lis")
