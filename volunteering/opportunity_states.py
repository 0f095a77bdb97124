"""Which state an opportunity or a shift may pass into, asked under the lock of its row. Locks are
taken in one order: opportunity, shift, volunteer, places."""

from collections.abc import Collection

from django.utils import timezone

from events.editing_refusals import NotPossibleNow
from volunteering.models import Opportunity, Shift
from volunteering.shift_refusals import ShiftOver

Status = Opportunity.Status
# While an organisation may still write on what it proposes; published words are the office's.
OPEN_TO_ITS_ORGANISATION = frozenset({Status.DRAFT, Status.REFUSED})
# While it may add shifts, and call them off.
TAKES_SHIFTS = frozenset({Status.DRAFT, Status.REFUSED, Status.PUBLISHED})


def lock_opportunity(
    opportunity: Opportunity, *, only_while: Collection[Status] = ()
) -> Opportunity:
    """
    Raises:
        NotPossibleNow: it is in none of the states asked for.
    """
    stored = Opportunity.objects.select_for_update(no_key=True).get(pk=opportunity.pk)
    if only_while and stored.status not in only_while:
        raise NotPossibleNow(stored.get_status_display())
    return stored


def lock_to_become(opportunity: Opportunity, status: Status) -> Opportunity:
    """
    Raises:
        NotPossibleNow: the state it is in does not lead there.
    """
    stored = lock_opportunity(opportunity)
    if status not in Opportunity.FOLLOWS[stored.status]:
        raise NotPossibleNow(stored.get_status_display())
    return stored


def lock_shift(shift: Shift) -> Shift:
    """The row as it is now, with its opportunity and places."""
    return (
        Shift.objects.select_for_update(of=("self",), no_key=True)
        .select_related("opportunity__place", "opportunity__organisation", "place", "pool")
        .get(pk=shift.pk)
    )


def lock_shift_to_come(shift: Shift) -> Shift:
    """
    Raises:
        ShiftOver: it has passed, or is called off.
    """
    stored = lock_shift(shift)
    if stored.cancelled_at is not None or stored.ends_at <= timezone.now():
        raise ShiftOver
    return stored
