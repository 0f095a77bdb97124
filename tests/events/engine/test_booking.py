"""A form becomes a booking, once, for the people it names."""

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext

from events import tasks
from events.actions.cancel_booking import cancel_booking
from events.actions.finish_draft import finish_draft
from events.actions.hold_places import hold_places
from events.models import AccessNeed, Booking, BookingDraft, CapacityPool, Hold, Participation
from events.refusals import AgeNotAllowed, AlreadyChanged, HoldExpired, NotTakingPlace
from portal.accounts.models import Consent, Person
from portal.audit.models import AuditEntry
from portal.notifications.models import Message
from tests.events.engine.booking_forms import (
    begun,
    booked,
    counted,
    held,
    in_line,
    make_places,
    pool_of,
    statuses,
    taken,
)
from tests.events.making import make_activity, make_session
from tests.jobs import do_due_jobs

pytestmark = pytest.mark.usefixtures("here")


def sent(*keys: str) -> int:
    do_due_jobs()
    return Message.objects.filter(kind__in=[f"events/{key}" for key in keys]).count()


def test_a_guest_books_for_themselves_and_a_grandson() -> None:
    pool = make_places(capacity=12)
    booking = booked(pool, "Anna Nowak", "Staś Nowak", phone="+48600100200")

    assert statuses(booking) == ["confirmed", "confirmed"]
    assert taken(pool) == counted(pool) == 2
    anna, stas = (one.person for one in booking.participations.order_by("ordinal"))
    assert booking.booker == anna
    assert (str(anna.phone), anna.channel, anna.language) == ("+48600100200", "sms", "pl")
    # He is reached through her.
    assert (stas.full_name, str(stas.phone), stas.channel) == ("Staś Nowak", "", "")
    assert sent("booked") == Message.objects.count() == 1
    entry = AuditEntry.objects.get(action="booking.made")
    assert (entry.object_id, entry.person, entry.details["people"]) == (booking.pk, anna.pk, 2)


def test_sent_again_it_is_the_same_booking_and_one_message() -> None:
    pool = make_places(capacity=12)
    draft = held(pool)
    first, again = finish_draft(draft=draft), finish_draft(draft=draft)
    assert first == again
    assert (Booking.objects.count(), taken(pool), sent("booked")) == (1, 1, 1)


def test_a_confirmation_whose_worker_died_is_not_sent_again() -> None:
    booking = booked(make_places(capacity=12))
    assert sent("booked") == 1
    tasks.tell_booked.defer(booking=str(booking.pk))
    assert sent("booked") == 1


def test_what_is_given_back_before_it_is_confirmed_is_not_confirmed_any_more() -> None:
    booking = booked(make_places(capacity=12))
    cancel_booking(booking=booking, acting_user=None)
    assert (sent("booked"), sent("given_back")) == (0, 1)


def test_it_takes_few_statements() -> None:
    """A hundred people press the button in the same minute."""
    draft = held(make_places(capacity=12))
    with CaptureQueriesContext(connection) as queries:
        finish_draft(draft=draft)
    statements = [query["sql"] for query in queries.captured_queries]
    # The entry in the audit trail is the last before the message, whose words are read elsewhere.
    [audit] = [place for place, one in enumerate(statements) if '"audit_auditentry"' in one]
    assert audit <= 11, "\n".join(one[:120] for one in statements)
    assert len(statements) <= 26
    # The places are the form's already: nobody waits for anybody's row.
    assert not any(one.startswith("UPDATE events_capacitypool") for one in statements)


def test_who_books_for_others_does_not_come() -> None:
    pool = make_places(capacity=12)
    draft = begun(pool, "Jan Zięba", phone="+48600100200")
    draft.answers["osoby"]["who"] = "others"
    draft.answers["kontakt"] |= {"first_name": "Ewa", "last_name": "Zięba"}
    draft.save()
    booking = finish_draft(draft=hold_places(draft=draft, party_size=1))
    assert booking.booker.full_name == "Ewa Zięba"
    assert [one.person.full_name for one in booking.participations.all()] == ["Jan Zięba"]


