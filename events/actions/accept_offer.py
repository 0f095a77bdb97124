from django.utils import timezone

from events import capacity, enrolling, giving_back, messages, waiting
from events.busy import in_time
from events.models import Booking, Offer, Participation, WaitlistEntry
from events.occasions import occasion_of
from events.refusals import BookingRefused, NotTakingPlace, OfferExpired
from portal.accounts.models import User
from portal.audit.models import record

Status = Participation.Status


def accept_offer(*, offer: Offer, acting_user: User | None) -> Booking:
    """Take the places that were kept for the party. Harmless when it was done before.

    Raises:
        OfferExpired: too late; the places went to the next in line.
        NotTakingPlace: cancelled meanwhile.
    """
    with in_time():
        outcome = _accept(offer, acting_user)
    if isinstance(outcome, BookingRefused):
        raise outcome
    return outcome


def _accept(offer: Offer, acting_user: User | None) -> Booking | BookingRefused:
    booking = giving_back.locked(offer.entry.booking)
    capacity.lock(booking.pool_id)
    now = timezone.now()
    offer = Offer.objects.select_related("entry").get(pk=offer.pk)
    if offer.state == Offer.State.ACCEPTED:
        return booking
    if offer.state != Offer.State.OPEN:
        return OfferExpired()
    if offer.expires_at <= now:
        # Whoever comes too late moves the line, should the job be late as well.
        waiting.release_overdue(booking.pool_id, now)
        return OfferExpired()
    occasion = occasion_of(booking.pool)
    if occasion.is_cancelled:
        return NotTakingPlace()
    waiting.end_offer(offer, Offer.State.ACCEPTED)
    offer.entry.state = WaitlistEntry.State.ACCEPTED
    offer.entry.save(update_fields=["state"])
    booking.participations.filter(status=Status.WAITING).update(
        status=enrolling.status_of(occasion.activity), place=offer.pool_id
    )
    record(
        "offer.accepted", actor=acting_user.pk if acting_user else None, of=offer,
        person=booking.booker_id, people=offer.number,
    )  # fmt: skip
    messages.tell_booked(booking, occasion)
    return booking
