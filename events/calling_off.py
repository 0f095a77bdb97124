"""A date does not take place: who had a place or waited for one comes no more, and nobody new gets
in, not even somebody who is filling in the form this second.
"""

from collections import Counter
from datetime import datetime
from uuid import UUID

from events import capacity
from events.enrolling import give_up
from events.listing import listing_changed
from events.models import (
    Booking,
    BookingDraft,
    CapacityPool,
    Hold,
    Offer,
    Participation,
    Session,
    Told,
    WaitlistEntry,
)
from events.states import is_public
from events.tasks import tell_people_of_session

IN_LINE = (WaitlistEntry.State.WAITING, WaitlistEntry.State.OFFERED)


def call_off(session: Session, *, note: str, now: datetime, tells: bool = True) -> None:
    """One date, under its lock. Bookings of a course stay: its other dates take place.

    Args:
        note: why, and what to do instead; everybody reads it.
        tells: False where whoever is booked is told otherwise.
    """
    was_public = is_public(session)
    session.status, session.cancelled_at, session.changed_at = session.Status.CANCELLED, now, now
    session.note = note
    session.sequence += 1
    session.save(update_fields=["status", "cancelled_at", "changed_at", "note", "sequence"])
    if session.pool is not None and not session.activity.is_course:
        end_bookings(session.pool, now)
    if not was_public:
        return
    listing_changed()
    if tells:
        tell_people_of_session.defer(
            session=str(session.pk), about=Told.About.CANCELLED.value, sequence=session.sequence
        )


def end_bookings(pool: CapacityPool, now: datetime) -> None:
    """Give every place back and keep the door shut: there are no places any more."""
    pools = [pool.pk, *pool.reserved.values_list("pk", flat=True)]
    _lock_forms_and_bookings(pools)
    capacity.lock(pool.pk)
    # Whoever came while we waited for the lock; the next one finds no place.
    _lock_forms_and_bookings(pools)
    freed = _forget_holds(pools) + _withdraw_offers(pools) + _send_people_home(pool, now)
    WaitlistEntry.objects.filter(pool=pool, state__in=IN_LINE).update(
        state=WaitlistEntry.State.LEFT
    )
    capacity.give_back_all(freed)
    for one in sorted(pools):
        capacity.resize(one, 0)
    CapacityPool.objects.filter(pk=pool.pk).update(waitlist_limit=0)


def _lock_forms_and_bookings(pools: list[UUID]) -> None:
    """Forms first, then bookings, each in the order of their ids: as everybody locks them."""
    holding = Hold.objects.filter(pool__in=pools).values("draft")
    forms = BookingDraft.objects.select_for_update(no_key=True).filter(pk__in=holding)
    list(forms.order_by("pk").values_list("pk"))
    active = Participation.objects.active().filter(pool__in=pools).values("booking")
    bookings = Booking.objects.select_for_update(no_key=True).filter(pk__in=active)
    list(bookings.order_by("pk").values_list("pk"))


def _forget_holds(pools: list[UUID]) -> Counter[UUID]:
    holds = Hold.objects.filter(pool__in=pools)
    freed: Counter[UUID] = Counter()
    drafts = set()
    for place, draft, number in holds.values_list("pool", "draft", "number"):
        freed[place] += number
        drafts.add(draft)
    holds.delete()
    BookingDraft.objects.filter(pk__in=drafts).update(slot=None, held_until=None)
    return freed


def _withdraw_offers(pools: list[UUID]) -> Counter[UUID]:
    offers = Offer.objects.filter(pool__in=pools, state=Offer.State.OPEN)
    freed: Counter[UUID] = Counter()
    for place, number in offers.values_list("pool", "number"):
        freed[place] += number
    offers.update(state=Offer.State.WITHDRAWN)
    return freed


def _send_people_home(pool: CapacityPool, now: datetime) -> Counter[UUID]:
    """``cancelled_at`` is the date's own: by it the job that tells them knows whom."""
    people = list(Participation.objects.active().filter(pool=pool))
    freed = Counter(person.place_id for person in people if person.place_id)
    give_up(people, Participation.Status.CANCELLED_BY_ORGANISER, now)
    return freed
