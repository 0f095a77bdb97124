"""Whatever people do, and in whatever order: ``taken`` is what can be counted one by one."""

from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta
from random import Random

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from events.actions.accept_offer import accept_offer
from events.actions.cancel_booking import cancel_booking
from events.actions.choose_waiting_list import choose_waiting_list
from events.actions.decline_offer import decline_offer
from events.actions.drop_draft import drop_draft
from events.actions.expire_offers import expire_offers
from events.actions.finish_draft import finish_draft
from events.actions.hold_places import hold_places
from events.actions.leave_waiting_list import leave_waiting_list
from events.actions.make_offer import make_offer
from events.actions.set_capacity import set_capacity
from events.actions.switch_session import switch_session
from events.models import Booking, BookingDraft, CapacityPool, Offer, WaitlistEntry
from events.refusals import BookingRefused
from portal.accounts.models import Person
from tests.events.engine.booking_forms import at_desk, begun, miscounted, pool_of
from tests.events.making import in_days, make_activity, make_session

pytestmark = pytest.mark.usefixtures("here")

NAMES = ("Anna Nowak", "Jan Lis", "Ewa Kos", "Piotr Sowa")


class Town:
    """People who do things at random, always the same for one seed."""

    def __init__(self, seed: int) -> None:
        self.random = Random(seed)  # noqa: S311 (no secret)
        activity = make_activity(party_limit=4)
        dates = [
            make_session(activity, starts_at=in_days(day), capacity=4, waitlist_limit=6)
            for day in (9, 12)
        ]
        self.pools = [pool_of(date) for date in dates]
        for purpose in ("desk", "wheelchair"):
            CapacityPool.objects.create(main=self.pools[0], purpose=purpose, capacity=1)
        self.callers = [
            Person.objects.create(first_name=f"O{n}", last_name="Kos") for n in range(9)
        ]

    def one(self, rows: object) -> object:
        found = list(rows.all())  # type: ignore[attr-defined]
        return self.random.choice(found) if found else None

    def pool(self) -> CapacityPool:
        return CapacityPool.objects.get(pk=self.random.choice(self.pools).pk)

    def act(self) -> None:
        deeds: list[Callable[[], object]] = [
            self.begin, self.begin, self.change, self.finish, self.finish, self.wait, self.drop,
            self.lapse, self.call, self.cancel, self.cancel_one, self.accept, self.decline,
            self.leave, self.by_hand, self.expire, self.resize, self.switch,
        ]  # fmt: skip
        with suppress(BookingRefused, ValidationError):
            self.random.choice(deeds)()

    def size(self) -> int:
        return self.random.randint(1, 4)

    def begin(self) -> None:
        size = self.size()
        phone = f"+4860010020{self.random.randint(0, 9)}"
        draft = begun(
            self.pool(), *NAMES[:size], phone=phone, client=str(self.random.randint(1, 4))
        )
        hold_places(draft=draft, party_size=size, takes_wheelchair_place=self.random.random() < 0.2)

    def draft(self) -> BookingDraft:
        found = self.one(BookingDraft.objects.filter(booking=None))
        return found if isinstance(found, BookingDraft) else begun(self.pool())

    def change(self) -> None:
        hold_places(draft=self.draft(), party_size=self.size())

    def finish(self) -> None:
        finish_draft(draft=self.draft())

    def wait(self) -> None:
        draft = self.draft()
        choose_waiting_list(draft=draft, party_size=draft.answers["osoby"]["size"])
        finish_draft(draft=draft)

    def drop(self) -> None:
        drop_draft(draft=self.draft())

    def lapse(self) -> None:
        draft, past = self.draft(), timezone.now() - timedelta(minutes=1)
        BookingDraft.objects.filter(pk=draft.pk, slot__isnull=False).update(held_until=past)
        if isinstance(offer := self.one(Offer.objects), Offer):
            Offer.objects.filter(pk=offer.pk).update(expires_at=past)

    def call(self) -> None:
        at_desk(
            self.pool(), self.random.choice(self.callers), *NAMES[: self.size() - 1],
            wait_if_full=self.random.random() < 0.5, in_spite_of_conflict=True,
            uses_desk_places=self.random.random() < 0.7,
        )  # fmt: skip

    def booking(self) -> Booking:
        found = self.one(Booking.objects)
        if not isinstance(found, Booking):
            raise OpportunityMissing
        return found

    def cancel(self) -> None:
        cancel_booking(booking=self.booking(), acting_user=None)

    def cancel_one(self) -> None:
        booking = self.booking()
        some = list(booking.participations.all())[:1]
        cancel_booking(booking=booking, participations=some, acting_user=None)

    def offer(self) -> Offer:
        found = self.one(Offer.objects.order_by("-made_at"))
        if not isinstance(found, Offer):
            raise OpportunityMissing
        return found

    def accept(self) -> None:
        accept_offer(offer=self.offer(), acting_user=None)

    def decline(self) -> None:
        decline_offer(offer=self.offer(), acting_user=None)

    def entry(self) -> WaitlistEntry:
        found = self.one(WaitlistEntry.objects)
        if not isinstance(found, WaitlistEntry):
            raise OpportunityMissing
        return found

    def leave(self) -> None:
        leave_waiting_list(entry=self.entry(), acting_user=None)

    def by_hand(self) -> None:
        make_offer(entry=self.entry(), acting_user=None)

    def expire(self) -> None:
        expire_offers(pool=self.pool())

    def resize(self) -> None:
        set_capacity(pool=self.pool(), capacity=self.random.randint(2, 6), acting_user=None)

    def switch(self) -> None:
        switch_session(booking=self.booking(), pool=self.pool(), acting_user=None)


class OpportunityMissing(BookingRefused):
    """Nothing of the kind exists yet."""


@pytest.mark.parametrize("seed", [1, 2])
def test_taken_is_what_can_be_counted(seed: int) -> None:
    town = Town(seed)
    seen = set()
    for step in range(80):
        town.act()
        assert not miscounted(), (seed, step)
        for pool in town.pools:
            pool.refresh_from_db()
            line = WaitlistEntry.objects.in_line().filter(pool=pool, size__lte=pool.free)
            assert not line.exists(), "somebody waits for what is free"
        slots = BookingDraft.objects.filter(slot__isnull=False).values_list("client", flat=True)
        assert max(Counter(slots).values(), default=0) <= 2
        seen |= set(Offer.objects.values_list("state", flat=True))
    assert Booking.objects.count() > 5
    # Which ends offers come to depends on the hour: nobody is asked to answer at night.
    assert {"accepted", "declined", "expired", "withdrawn"} & seen
