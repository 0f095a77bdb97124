"""What happens when many press the button in one moment: real commits, a connection each."""

from collections.abc import Callable
from random import Random
from threading import Barrier
from uuid import UUID

import pytest
from django.db import connection, transaction
from django.db.models import F

from events import capacity
from events.actions.accept_offer import accept_offer
from events.actions.cancel_booking import cancel_booking
from events.actions.expire_offers import expire_offers
from events.actions.finish_draft import finish_draft
from events.actions.hold_places import hold_places
from events.busy import in_time
from events.models import Booking, BookingDraft, CapacityPool, Hold, Offer, Participation
from events.refusals import BookingRefused, Busy
from portal.accounts.models import Person
from portal.notifications.models import Message
from tenants.binding import bind
from tenants.models import Tenant
from tenants.roles import as_owner
from tests.accounts.at_once import at_once
from tests.events.engine.booking_forms import (
    begun,
    booked,
    counted,
    held,
    in_line,
    make_places,
    taken,
)
from tests.jobs import do_due_jobs

LETTERS = "abcdefghijklmnopqrstuvwx"
PLACES, PEOPLE = 5, len(LETTERS)


def again_when_busy(deed: Callable[[], object]) -> Callable[[], object]:
    """What a browser does with 503 and Retry-After."""

    def act() -> object:
        for _ in range(20):
            try:
                return deed()
            except Busy:
                continue
        raise AssertionError("always busy")

    return act


def finishing(draft: BookingDraft) -> Callable[[], object]:
    return again_when_busy(lambda: finish_draft(draft=draft))


def holding(draft: BookingDraft, size: int = 1) -> Callable[[], object]:
    return again_when_busy(lambda: hold_places(draft=draft, party_size=size))


def nothing_unexpected(results: list[object]) -> None:
    wrong = [
        one
        for one in results
        if isinstance(one, BaseException) and not isinstance(one, BookingRefused)
    ]
    assert not wrong, wrong


def test_the_last_places_go_to_as_many_as_there_are(site: Tenant) -> None:
    """Forms whose holds have lapsed and gone, so that every one has to take its place anew."""
    pool = make_places(capacity=PLACES)
    drafts = [begun(pool, f"Osoba {letter}") for letter in LETTERS]
    results = at_once(site, *map(finishing, drafts))
    nothing_unexpected(results)
    assert sum(isinstance(one, Booking) for one in results) == PLACES
    assert len(results) == PEOPLE
    assert taken(pool) == counted(pool) == PLACES
    do_due_jobs()
    assert Message.objects.count() == PLACES


def test_so_do_the_last_holds_of_parties_of_one_to_four(site: Tenant) -> None:
    random, places = Random(4), 9  # noqa: S311 (no secret)
    pool = make_places(capacity=places)
    sizes = [random.randint(1, 4) for _ in range(PEOPLE)]
    drafts = [begun(pool, *(["Anna Nowak"] * size)) for size in sizes]
    results = at_once(
        site, *(holding(draft, size) for draft, size in zip(drafts, sizes, strict=True))
    )
    nothing_unexpected(results)
    got = [one for one in results if isinstance(one, BookingDraft)]
    assert sum(one.party_size or 0 for one in got) == taken(pool) == counted(pool) <= places
    # Whatever is left is of no use to the smallest party that was refused.
    refused = [
        size for size, one in zip(sizes, results, strict=True) if not isinstance(one, BookingDraft)
    ]
    assert places - taken(pool) < min(refused)


