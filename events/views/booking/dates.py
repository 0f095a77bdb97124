"""The dates of an activity one can book, and why there are none."""

from collections.abc import Sequence

from django.utils import timezone

from events.availability import State, office_phone
from events.models import Activity, Session
from events.refusals import BookingRefused, Closed, NotOpen, OpportunityIsFull
from events.shown import Shown, show

CHOOSABLE = (State.OPEN, State.FULL)


def dates_of(activity: Activity) -> list[Shown]:
    """Those still to come, in order; a course has one, its first, until booking for it ends."""
    sessions = Session.objects.filter(activity=activity).public().with_everything().in_order()
    if activity.is_course:
        return show(sessions.taking_place()[:1])
    return show(sessions.taking_place().upcoming(timezone.now()))


def choosable(dates: Sequence[Shown]) -> list[Shown]:
    return [shown for shown in dates if shown.availability.state in CHOOSABLE]


def why_not(activity: Activity, dates: Sequence[Shown]) -> BookingRefused | None:
    """What stands in the way of booking any of them; None where there is nothing to book."""
    states = {shown.availability.state: shown for shown in reversed(dates)}
    if shown := states.get(State.NOT_OPEN):
        opens_at = shown.availability.opens_at
        return NotOpen(opens_at) if opens_at else None
    if State.WAITING_LIST_FULL in states:
        return OpportunityIsFull(has_waiting_list=False)
    if State.CLOSED in states:
        return Closed(office_phone(activity))
    return None
