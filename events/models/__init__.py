"""Activities, their dates, and who takes part."""

from events.models.activity import Activity, ActivityText
from events.models.booking import (
    Booking,
    BookingDraft,
    Hold,
    Offer,
    Participation,
    WaitlistEntry,
)
from events.models.pool import CapacityPool
from events.models.presence import (
    AccessNeed,
    Attendance,
    CalendarFeed,
    Told,
    TransportRequest,
)
from events.models.session import Series, Session

__all__ = [
    "AccessNeed",
    "Activity",
    "ActivityText",
    "Attendance",
    "Booking",
    "BookingDraft",
    "CalendarFeed",
    "CapacityPool",
    "Hold",
    "Offer",
    "Participation",
    "Series",
    "Session",
    "Told",
    "TransportRequest",
    "WaitlistEntry",
]
