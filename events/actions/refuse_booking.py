from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from events import giving_back, messages
from events.busy import in_time
from events.models import Booking, Participation
from events.refusals import AlreadyChanged
from portal.accounts.models import User
from portal.audit.models import record


@in_time()
def refuse_booking(*, booking: Booking, reason: str, acting_user: User | None) -> None:
    """Say no to a booking that waits for the office; its places go to whoever waits.

    Raises:
        AlreadyChanged: somebody has decided already, or it was cancelled.
        ValidationError: no reason is given; the people are told it.
    """
    if not reason.strip():
        raise ValidationError(_("Write why, in a sentence the person will understand."))
    locked = giving_back.locked(booking)
    going = [
        one for one in giving_back.active(locked)
        if one.status == Participation.Status.PENDING_APPROVAL
    ]  # fmt: skip
    if not going:
        raise AlreadyChanged
    giving_back.give_back(locked, going, Participation.Status.CANCELLED_BY_ORGANISER)
    record(
        "booking.refused", actor=acting_user.pk if acting_user else None, of=locked,
        person=locked.booker_id, people=len(going),
    )  # fmt: skip
    messages.tell_refused(locked, reason.strip())