def test_with_the_guard_off_the_same_race_oversells(
    site: Tenant, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The control: places are counted first and taken afterwards, and no constraint objects."""
    with as_owner(), bind(site), connection.cursor() as cursor:
        cursor.execute("ALTER TABLE events_capacitypool DROP CONSTRAINT pool_never_oversold")
    everybody_has_counted = Barrier(PEOPLE)

    def take(pool: UUID, number: int) -> bool:
        is_free = CapacityPool.objects.get(pk=pool).free >= number
        everybody_has_counted.wait(timeout=30)
        return is_free and bool(
            CapacityPool.objects.filter(pk=pool).update(taken=F("taken") + number)
        )

    monkeypatch.setattr(capacity, "take", take)
    pool = make_places(capacity=PLACES)
    drafts = [begun(pool, f"Osoba {letter}") for letter in LETTERS]
    results = at_once(site, *map(finishing, drafts))
    nothing_unexpected(results)
    assert sum(isinstance(one, Booking) for one in results) == PEOPLE > PLACES


def test_twenty_times_the_same_form_is_one_booking_and_one_message(site: Tenant) -> None:
    pool = make_places(capacity=PLACES)
    draft = held(pool, "Anna Nowak", "Jan Nowak")
    results = at_once(site, *[finishing(draft)] * 20)
    nothing_unexpected(results)
    assert set(results) == {Booking.objects.get()}
    assert taken(pool) == counted(pool) == 2
    do_due_jobs()
    assert (Person.objects.filter(last_name="Nowak").count(), Message.objects.count()) == (2, 1)


def test_a_newcomer_never_gets_the_place_of_who_waits(site: Tenant) -> None:
    pool = make_places(capacity=2)
    mine = [booked(pool, "Ewa Kos"), booked(pool, "Ola Kos")]
    waiting = [in_line(pool, f"Maria {letter}") for letter in ("Lis", "Sowa", "Wilk")]
    newcomers = [begun(pool, "Jan Nowy") for _ in range(8)]
    results = at_once(
        site,
        *(again_when_busy(_cancelling(booking)) for booking in mine),
        *map(finishing, newcomers),
        *map(holding, newcomers),
    )
    nothing_unexpected(results)
    assert all(isinstance(one, BookingRefused) for one in results[2:])
    assert not Booking.objects.filter(draft__in=newcomers).exists()
    offered = Offer.objects.filter(state="open").order_by("made_at", "id")
    assert [one.entry.booking for one in offered] == waiting[:2]
    assert taken(pool) == counted(pool) == 2


def _accepting(offer: Offer) -> Callable[[], object]:
    return lambda: accept_offer(offer=offer, acting_user=None)


def _cancelling(booking: Booking) -> Callable[[], object]:
    return lambda: cancel_booking(booking=booking, acting_user=None)


def test_one_browser_holds_two_sets_however_many_tabs_it_has(site: Tenant) -> None:
    pools = [make_places(capacity=12) for _ in range(4)]
    drafts = [begun(pool, client="one") for pool in pools for _ in range(3)]
    results = at_once(site, *map(holding, drafts))
    nothing_unexpected(results)
    assert sum(isinstance(one, BookingDraft) for one in results) == 2
    assert Hold.objects.count() == sum(map(taken, pools)) == 2


def test_an_offer_is_accepted_or_passed_on_never_both(site: Tenant) -> None:
    pool = make_places(capacity=1)
    mine = booked(pool)
    waiting = [in_line(pool, f"Maria {letter}") for letter in ("Lis", "Sowa", "Wilk")]
    cancel_booking(booking=mine, acting_user=None)
    for booking in waiting:
        offer = Offer.objects.get(entry__booking=booking)
        Offer.objects.filter(pk=offer.pk).update(expires_at=offer.made_at)
        results = at_once(
            site,
            again_when_busy(_accepting(offer)),
            again_when_busy(lambda: expire_offers(pool=pool)),
            again_when_busy(_cancelling(booking)),
        )
        nothing_unexpected(results)
        assert taken(pool) == counted(pool) <= 1
    assert not Participation.objects.active().exists()
    assert Offer.objects.filter(state="open").count() == 0


def test_the_same_person_is_not_put_on_a_list_twice_at_once(site: Tenant) -> None:
    pool = make_places(capacity=12)
    booked(make_places(), "Anna Nowak", phone="+48600100200")
    drafts = [held(pool, "Anna Nowak", phone="+48600100200") for _ in range(8)]
    results = at_once(site, *map(finishing, drafts))
    nothing_unexpected(results)
    assert all(isinstance(one, Booking) for one in results)
    assert Participation.objects.filter(pool=pool).count() == 1
    assert taken(pool) == counted(pool) == 1


def test_who_waits_too_long_for_a_lock_is_told_to_try_again(
    site: Tenant, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("events.busy.LONGEST_WAIT", "100ms")
    pool = make_places(capacity=2)
    draft = begun(pool)
    tried, locked = Barrier(2), Barrier(2)

    def keep_locked() -> None:
        with transaction.atomic():
            capacity.lock(pool.pk)
            locked.wait(timeout=10)
            tried.wait(timeout=10)

    def hold() -> None:
        locked.wait(timeout=10)
        try:
            hold_places(draft=draft, party_size=1)
        finally:
            tried.wait(timeout=10)

    _nothing, refusal = at_once(site, keep_locked, hold)
    assert isinstance(refusal, Busy)
    assert (refusal.code, refusal.status, refusal.RETRY_AFTER.seconds) == ("busy", 503, 2)
    assert "Odpowiedzi są zachowane" in str(refusal)
    assert taken(pool) == 0
    # Nothing is the matter with it a moment later.
    assert hold_places(draft=draft, party_size=1).slot == 1

    # So is whoever meets somebody head on: one of the two goes first.
    monkeypatch.setattr("events.busy.LONGEST_WAIT", "20s")
    pools = [make_places(capacity=2).pk for _ in range(2)]
    both_have_one = Barrier(2)

    def take_both(first: UUID, second: UUID) -> bool:
        with in_time():
            capacity.take(first, 1)
            both_have_one.wait(timeout=10)
            return capacity.take(second, 1)

    results = at_once(site, lambda: take_both(*pools), lambda: take_both(*reversed(pools)))
    assert sorted(map(type, results), key=str) == sorted([bool, Busy], key=str)
    assert [CapacityPool.objects.get(pk=pk).taken for pk in pools] == [1, 1]
