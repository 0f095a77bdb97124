"""One evening with a full list: people of every kind on it, in line, and gone."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any
from uuid import UUID, uuid4

from django.utils import timezone

from events import capacity
from events.codes import new_code
from events.enrolling import enrol
from events.matching_people import Comer
from events.models import Booking, CapacityPool, Participation, Session, TransportRequest
from events.party import Attendee
from portal.accounts.models import Person, User
from tenants.binding import bind
from tenants.models import Tenant
from tests.events.making import in_days, make_activity, make_place, make_session


@dataclass(frozen=True, slots=True)
class Evening:
    """
    Attributes:
        session: takes place today; six places, all taken. Anna comes with Jan, has a need and asks
            to be driven; Zofia waits to be confirmed; Ola and Ewa wait together.
        other: the same a week later, with free places; Piotr has given his back.
    """

    session: Session
    other: Session
    anna: Booking
    zofia: Booking
    waiting: Booking
    gone: Booking

    @property
    def pool(self) -> CapacityPool:
        return pool_of(self.session)

    @property
    def transport(self) -> TransportRequest:
        return TransportRequest.objects.get(booking=self.anna)

    def url(self, rest: str) -> str:
        """Below the address of the date."""
        return f"/en/panel/wydarzenia/termin/{self.session.pk}/{rest}"


def today_at(hour: int) -> datetime:
    return timezone.make_aware(datetime.combine(timezone.localdate(), time(hour)))


def card(first_name: str, last_name: str, **fields: Any) -> Person:
    return Person.objects.create(first_name=first_name, last_name=last_name, **fields)


def booked(session: Session, *people: Person, status: str = "confirmed", **given: Any) -> Booking:
    """A booking that nobody had to be told of; the first of them made it, and comes."""
    pool = session.places
    assert pool is not None
    has_place = status in Participation.WITH_A_PLACE
    if has_place:
        assert capacity.take(pool.pk, len(people))
    booking = Booking(
        pool=pool, booker=people[0], code=new_code(), idempotency_key=uuid4(), channel="phone",
        **given,
    )  # fmt: skip
    enrol(
        booking,
        [Comer(Attendee(), person, is_known=True) for person in people],
        status=Participation.Status(status),
        places={pool.pk: len(people)} if has_place else {},
    )
    return booking


def open_evening(tenant: Tenant) -> Evening:
    with bind(tenant):
        place = make_place("Dom Kultury")
        activity = make_activity("Smartfon bez strachu", offers_transport=True)
        # It goes on all day, so that a test may run at any hour.
        session = make_session(
            activity, starts_at=today_at(0), ends_at=today_at(0) + timedelta(days=1),
            capacity=6, place=place,
        )  # fmt: skip
        other = make_session(activity, starts_at=in_days(7), capacity=6, place=place)
        anna = booked(
            session,
            card("Anna", "Łącka", phone="+48600100200", channel="sms", city="Krzyszkowo"),
            card("Jan", "Łącki"),
            note="Przyjdzie wcześniej",
        )
        person_in(anna, "Anna").needs.create(need="step_free")
        TransportRequest.objects.create(
            booking=anna, people=2, street="ul. Polna 1", city="Krzyszkowo", note="za sklepem"
        )
        zofia = booked(
            session, card("Zofia", "Żak", email="zofia@example.pl", channel="email"),
            status="pending_approval",
        )  # fmt: skip
        for name in ("Bogdan", "Celina", "Daria"):
            booked(session, card(name, "Lis"))
        waiting = booked(
            session, card("Ola", "Maj", phone="+48600100300", channel="phone"), card("Ewa", "Maj"),
            status="waiting",
        )  # fmt: skip
        gone = booked(
            other, card("Piotr", "Cis", phone="+48600100400", channel="phone"),
            status="cancelled_by_participant",
        )  # fmt: skip
        gone.participations.update(cancelled_at=timezone.now())
        return Evening(session, other, anna, zofia, waiting, gone)


def pool_of(session: Session) -> CapacityPool:
    """As it is now."""
    assert session.pool is not None
    return CapacityPool.objects.get(pk=session.pool.pk)


def user_of(tenant: Tenant, role: str) -> User:
    return User.objects.get(email=f"{role}@{tenant.schema_name}.example")


def person_in(booking: Booking, first_name: str) -> Participation:
    return booking.participations.select_related("person").get(person__first_name=first_name)


def booking_url(pk: UUID, rest: str = "") -> str:
    return f"/en/panel/wydarzenia/zgloszenie/{pk}/{rest}"