def test_who_is_logged_in_books_as_themselves() -> None:
    ewa = Person.objects.create(first_name="Ewa", last_name="Kos")
    pool = make_places(capacity=12)
    booking = booked(pool, "Ewelina Kos", person=ewa)
    assert booking.booker == booking.participations.get().person == ewa
    ewa.refresh_from_db()
    assert ewa.first_name == "Ewa"


def test_a_login_whose_card_was_merged_books_as_the_card_that_is_left() -> None:
    kept = Person.objects.create(first_name="Ewa", last_name="Kos")
    old = Person.objects.create(merged_into=kept)
    booking = booked(make_places(capacity=12), "Ewa Kos", person=old)
    assert booking.booker == kept


def test_needs_are_kept_with_consent_and_not_without() -> None:
    pool = make_places(capacity=12)
    needs = {"needs": {"1": ["step_free", "lift"], "2": []}, "note": "Przyjdę wcześniej."}
    booking = booked(pool, "Anna Nowak", "Jan Nowak", potrzeby=needs | {"agrees": True})
    of_anna, of_jan = booking.participations.order_by("ordinal")
    assert {need.need for need in of_anna.needs.all()} == {"step_free", "lift"}
    assert not of_jan.needs.exists()
    consent = Consent.objects.get()
    assert (consent.person, consent.purpose, consent.means) == (of_anna.person, "needs", "online")
    assert booking.note == "Przyjdę wcześniej."
    assert AuditEntry.objects.filter(action="consent.given", person=of_anna.person_id).count() == 1

    booked(pool, "Maria Lis", potrzeby=needs | {"agrees": False})
    assert AccessNeed.objects.count() == 2
    assert Consent.objects.count() == 1


def test_transport_is_asked_for_by_the_party() -> None:
    pool = make_places(capacity=12)
    ride = {
        "wants": True,
        "people": 5,
        "street": "Polna 2",
        "city": "Mełpin",
        "note": "za kościołem",
    }
    booking = booked(pool, "Anna Nowak", "Jan Nowak", dowoz=ride)
    asked = booking.transport
    # No more people than come.
    assert (asked.people, asked.city, asked.state) == (2, "Mełpin", "requested")


def test_the_place_for_a_wheelchair_is_taken_first_and_then_anybodys() -> None:
    pool = make_places(capacity=5)
    aside = CapacityPool.objects.create(main=pool, purpose="wheelchair", capacity=1)
    for in_aside, in_pool in ((1, 1), (1, 3)):
        draft = begun(pool, "Anna Nowak", "Jan Nowak")
        finish_draft(draft=hold_places(draft=draft, party_size=2, takes_wheelchair_place=True))
        assert (taken(aside), counted(aside)) == (in_aside, in_aside)
        assert (taken(pool), counted(pool)) == (in_pool, in_pool)


def test_a_hold_that_lapsed_is_kept_when_nobody_needs_the_places() -> None:
    pool = make_places(capacity=1)
    draft = held(pool)
    BookingDraft.objects.update(held_until=draft.created_at)
    assert statuses(finish_draft(draft=draft)) == ["confirmed"]
    assert taken(pool) == counted(pool) == 1


def test_a_hold_that_lapsed_and_went_to_others_is_told() -> None:
    pool = make_places(capacity=1)
    slow = held(pool)
    BookingDraft.objects.update(held_until=slow.created_at)
    booked(pool, "Maria Lis")
    with pytest.raises(HoldExpired) as refusal:
        finish_draft(draft=slow)
    assert refusal.value.status == 409
    assert taken(pool) == counted(pool) == 1
    assert Booking.objects.count() == 1


