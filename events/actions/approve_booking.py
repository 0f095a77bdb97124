from events import giving_back, messages
from events.busy import in_time
from events.models import Booking, Participation
from events.refusals import AlreadyChanged
from portal.accounts.models import User
from portal.audit.models import record

Status = Participation.Status


@in_time()
def approve_booking(*, booking: Booking, acting_user: User | None) -> None:
    """Say yes to a booking that waits for the office. Harmless when it was done before.

    Raises:
        AlreadyChanged: it was refused or cancelled meanwhile, or its people have yet to confirm it.
    """
    locked = giving_back.locked(booking)
    pending = locked.participations.filter(status=Status.PENDING_APPROVAL)
    number = pending.update(status=Status.CONFIRMED)
    if not number:
        if locked.participations.filter(status=Status.CONFIRMED).exists():
            return
        raise AlreadyChanged
    record(
        "booking.approved", actor=acting_user.pk if acting_user else None, of=locked,
        person=locked.booker_id, people=number,
    )  # fmt: skip
    messages.tell_approved(locked)
