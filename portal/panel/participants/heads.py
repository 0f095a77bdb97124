"""What stands above every page of one date: what it is, when, and the numbers."""

from dataclasses import dataclass, field
from functools import cached_property

from django.db.models import Count, Q
from django.utils import timezone

from events.models import CapacityPool, Participation, Session, TransportRequest
from events.presence import door_opens_at
from events.printing.words import day_in_words, hours_of
from events.waiting import people_in_line
from portal.panel.participants.finding import dates_of

Status = Participation.Status


@dataclass(frozen=True)
class Head:
    """A date and how many people it has.

    Attributes:
        pool: None when people just come.
        booked: people with a place, also those to be confirmed.
        dates: of a course, all of them.
    """

    session: Session
    pool: CapacityPool | None
    booked: int = 0
    to_approve: int = 0
    waiting: int = 0
    transport: int = 0
    reserved: list[CapacityPool] = field(default_factory=list)
    dates: list[Session] = field(default_factory=list)

    @property
    def title(self) -> str:
        return self.session.activity.title

    @property
    def when(self) -> str:
        return when(self.session)

    @property
    def where(self) -> str:
        session = self.session
        return ", ".join(str(part) for part in (session.place, session.room) if part)

    @property
    def capacity(self) -> int:
        """All of them, also those set aside."""
        pools = [self.pool, *self.reserved] if self.pool else []
        return sum(pool.capacity for pool in pools)

    @property
    def free(self) -> int:
        return self.pool.free if self.pool else 0

    @cached_property
    def desk_free(self) -> int:
        desk = CapacityPool.Purpose.DESK
        return sum(pool.free for pool in self.reserved if pool.purpose == desk)

    @property
    def number(self) -> int:
        """Which date of its course it is; 0 of what is no course, and of a cancelled date."""
        keys = [date.pk for date in self.dates]
        is_one = self.session.activity.is_course and self.session.pk in keys
        return keys.index(self.session.pk) + 1 if is_one else 0

    @property
    def is_cancelled(self) -> bool:
        return self.session.is_cancelled

    @property
    def is_over(self) -> bool:
        return self.session.ends_at <= timezone.now()

    @property
    def is_ahead(self) -> bool:
        """Until it is over; of a course, until its last date is."""
        now = timezone.now()
        return any(date.ends_at > now and not date.is_cancelled for date in self.dates)

    @property
    def takes_desk_bookings(self) -> bool:
        return self.pool is not None and self.is_ahead

    @property
    def door_is_open(self) -> bool:
        """The day has come, or has been."""
        return not self.is_cancelled and door_opens_at(self.session) <= timezone.now()


def when(session: Session) -> str:
    """``Tuesday, 12 May 2026, 10:00–12:00``"""
    return f"{day_in_words(session)}, {hours_of(session)}"


def head_of(session: Session) -> Head:
    """Five queries at most."""
    pool = session.places
    if pool is None:
        return Head(session, None)
    people = Participation.objects.filter(pool=pool).aggregate(
        booked=Count("pk", filter=Q(status__in=Participation.WITH_A_PLACE)),
        to_approve=Count("pk", filter=Q(status=Status.PENDING_APPROVAL)),
    )
    return Head(
        session,
        pool,
        booked=people["booked"],
        to_approve=people["to_approve"],
        waiting=people_in_line(pool.pk),
        transport=TransportRequest.objects.filter(
            booking__pool=pool,
            state=TransportRequest.State.REQUESTED,
            booking__participations__status__in=Participation.WITH_A_PLACE,
        )
        .distinct()
        .count(),
        reserved=list(pool.reserved.all()),
        dates=dates_of(session),
    )