def test_places_that_lapsed_are_taken_anew_when_some_are_free() -> None:
    pool = make_places(capacity=2)
    slow = held(pool)
    Hold.objects.all().delete()
    CapacityPool.objects.update(taken=0)
    BookingDraft.objects.update(held_until=None, slot=None)
    assert statuses(finish_draft(draft=slow)) == ["confirmed"]
    assert taken(pool) == counted(pool) == 1


def test_whoever_holds_places_when_booking_closes_may_finish() -> None:
    session = make_session(capacity=2)
    draft = held(pool_of(session))
    late = begun(pool_of(session))
    session.activity.closes_hours_before = 24 * 20
    session.activity.save()
    assert finish_draft(draft=draft).pk
    with pytest.raises(Exception, match="Booking on the site has ended"):
        finish_draft(draft=late)


def test_nobody_books_what_was_cancelled_meanwhile() -> None:
    session = make_session(capacity=2)
    draft = held(pool_of(session))
    session.status, session.cancelled_at = "cancelled", draft.created_at
    session.save()
    with pytest.raises(NotTakingPlace):
        finish_draft(draft=draft)


def test_a_form_without_names_is_no_booking() -> None:
    draft = held(make_places(capacity=2))
    del draft.answers["osoba-1"]
    draft.save()
    with pytest.raises(AlreadyChanged):
        finish_draft(draft=draft)


def test_a_form_without_a_way_to_be_reached_is_no_booking() -> None:
    draft = held(make_places(capacity=2))
    draft.answers["kontakt"] = {"channel": "sms", "phone": ""}
    draft.save()
    with pytest.raises(ValidationError):
        finish_draft(draft=draft)
    assert not Person.objects.filter(last_name="Nowak").exists()


@pytest.mark.parametrize(("age", "is_admitted"), [(59, False), (60, True), (None, False)])
def test_the_age_is_checked_at_the_end(age: int | None, is_admitted: bool) -> None:
    pool = make_places(make_activity(age_min=60), capacity=2)
    draft = held(pool, ages={1: age} if age else {})
    if is_admitted:
        assert finish_draft(draft=draft).participations.get().age == age
        return
    with pytest.raises(AgeNotAllowed, match="for people aged 60 or more") as refusal:
        finish_draft(draft=draft)
    assert (refusal.value.code, refusal.value.status) == ("age_not_allowed", 422)


def test_the_office_or_the_link_confirms_where_the_activity_says_so() -> None:
    pool = make_places(make_activity(needs_approval=True), capacity=2)
    assert statuses(booked(pool)) == ["pending_approval"]
    assert taken(pool) == 1

    pool = make_places(make_activity(must_confirm=True), capacity=3)
    by_sms = booked(pool)
    assert statuses(by_sms) == ["unverified"]
    assert by_sms.confirm_by is not None
    # Nobody sends a link to a landline, and who is logged in has confirmed their address.
    draft = held(pool, "Jan Lis")
    draft.answers["kontakt"]["channel"] = "phone"
    draft.save()
    assert statuses(finish_draft(draft=draft)) == ["confirmed"]
    ewa = Person.objects.create(
        first_name="Ewa", last_name="Kos", channel="sms", phone="+48600100999"
    )
    assert statuses(booked(pool, "Ewa Kos", person=ewa)) == ["confirmed"]


def test_a_course_is_booked_as_a_whole() -> None:
    course = make_activity(kind="course", capacity=1)
    make_session(course)
    booking = booked(pool_of(course))
    assert booking.pool == pool_of(course)
    assert statuses(in_line(pool_of(course), "Jan Lis")) == ["waiting"]


def test_a_code_given_before_is_drawn_again(monkeypatch: pytest.MonkeyPatch) -> None:
    pool = make_places(capacity=2)
    first = booked(pool)
    draft = held(pool, "Jan Lis")
    codes = iter([first.code, "ABC234"])
    monkeypatch.setattr("events.actions.finish_draft.new_code", lambda: next(codes))
    assert finish_draft(draft=draft).code == "ABC234"
    assert Participation.objects.count() == taken(pool) == 2
