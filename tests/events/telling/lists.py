"""People on lists, and what they were told; made at the models, not by the actions under test."""

from datetime import timedelta
from itertools import count
from typing import Any
from uuid import uuid4

from django.utils import timezone

from events import capacity
from events.codes import new_code
from events.models import Booking, CapacityPool, Offer, Participation, Session, WaitlistEntry
from portal.accounts.models import Person
from portal.notifications.models import Delivery
from tests.events.making import in_days

_numbers = count(1)
WITH_A_PLACE = Participation.WITH_A_PLACE


def reader(name: str = "Anna Nowak", **fields: Any) -> Person:
    """Reads e-mail, in English so that the tests read what the code says."""
    first_name, last_name = name.split(" ", 1)
    number = next(_numbers)
    fields = {
        "email": f"reader{number}@example.pl", "phone": f"+48601{number:06}", "channel": "email",
        "language": "en", **fields,
    }  # fmt: skip
    return Person.objects.create(first_name=first_name, last_name=last_name, **fields)


def companion(name: str) -> Person:
    """Reached through whoever books."""
    return reader(name, email="", phone="", channel="")


def book(
    session: Session,
    booker: Person,
    *others: Person,
    status: str = "confirmed",
    days_ago: float = 30,
    **fields: Any,
) -> Booking:
    """The booker and the others are on the list, since so many days."""
    pool = pool_of(session)
    booking = Booking.objects.create(
        pool=pool, booker=booker, code=new_code(), idempotency_key=uuid4(), **fields
    )
    people = (booker, *others)
    has_place = status in WITH_A_PLACE
    if has_place:
        assert capacity.take(pool.pk, len(people))
    for ordinal, person in enumerate(people):
        Participation.objects.create(
            booking=booking, person=person, pool=pool, place=pool if has_place else None,
            status=status, ordinal=ordinal,
            cancelled_at=timezone.now() if status.startswith("cancelled") else None,
        )  # fmt: skip
    if status == "waiting":
        WaitlistEntry.objects.create(booking=booking, pool=pool, size=len(people))
    since = timezone.now() - timedelta(days=days_ago)
    Booking.objects.filter(pk=booking.pk).update(created_at=since)
    booking.participations.update(created_at=since)
    return booking


def offered(booking: Booking, *, until: Any = None) -> Offer:
    """Places are kept for a party in line."""
    entry = booking.entry
    assert capacity.take(booking.pool_id, entry.size)
    entry.state = WaitlistEntry.State.OFFERED
    entry.save()
    return Offer.objects.create(
        entry=entry, pool=booking.pool, number=entry.size, expires_at=until or in_days(1, 12)
    )


def copies(kind: str = "") -> list[Delivery]:
    """Copies promised of a kind, but for those on the site."""
    found = Delivery.objects.exclude(channel="inbox").select_related("message", "person")
    if kind:
        found = found.filter(message__kind=kind)
    return list(found.order_by("created_at", "id"))


def told(kind: str = "") -> list[str]:
    """To whom, in order of the alphabet."""
    return sorted(str(copy.person) for copy in copies(kind))


def text_of(copy: Delivery) -> str:
    words = copy.words
    assert words is not None
    return words["text"]


def pool_of(session: Session) -> CapacityPool:
    """As it is now."""
    assert session.places is not None
    return CapacityPool.objects.get(pk=session.places.pk)


def free(session: Session) -> int:
    return pool_of(session).free
