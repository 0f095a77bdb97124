"""What dates made together have in common: where, for how many, with what help."""

from dataclasses import dataclass
from datetime import datetime

from events.models import Activity, CapacityPool, Series, Session
from events.recurrence import Span
from portal.places.models import Place, Room


@dataclass(frozen=True, slots=True, kw_only=True)
class Places:
    """
    Attributes:
        waitlist_limit: None is as long as it gets.
        desk, wheelchair: set aside, not part of ``capacity``.
    """

    capacity: int
    waitlist_limit: int | None = None
    desk: int = 0
    wheelchair: int = 0

    @property
    def reserved(self) -> dict[CapacityPool.Purpose, int]:
        return {
            CapacityPool.Purpose.DESK: self.desk,
            CapacityPool.Purpose.WHEELCHAIR: self.wheelchair,
        }

    def make_pool(self) -> CapacityPool:
        pool = CapacityPool.objects.create(
            capacity=self.capacity, waitlist_limit=self.waitlist_limit
        )
        for purpose, number in self.reserved.items():
            if number:
                CapacityPool.objects.create(purpose=purpose, main=pool, capacity=number)
        return pool


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrangement:
    """
    Attributes:
        places: of each date; None where nobody books, or where the course is booked.
    """

    place: Place | None = None
    room: Room | None = None
    has_sign_language: bool = False
    has_captions: bool = False
    is_easy_to_read: bool = False
    places: Places | None = None

    def make_session(
        self,
        activity: Activity,
        span: Span,
        *,
        series: Series | None = None,
        original_start: datetime | None = None,
    ) -> Session:
        """A date of an activity that is public is public at once."""
        takes_bookings = activity.takes_bookings and not activity.is_course
        is_public = activity.status == Activity.Status.PUBLISHED
        return Session.objects.create(
            activity=activity,
            series=series,
            original_start=original_start,
            starts_at=span.starts_at,
            ends_at=span.ends_at,
            status=Session.Status.PUBLISHED if is_public else Session.Status.DRAFT,
            place=self.place,
            room=self.room,
            pool=self.places.make_pool() if self.places and takes_bookings else None,
            has_sign_language=self.has_sign_language,
            has_captions=self.has_captions,
            is_easy_to_read=self.is_easy_to_read,
        )
