"""Places of a form that is being filled in: taken, changed, let go."""

from collections import Counter
from collections.abc import Mapping
from datetime import timedelta
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import connection
from django.db.models import Sum
from django.utils.translation import gettext as _

from events import capacity, waiting
from events.models import Activity, BookingDraft, CapacityPool, Hold, Offer
from events.refusals import (
    BookingRefused,
    Busy,
    CapacityIsReservedByLease,
    HasInsufficientCapacity,
    OpportunityIsFull,
)

LASTS = timedelta(minutes=15)
# Sets of places that one browser may hold at once.
SLOTS = (1, 2)
_FORGET = f"DELETE FROM {Hold._meta.db_table} WHERE draft_id = %s RETURNING pool_id, number"  # noqa: S608


def check_size(activity: Activity, party_size: int) -> None:
    """
    Raises:
        ValidationError: nobody, or more people than one booking may have.
    """
    if not 1 <= party_size <= activity.party_limit:
        raise ValidationError(
            _("One booking is for 1 to %(most)d people. For a larger group, call us.")
            % {"most": activity.party_limit}
        )


def locked(draft: BookingDraft) -> BookingDraft:
    """The form as it is now, for this transaction alone.

    Raises:
        BookingDraft.DoesNotExist: let go meanwhile.
    """
    rows = BookingDraft.objects.select_for_update(no_key=True, of=("self",))
    return rows.select_related("activity", "pool").get(pk=draft.pk)


def forget_holds(draft: BookingDraft) -> Counter[UUID]:
    """Which places the form held; they stay taken, for whoever forgets them to give to somebody."""
    with connection.cursor() as cursor:
        cursor.execute(_FORGET, [draft.pk])
        return Counter(dict(cursor.fetchall()))


def keep(draft: BookingDraft, held: Mapping[UUID, int]) -> None:
    Hold.objects.bulk_create(
        Hold(draft=draft, pool_id=pool, number=number) for pool, number in held.items()
    )


def let_go(draft: BookingDraft) -> None:
    """Give the places back, to whoever waits first. The caller saves the draft."""
    freed = forget_holds(draft)
    draft.slot = draft.held_until = None
    if freed:
        capacity.give_back_all(freed)
        waiting.offer_free_places(draft.pool_id)


def change(draft: BookingDraft, party_size: int, held: Mapping[UUID, int]) -> Counter[UUID] | None:
    """Take what is missing and give back what is too much; what the form has then, or None when
    there are not so many places.

    Somebody in a wheelchair has one of the places set aside, or, when those are gone, a place like
    everybody's.
    """
    for wanted in ways(draft.pool_id, party_size, draft.takes_wheelchair_place):
        missing = Counter(wanted) - Counter(held)
        if missing and not capacity.take_all(missing):
            continue
        surplus = Counter(held) - Counter(wanted)
        if surplus:
            capacity.give_back_all(surplus)
            waiting.offer_free_places(draft.pool_id)
        return +Counter(wanted)
    return None


def change_or_release(
    draft: BookingDraft, party_size: int, held: Mapping[UUID, int]
) -> Counter[UUID] | None:
    """The same, and once more after places that nobody claimed in time are taken back."""
    has = change(draft, party_size, held)
    if has is None and waiting.release_overdue(draft.pool_id):
        has = change(draft, party_size, held)
    return has


def why_full(pool_id: UUID, wanted: int, *, held: int = 0) -> BookingRefused:
    """What to tell somebody who got no places.

    Args:
        held: places their own form has already.
    """
    pool = CapacityPool.objects.get(pk=pool_id)
    free = pool.free + held
    if free >= wanted:
        return Busy()  # some were given back this moment
    if free:
        return HasInsufficientCapacity(free, wanted)
    if _offered(pool):
        return CapacityIsReservedByLease()
    return OpportunityIsFull(has_waiting_list=waiting.has_room(pool, wanted))


def _offered(pool: CapacityPool) -> int:
    offers = Offer.objects.filter(pool=pool, state=Offer.State.OPEN)
    return int(offers.aggregate(number=Sum("number"))["number"] or 0)


def ways(pool: UUID, party_size: int, in_wheelchair: bool) -> list[dict[UUID, int]]:
    """Which places would do, the best first."""
    found = [{pool: party_size}]
    if in_wheelchair:
        purpose = CapacityPool.Purpose.WHEELCHAIR
        aside = CapacityPool.objects.filter(main=pool, purpose=purpose).first()
        if aside is not None:
            found.insert(0, {aside.pk: 1, pool: party_size - 1})
    return found
