"""The line for a place: whoever frees places serves it in the same transaction.

Parties are served in the order in which they joined, each together or not at all. A party that does
not fit keeps its position and a smaller one behind it may pass. So whatever is free afterwards is
of no use to anybody in line, and a newcomer who takes it passes nobody who could have had it.
"""

from collections import Counter
from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db.models import Q, Sum
from django.utils import timezone

from events import capacity, messages, tasks
from events.deadlines import answer_by
from events.models import (
    AccessNeed,
    Activity,
    BookingDraft,
    CapacityPool,
    Hold,
    Offer,
    Participation,
    TransportRequest,
    WaitlistEntry,
)
from events.occasions import occasion_of
from events.overdue import is_anything_overdue
from portal.audit.models import record

IN_LINE = (WaitlistEntry.State.WAITING, WaitlistEntry.State.OFFERED)


def offer_free_places(pool_id: UUID, now: datetime | None = None) -> list[Offer]:
    """Offer what is free to those who wait, first come first; in the transaction that freed it.

    Nothing is offered when the activity does not take place, or is about to begin: then whoever
    calls or comes first has the place.
    """
    now = now or timezone.now()
    pool = capacity.lock(pool_id)[CapacityPool.Purpose.GENERAL]
    if not pool.free:
        return []
    line = WaitlistEntry.objects.in_line().filter(pool=pool)
    entries = list(line.filter(size__lte=pool.free).select_related("booking__booker"))
    if not entries:
        return []
    occasion = occasion_of(pool)
    if occasion.is_cancelled or occasion.activity.status != Activity.Status.PUBLISHED:
        return []
    offers, free = [], pool.free
    for entry in entries:
        expires_at = answer_by(entry.booking.booker, occasion.first.starts_at, now)
        if entry.size <= free and expires_at is not None:
            free -= entry.size
            offers.append(offer_to(entry, pool.pk, expires_at))
    return offers


def offer_to(
    entry: WaitlistEntry, place: UUID, expires_at: datetime, *, made_by: UUID | None = None
) -> Offer:
    """Keep places for a party until it answers, under the lock of their pool.

    Args:
        place: the pool that has them free.
    """
    if not capacity.take(place, entry.size):
        raise RuntimeError("Places were offered that nobody has: the pool was not locked.")
    offer = Offer.objects.create(
        entry=entry, pool_id=place, number=entry.size, expires_at=expires_at, made_by=made_by
    )
    entry.state = WaitlistEntry.State.OFFERED
    entry.save(update_fields=["state"])
    messages.tell_offer(offer)
    tasks.expire_offers_of.defer_at(expires_at, pool=str(entry.pool_id))
    return offer


def release_overdue(pool_id: UUID, now: datetime | None = None) -> bool:
    """Take back what nobody finished or answered in time, and serve the line; whether there was
    anything. Whoever finds a pool full does this first: nothing depends on a job that is late.
    """
    now = now or timezone.now()
    if not is_anything_overdue(pool_id, now):
        return False
    pools = [pool.pk for pool in capacity.lock(pool_id).values()]
    freed = _lapsed_holds(pools, now) + _unanswered_offers(pools, now)
    if not freed:
        return False
    capacity.give_back_all(freed)
    offer_free_places(pool_id, now)
    return True


def _lapsed_holds(pools: Iterable[UUID], now: datetime) -> Counter[UUID]:
    """A form that is being sent just now is locked, and keeps its places."""
    lapsed = (
        BookingDraft.objects.select_for_update(skip_locked=True, no_key=True)
        .filter(pk__in=Hold.objects.filter(pool__in=pools).values("draft"))
        .filter(Q(held_until=None) | Q(held_until__lte=now))
    )
    drafts = [draft.pk for draft in lapsed]
    if not drafts:
        return Counter()
    freed: Counter[UUID] = Counter()
    holds = Hold.objects.filter(draft__in=drafts)
    for pool, number in holds.values_list("pool", "number"):
        freed[pool] += number
    holds.delete()
    BookingDraft.objects.filter(pk__in=drafts).update(slot=None, held_until=None)
    return freed


def _unanswered_offers(pools: Iterable[UUID], now: datetime) -> Counter[UUID]:
    overdue = Offer.objects.filter(
        pool__in=pools, state=Offer.State.OPEN, expires_at__lte=now
    ).select_related("entry__booking__booker", "entry__booking__pool")
    freed: Counter[UUID] = Counter()
    for offer in overdue.order_by("made_at", "id"):
        freed[offer.pool_id] += end_offer(offer, Offer.State.EXPIRED)
        leave_line(offer.entry, WaitlistEntry.State.EXPIRED, now)
        record("offer.expired", actor=None, of=offer, person=offer.entry.booking.booker_id)
        messages.tell_offer_over(offer)
    return freed


def end_offer(offer: Offer, state: Offer.State) -> int:
    """How many places it kept; whoever ends it gives them back or puts people there."""
    offer.state = state
    offer.save(update_fields=["state"])
    return offer.number


def leave_line(entry: WaitlistEntry, state: WaitlistEntry.State, now: datetime) -> None:
    """The whole party goes, whatever the reason; they may join again at the end."""
    entry.state = state
    entry.save(update_fields=["state"])
    party = Participation.objects.filter(booking=entry.booking_id)
    AccessNeed.objects.filter(participation__in=party).delete()
    TransportRequest.objects.filter(booking=entry.booking_id).delete()
    party.filter(status=Participation.Status.WAITING).update(
        status=Participation.Status.CANCELLED_BY_PARTICIPANT, cancelled_at=now
    )


def people_in_line(pool_id: UUID) -> int:
    entries = WaitlistEntry.objects.filter(pool=pool_id, state__in=IN_LINE)
    return int(entries.aggregate(people=Sum("size"))["people"] or 0)


def has_room(pool: CapacityPool, party: int) -> bool:
    """Whether so many more may wait."""
    return pool.waitlist_limit is None or people_in_line(pool.pk) + party <= pool.waitlist_limit
