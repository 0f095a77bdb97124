"""Bookings as they stand on a list, written straight into it: how they get there is the engine's
business and is tested there."""

from datetime import time
from typing import Any
from uuid import uuid4

from events.codes import new_code
from events.models import AccessNeed, Booking, CapacityPool, Participation, TransportRequest
from portal.accounts.models import Person


def make_person(name: str, **known: Any) -> Person:
    first, _space, last = name.partition(" ")
    return Person.objects.create(first_name=first, last_name=last, **known)


def make_booking(
    pool: CapacityPool | None,
    booker: Person,
    *people: Person,
    status: str = "confirmed",
    place: CapacityPool | None = None,
    code: str = "",
) -> Booking:
    """For the booker alone, or for the people given."""
    assert pool
    booking = Booking.objects.create(
        pool=pool, booker=booker, code=code or new_code(), idempotency_key=uuid4()
    )
    for ordinal, person in enumerate(people or (booker,)):
        Participation.objects.create(
            booking=booking, person=person, pool=pool, status=status, ordinal=ordinal,
            place=(place or pool) if status in Participation.WITH_A_PLACE else None,
        )  # fmt: skip
    return booking


def ask_for(booking: Booking, *needs: AccessNeed.Need) -> None:
    participation = booking.participations.get(ordinal=0)
    for need in needs:
        AccessNeed.objects.create(participation=participation, need=need)


def drive(booking: Booking, at: time | None = None, **said: Any) -> TransportRequest:
    said = {"people": 1, "city": "Zbrudzewo", "street": "ul. Polna 4", **said}
    said.setdefault("state", "arranged" if at else "requested")
    return TransportRequest.objects.create(booking=booking, pickup_at=at, **said)
