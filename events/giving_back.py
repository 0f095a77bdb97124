"""People who no longer come: their places go to whoever waits, in the same transaction."""

from collections import Counter
from collections.abc import Collection, Sequence
from datetime import datetime
from uuid import UUID

from django.utils import timezone

from events import capacity, enrolling, waiting
from events.models import Booking, Offer, Participation, TransportRequest, WaitlistEntry


def locked(booking: Booking) -> Booking:
    """The booking as it is now, for this transaction alone. Nothing is joined: PostgreSQL would
    join what the row referred to before it was waited for."""
    return Booking.objects.select_for_update(no_key=True).get(pk=booking.pk)


def active(
    booking: Booking, chosen: Collection[Participation] | None = None
) -> list[Participation]:
    """Who of the booking is on the list, or in line; of those chosen, if any were."""
    people = booking.participations.active().select_related("person").order_by("ordinal")
    if chosen is None:
        return list(people)
    return list(people.filter(pk__in=[one.pk for one in chosen]))


def give_back(
    booking: Booking,
    going: Sequence[Participation],
    status: Participation.Status,
    *,
    is_late: bool = False,
    now: datetime | None = None,
) -> list[Participation]:
    """End participations of a locked booking and serve the line; those that had not ended already.

    Args:
        status: whose doing it was.
        is_late: after the time to give places back.
    """
    now = now or timezone.now()
    capacity.lock(booking.pool_id)
    # Read under the lock: the time to answer an offer may have passed this moment.
    going = active(booking, going)
    if not going:
        return []
    waits = sum(one.status == Participation.Status.WAITING for one in going)
    freed = Counter(one.place_id for one in going if one.place_id is not None)
    freed += out_of_line(booking, waits) if waits else Counter()
    for one in going:
        one.is_late = is_late and one.place_id is not None
    enrolling.give_up(going, status, now)
    _send_fewer_cars(booking)
    capacity.give_back_all(freed)
    waiting.offer_free_places(booking.pool_id, now)
    return going


def out_of_line(booking: Booking, leaving: int) -> Counter[UUID]:
    """The party in line gets smaller, or leaves; which places, kept for them, are then free. Under
    the lock of the pool."""
    entry = WaitlistEntry.objects.get(booking=booking)
    offer = entry.offers.filter(state=Offer.State.OPEN).first()
    freed: Counter[UUID] = Counter()
    if leaving >= entry.size:
        entry.state = WaitlistEntry.State.LEFT
        entry.save(update_fields=["state"])
        if offer is not None:
            freed[offer.pool_id] = waiting.end_offer(offer, Offer.State.WITHDRAWN)
        return freed
    entry.size -= leaving
    entry.save(update_fields=["size"])
    if offer is not None:
        offer.number -= leaving
        offer.save(update_fields=["number"])
        freed[offer.pool_id] = leaving
    return freed


def _send_fewer_cars(booking: Booking) -> None:
    """Nobody is driven who does not come."""
    party = booking.participations.active().count()
    asked = TransportRequest.objects.filter(booking=booking)
    if party:
        asked.filter(people__gt=party).update(people=party)
    else:
        asked.delete()
