from collections import Counter
from uuid import UUID

from django.utils import timezone

from events import capacity, enrolling, giving_back, holding, messages, waiting
from events.availability import cancel_until, check_bookable, office_phone
from events.busy import in_time
from events.matching_people import on_the_list
from events.models import Booking, CapacityPool, Participation
from events.occasions import Occasion, occasion_of
from events.refusals import (
    AlreadyBooked,
    AlreadyChanged,
    BookingRefused,
    CancellationNotPermitted,
)
from portal.accounts.models import User
from portal.audit.models import record

Status = Participation.Status


def switch_session(
    *, booking: Booking, pool: CapacityPool, by_staff: bool = False, acting_user: User | None
) -> Booking:
    """Come to another date of the activity instead: the new places are taken before the old ones
    are given back, so nothing is lost when there are none. A party in line may switch as well.

    Args:
        by_staff: they called; possible after the times to book and to cancel on the site.

    Raises:
        AlreadyChanged: the booking was cancelled, or the date is of something else.
        CancellationNotPermitted: too late to give the old places back.
        NotTakingPlace, NotOpen, Closed: nobody can book the other date now.
        AlreadyBooked: somebody of the party is on its list.
        OpportunityIsFull, HasInsufficientCapacity, CapacityIsReservedByLease: not enough places.
    """
    with in_time():
        outcome = _switch(booking, pool, by_staff, acting_user)
    if isinstance(outcome, BookingRefused):
        raise outcome
    return outcome


def _switch(
    booking: Booking, pool: CapacityPool, by_staff: bool, acting_user: User | None
) -> Booking | BookingRefused:
    booking = giving_back.locked(booking)
    if booking.pool_id == pool.pk:
        return booking
    for main in sorted((booking.pool_id, pool.pk)):
        capacity.lock(main)
    party = giving_back.active(booking)
    if not party:
        raise AlreadyChanged
    before, after = occasion_of(booking.pool), occasion_of(pool)
    _check(before, after, party, by_staff=by_staff)
    taken = _taken(pool.pk, party)
    if taken is None:
        return holding.why_full(pool.pk, len(party))
    freed = Counter(one.place_id for one in party if one.place_id is not None)
    waits = sum(one.status == Status.WAITING for one in party)
    freed += giving_back.out_of_line(booking, waits) if waits else Counter()
    old, booking.pool = booking.pool_id, pool
    booking.save(update_fields=["pool"])
    _move(party, pool, taken, enrolling.status_of(after.activity))
    capacity.give_back_all(freed)
    waiting.offer_free_places(old)
    record(
        "booking.moved", actor=acting_user.pk if acting_user else None, of=booking,
        person=booking.booker_id, people=len(party), before=str(old), pool=str(pool.pk),
    )  # fmt: skip
    messages.tell_booked(booking, after)
    return booking


def _check(
    before: Occasion, after: Occasion, party: list[Participation], *, by_staff: bool
) -> None:
    if before.activity.pk != after.activity.pk:
        raise AlreadyChanged
    check_bookable(after, at_desk=by_staff)
    gives_back = any(one.place_id for one in party) and not before.is_cancelled
    until = cancel_until(before.activity, before.first.starts_at)
    if gives_back and not by_staff and timezone.now() > until:
        raise CancellationNotPermitted(office_phone(before.activity))
    listed = on_the_list(after.pool.pk, [one.person for one in party])
    if listed:
        raise AlreadyBooked([one.person.full_name for one in listed])


def _taken(pool: UUID, party: list[Participation]) -> list[UUID] | None:
    """A place for each of the party, whoever uses a wheelchair first."""
    purpose = CapacityPool.Purpose.WHEELCHAIR
    aside = {one.place_id for one in party if one.place and one.place.purpose == purpose}
    for wanted in holding.ways(pool, len(party), bool(aside)) * 2:
        if capacity.take_all(+Counter(wanted)):
            party.sort(key=lambda one: one.place_id not in aside)
            return list(Counter(wanted).elements())
        waiting.release_overdue(pool)
    return None


def _move(
    party: list[Participation], pool: CapacityPool, places: list[UUID], status: Status
) -> None:
    for one, place in zip(party, places, strict=True):
        one.pool, one.place_id = pool, place
        one.status = status if one.status == Status.WAITING else one.status
    Participation.objects.bulk_update(party, ["pool", "place", "status"])
