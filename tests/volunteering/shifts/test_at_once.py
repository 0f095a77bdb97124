"""Fifty who press the button in one moment: real commits, a connection each."""

from threading import Barrier
from uuid import UUID

import pytest
from django.db import connection
from django.db.models import F

from events import capacity
from events.models import CapacityPool
from tenants.binding import bind
from tenants.models import Tenant
from tenants.roles import as_owner
from tests.accounts.at_once import at_once
from tests.volunteering.making import make_shift, make_volunteer
from tests.volunteering.shifts.people import user_of
from volunteering.actions import take_shift as module
from volunteering.actions.cancel_shift import cancel_shift
from volunteering.actions.give_shift_back import give_shift_back
from volunteering.actions.take_shift import take_shift
from volunteering.models import Assignment, Shift
from volunteering.refusals import ShiftFull, TimeOverlap
from volunteering.shift_refusals import ShiftOver

PEOPLE = 50


def taken(shift: Shift) -> int:
    return CapacityPool.objects.get(pk=shift.pool_id).taken


def test_fifty_people_and_one_place(site: Tenant) -> None:
    shift, user = make_shift(places=1), user_of("osl")
    people = [make_volunteer(f"Osoba {number}") for number in range(PEOPLE)]
    results = at_once(
        site,
        *(lambda one=one: take_shift(shift=shift, profile=one, acting_user=user) for one in people),
    )
    assert sum(isinstance(one, Assignment) for one in results) == 1, results
    assert sum(isinstance(one, ShiftFull) for one in results) == PEOPLE - 1
    assert taken(shift) == Assignment.objects.active().filter(shift=shift).count() == 1


def test_with_the_guard_off_the_same_race_oversells(
    site: Tenant, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The control: no row is locked, places are counted first and taken afterwards."""
    number = 5
    with as_owner(), bind(site), connection.cursor() as cursor:
        cursor.execute("ALTER TABLE events_capacitypool DROP CONSTRAINT pool_never_oversold")
    everybody_has_counted = Barrier(number)

    def take(pool: UUID, wanted: int) -> bool:
        is_free = CapacityPool.objects.get(pk=pool).free >= wanted
        everybody_has_counted.wait(timeout=30)
        return is_free and bool(
            CapacityPool.objects.filter(pk=pool).update(taken=F("taken") + wanted)
        )

    monkeypatch.setattr(capacity, "take", take)
    monkeypatch.setattr(
        module, "lock_shift_to_come",
        lambda shift: Shift.objects.select_related("opportunity", "pool").get(pk=shift.pk),
    )  # fmt: skip
    shift, user = make_shift(places=1), user_of("osl")
    people = [make_volunteer(f"Osoba {one}") for one in range(number)]
    results = at_once(
        site,
        *(lambda one=one: take_shift(shift=shift, profile=one, acting_user=user) for one in people),
    )
    assert sum(isinstance(one, Assignment) for one in results) == number, results


def test_one_volunteer_in_many_tabs_gets_one_task(site: Tenant) -> None:
    same, user, profile = make_shift(), user_of("osl"), make_volunteer()
    results = at_once(
        site, *[lambda: take_shift(shift=same, profile=profile, acting_user=user)] * 12
    )
    assert {one.pk for one in results if isinstance(one, Assignment)} == {
        Assignment.objects.get().pk
    }
    assert taken(same) == 1


def test_nobody_is_in_two_places_at_once(site: Tenant) -> None:
    shifts, user, profile = [make_shift() for _ in range(10)], user_of("osl"), make_volunteer()
    results = at_once(
        site,
        *(
            lambda shift=shift: take_shift(shift=shift, profile=profile, acting_user=user)
            for shift in shifts
        ),
    )
    assert sum(isinstance(one, Assignment) for one in results) == 1, results
    assert sum(isinstance(one, TimeOverlap) for one in results) == 9
    assert sum(map(taken, shifts)) == 1


def test_a_shift_is_called_off_while_people_take_it_and_give_it_back(site: Tenant) -> None:
    shift, user = make_shift(places=30), user_of("osl")
    here = [
        take_shift(shift=shift, profile=make_volunteer(f"Ola {number}"), acting_user=user)
        for number in range(6)
    ]
    coming = [make_volunteer(f"Jan {number}") for number in range(6)]
    results = at_once(
        site,
        lambda: cancel_shift(shift=shift, acting_user=user),
        *(lambda one=one: take_shift(shift=shift, profile=one, acting_user=user) for one in coming),
        *(lambda one=one: give_shift_back(assignment=one, acting_user=user) for one in here),
    )
    assert isinstance(results[0], Shift)
    assert all(isinstance(one, Assignment | ShiftOver) for one in results[1:7]), results
    assert not Assignment.objects.active().exists()
    assert taken(shift) == 0
