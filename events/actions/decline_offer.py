from collections import Counter

from django.utils import timezone

from events import capacity, giving_back, waiting
from events.busy import in_time
from events.models import Offer, WaitlistEntry
from events.refusals import AlreadyChanged
from portal.accounts.models import User
from portal.audit.models import record


@in_time()
def decline_offer(*, offer: Offer, acting_user: User | None) -> None:
    """The party does not want the places: it leaves the line, and the next is served. Harmless when
    it has said no, or nothing in time, before.

    Raises:
        AlreadyChanged: the places were accepted already.
    """
    booking = giving_back.locked(offer.entry.booking)
    capacity.lock(booking.pool_id)
    now = timezone.now()
    offer = Offer.objects.select_related("entry").get(pk=offer.pk)
    if offer.state == Offer.State.ACCEPTED:
        raise AlreadyChanged
    if offer.state != Offer.State.OPEN:
        return
    freed = Counter({offer.pool_id: waiting.end_offer(offer, Offer.State.DECLINED)})
    waiting.leave_line(offer.entry, WaitlistEntry.State.DECLINED, now)
    record(
        "offer.declined", actor=acting_user.pk if acting_user else None, of=offer,
        person=booking.booker_id, people=offer.number,
    )  # fmt: skip
    capacity.give_back_all(freed)
    waiting.offer_free_places(booking.pool_id, now)
