from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db.models import Subquery
from django.utils import timezone

from events import capacity, enrolling, holding, messages, tasks, waiting
from events.availability import check_bookable, closes_at
from events.busy import in_time
from events.codes import again_if_code_was_given, new_code
from events.deadlines import confirm_by, reached_by_machine
from events.matching_people import apart, comers, current_card, known_booker, new_cards
from events.models import Booking, BookingDraft, CapacityPool, Participation
from events.occasions import Occasion, rules_of
from events.party import Form, answers_to_form
from events.refusals import (
    AlreadyChanged,
    BookingRefused,
    HoldExpired,
    NotTakingPlace,
    OpportunityIsFull,
)
from portal.accounts.models import Person, PrivacyNotice
from portal.audit.models import record
from tenants import statements

Status = Participation.Status


@again_if_code_was_given
def finish_draft(*, draft: BookingDraft) -> Booking:
    """Make the form a booking, or a place in line; sent again, it is the same booking.

    Raises:
        HoldExpired: the places were held too long and are gone.
        OpportunityIsFull: the waiting list is full.
        NotTakingPlace, NotOpen, Closed, AgeNotAllowed: nobody, or not these people, can book.
        AlreadyBooked: somebody who is logged in is on the list; a guest is not told.
        AlreadyChanged: the form lacks answers.
        ValidationError: an answer is missing or contradicts another.
    """
    with statements.prepared(), in_time():
        outcome = _finish(draft)
    # What was taken back from others for this form stays taken back, also when it did not suffice.
    if isinstance(outcome, BookingRefused):
        raise outcome
    return outcome


def _finish(draft: BookingDraft) -> Booking | BookingRefused:
    own = _locked(draft)
    if own.booking_id is not None:
        return Booking.objects.get(pk=own.booking_id)
    form, occasion = answers_to_form(own), rules_of(own.pool)
    own.activity = occasion.activity
    _check(own, form, occasion, timezone.now())
    booker, knows_booker = _booker(own, form)
    party = comers(booker, form.attendees, knows_booker=knows_booker)
    may_know = own.person_id is not None
    coming, listed = apart(own.pool_id, booker, party, may_know=may_know)
    # From here on, whoever wants a place there waits for us.
    places = _places(own, form)
    if isinstance(places, BookingRefused):
        return places
    booking = _booking(own, form, booker)
    enrolling.save_new_people(
        new_cards(booker, coming, knows_booker=knows_booker), booking.notice_id
    )
    status = Status.WAITING if not places else _status(own, booker)
    if status == Status.UNVERIFIED:
        booking.confirm_by = confirm_by(closes_at(own.activity, occasion.first.starts_at))
    kept = _shared_out(own.pool_id, places, len(coming))
    enrolling.enrol(booking, coming, status=status, places=kept, transport=form.transport)
    _close(own, booking)
    capacity.give_back_all(places - kept)
    if not places or places != kept:
        waiting.offer_free_places(own.pool_id)
    _tell(booking, status, coming=len(coming), listed=listed)
    return booking


def _locked(draft: BookingDraft) -> BookingDraft:
    """With the notice in force, which the form is shown with."""
    notice = PrivacyNotice.objects.order_by("-number").values("pk")[:1]
    rows = BookingDraft.objects.select_for_update(no_key=True, of=("self",))
    return rows.select_related("pool").annotate(notice_now=Subquery(notice)).get(pk=draft.pk)


def _check(own: BookingDraft, form: Form, occasion: Occasion, now: datetime) -> None:
    """Whoever holds places has begun in time; the rest is checked anew."""
    if own.held_until is None or own.held_until <= now:
        check_bookable(occasion)
    elif occasion.is_cancelled or occasion.ends_at <= now:
        raise NotTakingPlace
    if not form.is_complete:
        raise AlreadyChanged
    holding.check_size(own.activity, form.size)
    enrolling.check_ages(own.activity, form.attendees, must_be_told=True)


def _places(own: BookingDraft, form: Form) -> Counter[UUID] | BookingRefused:
    """Taken for the booking; empty is the waiting list."""
    if own.is_for_waiting_list:
        return _place_in_line(own, form)
    held = holding.forget_holds(own)
    if held.total() == form.size:
        return held
    has = holding.change_or_release(own, form.size, held)
    if has is None:
        holding.keep(own, held)
        return HoldExpired()
    return has


def _place_in_line(own: BookingDraft, form: Form) -> Counter[UUID] | BookingRefused:
    pool = capacity.lock(own.pool_id)[CapacityPool.Purpose.GENERAL]
    # What is free under this lock is of no use to anybody in line.
    if pool.free >= form.size and capacity.take(pool.pk, form.size):
        return Counter({pool.pk: form.size})
    if not waiting.has_room(pool, form.size):
        return OpportunityIsFull(has_waiting_list=False)
    return Counter()


def _booker(own: BookingDraft, form: Form) -> tuple[Person, bool]:
    if own.person_id is not None:
        return current_card(own.person_id), True
    known = known_booker(form.contact)
    return (known, True) if known else (form.contact.as_person(), False)


def _booking(own: BookingDraft, form: Form, booker: Person) -> Booking:
    notice: UUID | None = own.notice_now  # type: ignore[attr-defined]
    return Booking(
        pool=own.pool, booker=booker, notice_id=notice, code=new_code(), idempotency_key=own.pk,
        note=form.note[:300], shows_names=form.shows_names, shows_contact=form.shows_contact,
    )  # fmt: skip


def _status(own: BookingDraft, booker: Person) -> Participation.Status:
    """Whoever is logged in has confirmed their address already, and a caller has no link."""
    is_guest = own.person_id is None
    if own.activity.must_confirm and is_guest and reached_by_machine(booker):
        return Status.UNVERIFIED
    return enrolling.status_of(own.activity)


def _shared_out(main: UUID, places: Counter[UUID], people: int) -> Counter[UUID]:
    """What the people need; the rest was for those who are on the list already."""
    kept = Counter[UUID]()
    for pool in sorted(places, key=lambda pool: pool == main):
        kept[pool] = min(places[pool], people - kept.total())
    return +kept


def _close(own: BookingDraft, booking: Booking) -> None:
    own.booking, own.slot, own.held_until = booking, None, None
    own.save(update_fields=["booking", "slot", "held_until"])


def _tell(
    booking: Booking, status: Participation.Status, *, coming: int, listed: Sequence[Person]
) -> None:
    record(
        "booking.made", actor=None, of=booking, person=booking.booker_id, people=coming,
        status=status.value,
    )  # fmt: skip
    if listed:
        messages.tell_already_booked(booking, listed)
    if coming and status == Status.WAITING:
        messages.tell_waiting(booking)
    elif coming:
        # Its words are made by a job, so that whoever wants the next place waits no longer than it
        # takes to write this one down.
        tasks.tell_booked.urgent.defer(booking=str(booking.pk))
    if booking.confirm_by is not None and coming:
        tasks.lapse_unconfirmed.defer_at(booking.confirm_by, booking=str(booking.pk))
