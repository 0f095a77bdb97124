"""From the id in an address to the row; what is not of this site is not there."""

from typing import TypeVar
from uuid import UUID

from django.db.models import Model, QuerySet
from django.shortcuts import get_object_or_404
from django.utils import timezone

from events.models import (
    Activity,
    Booking,
    CapacityPool,
    Offer,
    Session,
    TransportRequest,
    WaitlistEntry,
)
from events.occasions import occasion_of

M = TypeVar("M", bound=Model)


def session_or_404(pk: UUID) -> Session:
    sessions = Session.objects.select_related(
        "activity__pool", "activity__organisation", "pool", "place", "room"
    )
    return get_object_or_404(sessions.prefetch_related("activity__texts"), pk=pk)


def booking_or_404(pk: UUID) -> Booking:
    return get_object_or_404(with_activity(Booking.objects.select_related("booker")), pk=pk)


def entry_or_404(pk: UUID) -> WaitlistEntry:
    entries = WaitlistEntry.objects.select_related("booking__booker")
    return get_object_or_404(with_activity(entries), pk=pk)


def offer_or_404(pk: UUID) -> Offer:
    offers = Offer.objects.select_related("entry__booking__booker")
    return get_object_or_404(with_activity(offers), pk=pk)


def transport_or_404(pk: UUID) -> TransportRequest:
    requests = TransportRequest.objects.select_related("booking__booker")
    return get_object_or_404(with_activity(requests, "booking__pool"), pk=pk)


def with_activity(rows: QuerySet[M], pool: str = "pool") -> QuerySet[M]:
    """What each row's places are for, in a fixed number of queries."""
    return rows.select_related(
        f"{pool}__session__activity", f"{pool}__course"
    ).prefetch_related(
        f"{pool}__session__activity__texts", f"{pool}__course__texts",
        f"{pool}__course__sessions",
    )  # fmt: skip


def session_of(pool: CapacityPool) -> Session | None:
    """The date from whose pages bookings of a pool are run: of a course the next one, or the last.
    Reads what :func:`with_activity` fetched."""
    own: Session | None = getattr(pool, "session", None)
    course: Activity | None = getattr(pool, "course", None)
    dates = sorted(course.sessions.all(), key=lambda date: date.starts_at) if course else []
    now = timezone.now()
    ahead = (date for date in dates if date.ends_at > now and not date.is_cancelled)
    return own or next(ahead, dates[-1] if dates else None)


def activity_of(pool: CapacityPool) -> Activity | None:
    """Reads what :func:`with_activity` fetched; None of places nothing takes place in any more."""
    course: Activity | None = getattr(pool, "course", None)
    session: Session | None = getattr(pool, "session", None)
    return course or (session.activity if session else None)


def dates_of(session: Session) -> list[Session]:
    """Of a course all that take place, in order; otherwise the one date."""
    if session.places is None or not session.activity.is_course:
        return [session]
    return list(occasion_of(session.places).sessions)
