from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from events.editing_refusals import EndsBeforeStart, InThePast, NotPossibleNow
from events.models import CapacityPool
from portal.accounts.models import User
from portal.audit.models import record
from portal.places.models import Place
from volunteering.models import Opportunity, Shift
from volunteering.opportunity_states import lock_opportunity


@dataclass(frozen=True, slots=True, kw_only=True)
class ShiftOrder:
    """
    Attributes:
        places: how many volunteers are wanted.
        place: where, when it is not where the opportunity is.
        note: what volunteers should know.
    """

    starts_at: datetime
    ends_at: datetime
    places: int
    place: Place | None = None
    note: str = ""


@transaction.atomic
def add_shift(
    *,
    opportunity: Opportunity,
    order: ShiftOrder,
    only_while: Collection[Opportunity.Status] = (),
    acting_user: User,
) -> Shift:
    """One more time at which volunteers are wanted; the same one twice is one.

    Raises:
        EndsBeforeStart, InThePast: nobody can come then.
        NotPossibleNow: whoever acts may not write on the opportunity now.
    """
    stored = lock_opportunity(opportunity, only_while=only_while)
    if stored.status == Opportunity.Status.CLOSED:
        raise NotPossibleNow(stored.get_status_display())
    same = stored.shifts.filter(
        starts_at=order.starts_at, ends_at=order.ends_at, place=order.place, cancelled_at=None
    ).first()
    if same is not None:
        return same
    if order.ends_at <= order.starts_at:
        raise EndsBeforeStart
    if order.starts_at <= timezone.now():
        raise InThePast
    shift = Shift.objects.create(
        opportunity=stored,
        starts_at=order.starts_at,
        ends_at=order.ends_at,
        place=order.place,
        note=order.note,
        pool=CapacityPool.objects.create(capacity=order.places),
    )
    record("shift.added", actor=acting_user.pk, of=shift)
    return shift
