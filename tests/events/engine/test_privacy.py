"""Who is on a list, nobody learns by filling in a form."""

from typing import Any

import pytest

from events.actions.finish_draft import finish_draft
from events.models import Booking, Participation
from events.refusals import AlreadyBooked
from portal.accounts.models import Guardianship, Household, Person
from portal.notifications.models import Delivery
from tests.events.engine.booking_forms import booked, counted, held, in_line, make_places, taken
from tests.jobs import do_due_jobs

pytestmark = pytest.mark.usefixtures("here")

PHONE = "+48600100200"


def what_is_seen(booking: Booking) -> dict[str, Any]:
    """All that differs from booking to booking for other reasons is left out."""
    return {
        "type": type(booking),
        "channel": booking.channel,
        "confirm_by": booking.confirm_by,
        "code": len(booking.code),
        "form": booking.draft.answers["osoby"],
        "held": booking.draft.held_until,
    }


def told() -> list[tuple[str, str]]:
    do_due_jobs()
    copies = Delivery.objects.order_by("person__created_at", "message__created_at")
    return [
        (kind, str(phone)) for kind, phone in copies.values_list("message__kind", "person__phone")
    ]


def test_a_guest_sees_the_same_for_somebody_listed_and_somebody_not() -> None:
    pool = make_places(capacity=5)
    booked(pool, "Anna Nowak", phone=PHONE)
    of_listed = booked(pool, "Anna Nowak", phone=PHONE)
    of_unlisted = booked(pool, "Maria Lis", phone="+48600100299")

    assert what_is_seen(of_listed) == what_is_seen(of_unlisted)
    # She is on the list once, the place is free again, and she learns that somebody tried.
    assert Participation.objects.active().filter(person__last_name="Nowak").count() == 1
    assert taken(pool) == counted(pool) == 2
    assert told() == [
        ("events/already_booked", PHONE),
        ("events/booked", PHONE),
        ("events/booked", "+48600100299"),
    ]


def test_a_party_with_somebody_listed_is_booked_without_them() -> None:
    pool = make_places(capacity=5)
    booked(pool, "Anna Nowak", phone=PHONE)
    booking = booked(pool, "Anna Nowak", "Jan Nowak", phone=PHONE)
    assert [one.person.full_name for one in booking.participations.all()] == ["Jan Nowak"]
    assert taken(pool) == counted(pool) == 2


def test_the_place_of_somebody_listed_goes_to_whoever_waits() -> None:
    pool = make_places(capacity=2)
    booked(pool, "Anna Nowak", phone=PHONE)
    again = held(pool, "Anna Nowak", phone=PHONE)
    waiting = in_line(pool, "Maria Lis")
    finish_draft(draft=again)
    assert waiting.entry.offers.get().state == "open"
    assert taken(pool) == counted(pool) == 2


def test_the_line_is_joined_without_whoever_is_listed() -> None:
    pool = make_places(capacity=1)
    booked(pool, "Anna Nowak", phone=PHONE)
    alone = in_line(pool, "Anna Nowak", phone=PHONE)
    assert not hasattr(Booking.objects.get(pk=alone.pk), "entry")
    both = in_line(pool, "Anna Nowak", "Jan Nowak", phone=PHONE)
    assert both.entry.size == 1


def test_a_guest_is_known_by_name_and_phone_or_mail_not_by_one_of_them() -> None:
    anna = Person.objects.create(
        first_name="Anna", last_name="Nowak-Żak", phone=PHONE, email="a@example.org",
        channel="letter", city="Śrem", postcode="63-100",
    )  # fmt: skip

    def booker(name: str, **given: str) -> Person:
        return booked(make_places(capacity=5), name, **given).booker

    assert booker("anna nowak żak", phone=PHONE) == anna
    assert booker("Anna Nowak-Zak", phone="+48600100777", email="A@example.org") == anna
    assert booker("Anna Nowak-Żak", phone="+48600100777") != anna
    assert booker("Anna Nowak", phone=PHONE) != anna
    anna.refresh_from_db()
    assert (anna.channel, anna.email, str(anna.phone)) == ("letter", "a@example.org", PHONE)


def test_others_of_the_party_are_looked_for_among_the_bookers_own_people() -> None:
    home = Household.objects.create()
    anna = Person.objects.create(
        first_name="Anna", last_name="Nowak", phone=PHONE, channel="sms", household=home
    )
    jan = Person.objects.create(first_name="Jan", last_name="Nowak", household=home)
    ward = Person.objects.create(first_name="Zofia", last_name="Lis")
    Guardianship.objects.create(guardian=anna, ward=ward, kind="carer")
    stranger = Person.objects.create(first_name="Piotr", last_name="Kos", phone="+48600100333")

    booking = booked(
        make_places(capacity=9),
        "Anna Nowak", "Jan Nowak", "Zofia Lis", "Piotr Kos", phone=PHONE,
    )  # fmt: skip
    people = [one.person for one in booking.participations.order_by("ordinal")]
    assert people[:3] == [anna, jan, ward]
    assert people[3] != stranger
    # Booked once together, he is hers to book.
    again = booked(make_places(capacity=9), "Anna Nowak", "Piotr Kos", phone=PHONE)
    assert [one.person for one in again.participations.order_by("ordinal")] == [anna, people[3]]


def test_two_of_one_name_are_two_people() -> None:
    pool = make_places(capacity=9)
    first = booked(pool, "Jan Nowak", "Jan Nowak", phone=PHONE)
    assert len({one.person_id for one in first.participations.all()}) == 2


def test_who_is_logged_in_learns_of_themselves_and_of_those_they_booked() -> None:
    pool = make_places(capacity=9)
    ewa = Person.objects.create(first_name="Ewa", last_name="Kos")
    booked(pool, "Ewa Kos", "Jan Kos", person=ewa)
    for names in (("Ewa Kos",), ("Ewa Kos", "Jan Kos")):
        with pytest.raises(AlreadyBooked, match=r"Already on this list: Ewa Kos") as refusal:
            booked(pool, *names, person=ewa)
        assert (refusal.value.code, refusal.value.status) == ("already_booked", 409)


def test_who_is_logged_in_does_not_learn_that_others_booked_their_family() -> None:
    pool = make_places(capacity=9)
    home = Household.objects.create()
    ewa = Person.objects.create(first_name="Ewa", last_name="Kos", household=home)
    jan = Person.objects.create(
        first_name="Jan", last_name="Kos", household=home, phone=PHONE, channel="sms"
    )
    booked(pool, "Jan Kos", phone=PHONE)
    booking = booked(pool, "Ewa Kos", "Jan Kos", person=ewa)
    assert [one.person for one in booking.participations.all()] == [ewa]
    assert Participation.objects.active().filter(person=jan).count() == 1
