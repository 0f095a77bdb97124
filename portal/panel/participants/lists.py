"""Who is on the list of one set of places, and in which state: in a fixed number of queries."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby
from uuid import UUID

from django.db.models import Exists, OuterRef, Prefetch, QuerySet

from events.codes import normal
from events.models import (
    Attendance,
    Booking,
    CapacityPool,
    Offer,
    Participation,
    Session,
    WaitlistEntry,
)
from events.waiting import IN_LINE
from portal.accounts.models import Person
from tenants.polish import search_key

Status = Participation.Status
BOOKED = (Status.CONFIRMED, Status.UNVERIFIED)
GIVEN_BACK = (Status.CANCELLED_BY_PARTICIPANT, Status.CANCELLED_BY_ORGANISER)
# The newest of those who gave their places back.
SHOWN_GIVEN_BACK = 50


@dataclass(frozen=True, slots=True)
class Party:
    """A booking and those of its people that the list is about."""

    booking: Booking
    people: list[Participation]

    @property
    def booker_comes(self) -> bool:
        return any(one.person_id == self.booking.booker_id for one in self.people)

    @property
    def is_unconfirmed(self) -> bool:
        return any(one.status == Status.UNVERIFIED for one in self.people)

    @property
    def has_needs(self) -> bool:
        return any(one.needs.all() for one in self.people)


@dataclass(frozen=True, slots=True)
class InLine:
    """A party that waits. ``position`` is 0 while it has an offer to answer."""

    entry: WaitlistEntry
    party: Party
    position: int
    offer: Offer | None


def booked(pool: CapacityPool) -> "QuerySet[Booking]":
    """Bookings with a place that needs no decision of the office, by the name of who booked."""
    return _bookings(pool, BOOKED).order_by("booker__sort_key", "code")


def to_approve(pool: CapacityPool) -> "QuerySet[Booking]":
    return _bookings(pool, [Status.PENDING_APPROVAL]).order_by("created_at", "code")


def narrowed(bookings: "QuerySet[Booking]", question: str) -> "QuerySet[Booking]":
    """Those with this code, or with somebody of this name among them."""
    if Booking.objects.filter(code=normal(question)).exists():
        return bookings.filter(code=normal(question))
    people = Participation.objects.filter(booking=OuterRef("pk"))
    for word in search_key(question).split():
        people = people.filter(person__search_key__contains=word)
    return bookings.filter(Exists(people))


def parties(bookings: Iterable[Booking]) -> list[Party]:
    """Of bookings as :func:`booked` and :func:`to_approve` give them."""
    return [Party(booking, booking.listed) for booking in bookings]  # type: ignore[attr-defined]


def _bookings(pool: CapacityPool, statuses: Iterable[str]) -> "QuerySet[Booking]":
    people = Participation.objects.filter(status__in=statuses)
    return (
        Booking.objects.filter(Exists(people.filter(booking=OuterRef("pk"))), pool=pool)
        .select_related("booker", "transport")
        .prefetch_related(
            Prefetch(
                "participations",
                people.select_related("person").prefetch_related("needs").order_by("ordinal"),
                to_attr="listed",
            )
        )
    )


def in_line(pool: CapacityPool) -> list[InLine]:
    """Those with an offer, then the others, first come first."""
    waiting = Participation.objects.filter(status=Status.WAITING).select_related("person")
    entries = (
        WaitlistEntry.objects.filter(pool=pool, state__in=IN_LINE)
        .select_related("booking__booker", "booking__transport")
        .prefetch_related(
            Prefetch(
                "booking__participations",
                waiting.prefetch_related("needs").order_by("ordinal"),
                to_attr="listed",
            ),
            Prefetch("offers", Offer.objects.filter(state=Offer.State.OPEN), to_attr="open"),
        )
        .order_by("joined_at", "id")
    )
    rows, position = [], 0
    for entry in entries:
        offer = next(iter(entry.open), None)  # type: ignore[attr-defined]
        position += offer is None
        party = Party(entry.booking, entry.booking.listed)  # type: ignore[attr-defined]
        rows.append(InLine(entry, party, 0 if offer else position, offer))
    return sorted(rows, key=lambda row: row.position)


def given_back(pool: CapacityPool) -> "QuerySet[Participation]":
    return (
        Participation.objects.filter(pool=pool, status__in=GIVEN_BACK)
        .select_related("person", "booking__entry")
        .order_by("-cancelled_at", "booking", "ordinal")
    )


# At the door


@dataclass(frozen=True, slots=True)
class Expected:
    """Somebody with a place, and what is written down about one date."""

    participation: Participation
    attendance: Attendance | None

    @property
    def state(self) -> str:
        return self.attendance.state if self.attendance else ""


def expected(session: Session) -> list[Expected]:
    """Everybody with a place, in the order of the Polish alphabet; two queries."""
    pool = session.places
    if pool is None:
        return []
    people = (
        Participation.objects.with_a_place()
        .filter(pool=pool)
        .select_related("person", "booking")
        .order_by("person__sort_key", "person_id")
    )
    known: dict[UUID, Attendance] = {row.participation_id: row for row in session.attendances.all()}
    return [Expected(one, known.get(one.pk)) for one in people]


def by_letter(rows: list[Expected]) -> list[tuple[str, list[Expected]]]:
    """Under the first letters of the last names; ``Ł`` is a letter of its own."""
    return [
        (letter, list(same))
        for letter, same in groupby(rows, key=lambda row: _letter(row.participation.person))
    ]


def _letter(person: Person) -> str:
    name = person.last_name or person.first_name
    return name[:1].upper() or "–"
