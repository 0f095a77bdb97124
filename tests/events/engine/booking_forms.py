"""Booking forms as the steps of the site leave them, and what becomes of them."""

from itertools import count
from typing import Any
from uuid import uuid4

from django.db import connection

from events.actions.book_at_desk import book_at_desk
from events.actions.choose_waiting_list import choose_waiting_list
from events.actions.finish_draft import finish_draft
from events.actions.hold_places import hold_places
from events.actions.start_draft import start_draft
from events.models import (
    Activity,
    Booking,
    BookingDraft,
    CapacityPool,
    Hold,
    Offer,
    Participation,
    Session,
)
from events.occasions import occasion_of
from events.party import Attendee
from portal.accounts.models import Person, User
from tests.events.making import make_session

_phones = count(600_000_001)
_browsers = count(1)


def pool_of(thing: Session | Activity) -> CapacityPool:
    pool = thing.pool
    assert pool is not None
    return pool


def make_places(activity: Activity | None = None, **given: Any) -> CapacityPool:
    """Of a new session; what is given is the session's."""
    return pool_of(make_session(activity, **given))


def answers(
    *names: str, phone: str = "", email: str = "", ages: dict[int, int] | None = None, **more: Any
) -> dict[str, Any]:
    """The first of ``names`` is whoever books and comes too."""
    steps: dict[str, Any] = {"osoby": {"size": len(names), "who": "me", "wheelchair": False}}
    for number, name in enumerate(names, 1):
        first_name, last_name = name.split(" ", 1)
        age = (ages or {}).get(number)
        steps[f"osoba-{number}"] = {"first_name": first_name, "last_name": last_name, "age": age}
    phone = phone or f"+48{next(_phones)}"
    steps["kontakt"] = {"channel": "sms", "phone": phone, "email": email}
    return {"language": "pl", **steps, **more}


def begun(
    pool: CapacityPool,
    *names: str,
    client: str = "",
    person: Person | None = None,
    **given: Any,
) -> BookingDraft:
    """A form with every answer and no places."""
    draft = start_draft(
        activity=occasion_of(pool).activity, pool=pool, person=person,
        client=client or f"browser {next(_browsers)}",
    )  # fmt: skip
    draft.answers = answers(*(names or ("Anna Nowak",)), **given)
    draft.save(update_fields=["answers"])
    return draft


def held(pool: CapacityPool, *names: str, **given: Any) -> BookingDraft:
    draft = begun(pool, *names, **given)
    return hold_places(draft=draft, party_size=draft.answers["osoby"]["size"])


def booked(pool: CapacityPool, *names: str, **given: Any) -> Booking:
    return finish_draft(draft=held(pool, *names, **given))


def in_line(pool: CapacityPool, *names: str, **given: Any) -> Booking:
    draft = begun(pool, *names, **given)
    choose_waiting_list(draft=draft, party_size=draft.answers["osoby"]["size"])
    return finish_draft(draft=draft)


def at_desk(pool: CapacityPool, booker: Person, *names: str, **given: Any) -> Booking:
    """Those named come, and whoever books."""
    party = [Attendee(is_booker=True)]
    for name in names:
        first_name, last_name = name.split(" ", 1)
        party.append(Attendee(first_name=first_name, last_name=last_name))
    given = {"channel": "desk", "acting_user": None, "idempotency_key": uuid4(), **given}
    return book_at_desk(pool=pool, booker=booker, party=given.pop("party", party), **given)


def a_clerk() -> User:
    return User.objects.get(email__startswith="osl@")


def people_of(booking: Booking) -> list[Participation]:
    return list(booking.participations.select_related("person", "place").order_by("ordinal"))


def statuses(booking: Booking) -> list[str]:
    return list(booking.participations.order_by("ordinal").values_list("status", flat=True))


def taken(pool: CapacityPool) -> int:
    return CapacityPool.objects.get(pk=pool.pk).taken


def counted(pool: CapacityPool) -> int:
    """What ``taken`` stands for, counted one by one."""
    return (
        Participation.objects.filter(place=pool).count()
        + sum(Hold.objects.filter(pool=pool).values_list("number", flat=True))
        + sum(
            Offer.objects.filter(pool=pool, state=Offer.State.OPEN).values_list("number", flat=True)
        )
    )


def miscounted() -> list[tuple[str, int]]:
    """Pools of which ``taken`` is not what it stands for: none, ever. One query."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT purpose, taken FROM events_capacitypool pool
            WHERE taken > capacity OR taken <>
                (SELECT count(*) FROM events_participation WHERE place_id = pool.id)
              + (SELECT coalesce(sum(number), 0) FROM events_hold WHERE pool_id = pool.id)
              + (SELECT coalesce(sum(number), 0) FROM events_offer
                 WHERE pool_id = pool.id AND state = 'open')
            """
        )
        return [(purpose, number) for purpose, number in cursor.fetchall()]
