from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from events.arranging import Arrangement
from events.editing_refusals import AlreadyMade, InThePast, NoDates
from events.listing import listing_changed
from events.models import Activity, Series
from events.recurrence import Pattern, Span
from events.rooms import refuse_clashes, room_kept
from events.states import lock_activity
from portal.accounts.models import User
from portal.audit.models import record
from tenants.keys import uuid7


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """
    Attributes:
        key: of the form: sent twice, it makes the dates once.
        chosen: the dates of the pattern that were left ticked; None is all of them.
    """

    pattern: Pattern
    arrangement: Arrangement
    key: UUID = field(default_factory=uuid7)
    chosen: Collection[date] | None = None

    def split(self) -> tuple[list[Span], list[date]]:
        """What is made, and what is left out."""
        spans = self.pattern.spans()
        if self.chosen is None:
            return spans, []
        made = [span for span in spans if span.day in self.chosen]
        return made, [span.day for span in spans if span.day not in self.chosen]


@transaction.atomic
def make_series(
    *,
    activity: Activity,
    order: Order,
    only_while: Collection[Activity.Status] = (),
    acting_user: User,
) -> Series:
    """All the dates, or none of them.

    Raises:
        AlreadyMade: the key is that of another activity's series.
        InThePast: a date has passed already.
        NoDates, TooManyDates: the pattern makes none, or too many.
        NotPossibleNow: whoever acts may not write on the activity now.
        RoomTaken: something else takes place there on some of the dates.
    """
    stored = lock_activity(activity, only_while=only_while)
    made = Series.objects.filter(pk=order.key).first()
    if made is not None:
        if made.activity_id != stored.pk:
            raise AlreadyMade
        return made
    spans, skipped = order.split()
    if not spans:
        raise NoDates
    if spans[0].starts_at <= timezone.now():
        raise InThePast
    refuse_clashes(order.arrangement.room, spans)
    pattern = order.pattern
    series = Series.objects.create(
        pk=order.key, activity=stored, rrule=pattern.rrule, first_on=pattern.first_on,
        starts=pattern.starts, ends=pattern.ends, skipped_on=skipped,
    )  # fmt: skip
    with room_kept():
        for span in spans:
            order.arrangement.make_session(
                stored, span, series=series, original_start=span.starts_at
            )
    record("series.made", actor=acting_user.pk, of=series, dates=len(spans))
    if stored.status == Activity.Status.PUBLISHED:
        listing_changed()
    return series
