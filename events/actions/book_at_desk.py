from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from events import capacity, enrolling, holding, messages, waiting
from events.availability import check_bookable
from events.busy import in_time
from events.codes import again_if_code_was_given, new_code
from events.conflicts import overlapping
from events.matching_people import Comer, comers, current_card, new_cards, on_the_list
from events.models import Booking, CapacityPool, Participation
from events.occasions import Occasion, occasion_of
from events.party import Attendee, Transport
from events.refusals import (
    AlreadyBooked,
    BookingRefused,
    OpportunityIsFull,
    OpportunityIsInConflict,
)
from portal.accounts.models import Person, User
from portal.accounts.notices import current_notice
from portal.audit.models import record

Purpose = CapacityPool.Purpose
Status = Participation.Status


@again_if_code_was_given
def book_at_desk(  # noqa: PLR0913 (what a clerk writes down)
    *,
    pool: CapacityPool,
    booker: Person,
    party: Sequence[Attendee],
    channel: Booking.Channel | str,
    acting_user: User | None,
    idempotency_key: UUID,
    note: str = "",
    transport: Transport | None = None,
    uses_desk_places: bool = True,
    takes_wheelchair_place: bool = False,
    wait_if_full: bool = False,
    in_spite_of_conflict: bool = False,
) -> Booking:
    """Book for somebody who calls or comes; the same form sent twice is one booking.

    Args:
        party: who comes; people without a card get one. What they need is kept with consent.
        uses_desk_places: places kept for callers go before everybody's.
        wait_if_full: join the waiting list when there are not enough places.
        in_spite_of_conflict: they know that they have something else at that time.

    Raises:
        NotTakingPlace, Closed: cancelled, or over.
        AgeNotAllowed, AlreadyBooked, OpportunityIsInConflict: not these people.
        OpportunityIsFull, HasInsufficientCapacity, CapacityIsReservedByLease: not enough places.
    """
    booking = Booking(
        pool=pool, booker=booker, channel=Booking.Channel(channel), note=note[:300],
        code=new_code(), idempotency_key=idempotency_key,
        taken_by=acting_user.pk if acting_user else None,
    )  # fmt: skip
    wishes = _Wishes(
        uses_desk_places, takes_wheelchair_place, wait_if_full, in_spite_of_conflict, transport
    )
    with in_time():
        outcome = _book(booking, party, wishes)
    # What was taken back from others for this stays taken back, also when it did not suffice.
    if isinstance(outcome, BookingRefused):
        raise outcome
    return outcome


@dataclass(frozen=True, slots=True)
class _Wishes:
    uses_desk_places: bool
    takes_wheelchair_place: bool
    wait_if_full: bool
    in_spite_of_conflict: bool
    transport: Transport | None


def _book(
    booking: Booking, attendees: Sequence[Attendee], wishes: _Wishes
) -> Booking | BookingRefused:
    main = booking.pool_id
    booking.booker = current_card(booking.booker_id)
    party = comers(booking.booker, attendees, knows_booker=True)
    capacity.lock(main)
    earlier = Booking.objects.filter(idempotency_key=booking.idempotency_key).first()
    if earlier is not None:
        return earlier
    occasion = occasion_of(booking.pool)
    check_bookable(occasion, at_desk=True)
    enrolling.check_ages(occasion.activity, attendees, must_be_told=False)
    _check_people(occasion, party, wishes)
    places = _taken(main, len(party), wishes)
    if places is None and waiting.release_overdue(main):
        places = _taken(main, len(party), wishes)
    if places is None and not wishes.wait_if_full:
        return _why_full(main, len(party), wishes)
    if places is None and not waiting.has_room(booking.pool, len(party)):
        return OpportunityIsFull(has_waiting_list=False)
    _write(booking, party, places, wishes.transport)
    return booking


def _check_people(occasion: Occasion, party: Sequence[Comer], wishes: _Wishes) -> None:
    known = [comer.person for comer in party if comer.is_known]
    listed = on_the_list(occasion.pool.pk, known)
    if listed:
        raise AlreadyBooked([one.person.full_name for one in listed])
    if wishes.in_spite_of_conflict:
        return
    for person in known:
        for session in overlapping(person, occasion.sessions):
            raise OpportunityIsInConflict(session.activity.title)


def _taken(main: UUID, party: int, wishes: _Wishes) -> Counter[UUID] | None:
    """Places set aside for callers first; under the lock of all the pools."""
    pools = capacity.lock(main)
    places: Counter[UUID] = Counter()
    for purpose, most in (
        (Purpose.WHEELCHAIR, 1 if wishes.takes_wheelchair_place else 0),
        (Purpose.DESK, party if wishes.uses_desk_places else 0),
        (Purpose.GENERAL, party),
    ):
        pool = pools.get(purpose)
        if pool is not None:
            places[pool.pk] = min(pool.free, most, party - places.total())
    places = +places
    return places if places.total() == party and capacity.take_all(places) else None


def _why_full(main: UUID, party: int, wishes: _Wishes) -> BookingRefused:
    """Places for callers count too, where they were asked for."""
    desk = capacity.lock(main).get(Purpose.DESK)
    kept = desk.free if desk is not None and wishes.uses_desk_places else 0
    return holding.why_full(main, party, held=kept)


def _write(
    booking: Booking,
    party: Sequence[Comer],
    places: Counter[UUID] | None,
    transport: Transport | None,
) -> None:
    notice = current_notice()
    booking.notice = notice
    enrolling.save_new_people(
        new_cards(booking.booker, party, knows_booker=True), notice.pk if notice else None
    )
    # Whoever writes it down for them has confirmed it.
    status = Status.WAITING if places is None else Status.CONFIRMED
    enrolling.enrol(booking, party, status=status, places=places or {}, transport=transport)
    record(
        "booking.made", actor=booking.taken_by, of=booking, person=booking.booker_id,
        people=len(party), status=status.value,
    )  # fmt: skip
    if places is None:
        messages.tell_waiting(booking)
    else:
        messages.tell_booked(booking)
