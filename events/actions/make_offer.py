from django.utils import timezone

from events import capacity, giving_back, holding, waiting
from events.availability import check_bookable
from events.busy import in_time
from events.deadlines import answer_by_hand
from events.models import CapacityPool, Offer, WaitlistEntry
from events.occasions import occasion_of
from events.refusals import AlreadyChanged
from portal.accounts.models import User
from portal.audit.models import record

# Where somebody of the office finds a place for a party.
_FROM = (CapacityPool.Purpose.GENERAL, CapacityPool.Purpose.DESK)


@in_time()
def make_offer(*, entry: WaitlistEntry, acting_user: User | None) -> Offer:
    """Keep free places for one party by hand, whoever stands before it; those for callers too.

    Raises:
        AlreadyChanged: it has an offer, or is in line no more.
        NotTakingPlace, Closed: cancelled, or over.
        OpportunityIsFull, HasInsufficientCapacity, CapacityIsReservedByLease: no room for all.
    """
    booking = giving_back.locked(entry.booking)
    pools = capacity.lock(booking.pool_id)
    entry = WaitlistEntry.objects.select_related("booking__booker").get(pk=entry.pk)
    if entry.state != WaitlistEntry.State.WAITING:
        raise AlreadyChanged
    occasion = occasion_of(booking.pool)
    check_bookable(occasion, at_desk=True)
    found = [pools[one] for one in _FROM if one in pools and pools[one].free >= entry.size]
    if not found:
        raise holding.why_full(booking.pool_id, entry.size)
    expires_at = answer_by_hand(booking.booker, occasion.first.starts_at, timezone.now())
    made_by = acting_user.pk if acting_user else None
    offer = waiting.offer_to(entry, found[0].pk, expires_at, made_by=made_by)
    record("offer.made", actor=made_by, of=offer, person=booking.booker_id, people=offer.number)
    return offer
