from events import giving_back, messages
from events.busy import in_time
from events.models import Participation, WaitlistEntry
from portal.accounts.models import User
from portal.audit.models import record


@in_time()
def leave_waiting_list(*, entry: WaitlistEntry, acting_user: User | None) -> None:
    """The party gives up its place in line, and places offered to it. Harmless when it is in line
    no more; places it has are given back by cancelling the booking."""
    booking = giving_back.locked(entry.booking)
    waiting = [
        one for one in giving_back.active(booking) if one.status == Participation.Status.WAITING
    ]
    if not waiting:
        return
    going = giving_back.give_back(booking, waiting, Participation.Status.CANCELLED_BY_PARTICIPANT)
    if not going:
        return
    record(
        "entry.left", actor=acting_user.pk if acting_user else None, of=booking,
        person=booking.booker_id, people=len(going),
    )  # fmt: skip
    messages.tell_given_back(booking, going)
