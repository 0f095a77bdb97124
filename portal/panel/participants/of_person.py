"""What somebody has booked, or others have booked for them: on their card."""

from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Prefetch, Q
from django.utils import timezone

from events.models import Booking, Participation, Session
from portal.accounts.models import Person
from portal.panel.participants.finding import activity_of, session_of, with_activity
from portal.panel.participants.heads import when

SHOWN = 10


@dataclass(frozen=True, slots=True)
class OfPerson:
    """``own`` is their place; None when they booked for others only."""

    booking: Booking
    session: Session
    title: str
    own: Participation | None

    @property
    def when(self) -> str:
        return when(self.session)

    @property
    def is_over(self) -> bool:
        return self.session.ends_at <= timezone.now()


def bookings_of(person: Person) -> list[OfPerson]:
    """The newest of them, those to come first; in a fixed number of queries."""
    own = Participation.objects.filter(person=person)
    bookings = Booking.objects.filter(
        Q(booker=person) | Exists(own.filter(booking=OuterRef("pk")))
    ).prefetch_related(Prefetch("participations", own, to_attr="own"))
    rows = [
        OfPerson(booking, session, activity.title, next(iter(booking.own), None))
        for booking in with_activity(bookings).order_by("-created_at")[:SHOWN]
        if (session := session_of(booking.pool)) and (activity := activity_of(booking.pool))
    ]
    ahead = sorted((row for row in rows if not row.is_over), key=lambda row: row.session.starts_at)
    return [*ahead, *(row for row in rows if row.is_over)]
