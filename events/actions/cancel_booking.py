from collections.abc import Collection

from django.utils import timezone

from events import giving_back, messages
from events.availability import cancel_until, office_phone
from events.busy import in_time
from events.models import Booking, Participation
from events.occasions import occasion_of
from events.refusals import AlreadyOver, CancellationNotPermitted
from portal.accounts.models import User
from portal.audit.models import record


@in_time()
def cancel_booking(
    *,
    booking: Booking,
    participations: Collection[Participation] | None = None,
    by_staff: bool = False,
    acting_user: User | None,
) -> None:
    """Give back the places, or the places in line, of some of the people or of all; free places go
    to whoever waits. Harmless when it was done before.

    Args:
        by_staff: they called; allowed, and recorded as late, after the time to do it on the site.

    Raises:
        CancellationNotPermitted: that time has passed.
        AlreadyOver: it has taken place, so the clerk writes down who did not come instead.
    """
    locked = giving_back.locked(booking)
    chosen = giving_back.active(locked, participations)
    if not chosen:
        return
    now, occasion = timezone.now(), occasion_of(locked.pool)
    is_late = any(one.place_id for one in chosen) and (
        now > cancel_until(occasion.activity, occasion.first.starts_at)
    )
    if is_late and not by_staff and not occasion.is_cancelled:
        raise CancellationNotPermitted(office_phone(occasion.activity))
    if by_staff and occasion.ends_at <= now and not occasion.is_cancelled:
        raise AlreadyOver
    going = giving_back.give_back(
        locked, chosen, Participation.Status.CANCELLED_BY_PARTICIPANT, is_late=is_late, now=now
    )
    if not going:
        return
    record(
        "booking.cancelled", actor=acting_user.pk if acting_user else None, of=locked,
        person=locked.booker_id, people=len(going), is_late=is_late, by_staff=by_staff,
    )  # fmt: skip
    messages.tell_given_back(locked, going)
