from events import enrolling, giving_back
from events.busy import in_time
from events.course_conversation import changed_who_comes
from events.models import Booking, Participation
from events.occasions import occasion_of
from events.refusals import LinkExpired
from portal.accounts.models import User
from portal.audit.models import record

Status = Participation.Status


@in_time()
def confirm_booking(*, booking: Booking, acting_user: User | None) -> None:
    """Whoever has the link confirms that they booked, or a clerk to whom they said so. Harmless
    when it was done before.

    Raises:
        LinkExpired: the places were given to others meanwhile.
    """
    locked = giving_back.locked(booking)
    activity = occasion_of(locked.pool).activity
    status = enrolling.status_of(activity)
    number = locked.participations.filter(status=Status.UNVERIFIED).update(status=status)
    if not number:
        if locked.participations.active().exists():
            return
        raise LinkExpired
    locked.confirm_by = None
    locked.save(update_fields=["confirm_by"])
    changed_who_comes(activity)
    record(
        "booking.confirmed",
        actor=acting_user.pk if acting_user else None,
        of=locked,
        person=locked.booker_id,
        people=number,
    )
