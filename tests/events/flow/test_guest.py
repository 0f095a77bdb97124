"""Somebody without a login books, from the choice of a date to the confirmation."""

import re

from events.models import (
    AccessNeed,
    Activity,
    Booking,
    BookingDraft,
    CapacityPool,
    Hold,
    Session,
)
from portal.accounts.models import Consent, Organisation, Person
from portal.notifications.models import Delivery
from tenants.binding import bind
from tenants.models import Tenant
from tests.conftest import SiteClient
from tests.events.flow.booker import (
    BY_SMS,
    HALINA,
    JAN,
    Booker,
    pool_of,
    resize,
    start_page,
    taken,
    title,
    words,
)
from tests.events.making import in_days, make_activity, make_session
from tests.jobs import do_due_jobs


def test_guest_answers_one_question_a_page(srem: Tenant, guest: Booker, session: Session) -> None:
    page = guest.client.get(start_page(guest.activity))
    assert "Step 1 of 6." in words(page)
    assert "12 places left" in words(page)

    guest.start(session)
    assert guest.step == "osoby"
    assert "Step 2 of 6." in words(guest.look())
    guest.say(who="me")

    assert guest.step == "osoba-1"
    asked = words(guest.look())
    assert "Step 3 of 6. We are keeping 1 place for you until" in asked
    assert "What is your name?" in asked
    assert "Age" not in asked
    guest.say(**HALINA)

    assert guest.step == "kontakt"
    guest.say(**BY_SMS)
    assert guest.step == "potrzeby"
    guest.say()

    assert guest.step == "sprawdz"
    check = words(guest.look())
    assert "Nothing is sent yet." in check
    assert "Halina Nowak" in check
    assert "By text message (SMS) to 600 100 200" in check
    assert "Book 1 place" in check
    with bind(srem):
        assert not Booking.objects.exists()


def test_the_last_button_books(srem: Tenant, guest: Booker, session: Session) -> None:
    booking = guest.book(session)
    assert guest.step == "gotowe"
    done = words(guest.look())
    with bind(srem):
        do_due_jobs()
        place = booking.participations.get()
        messages = Delivery.objects.filter(message__kind="events/booked")
        assert [(str(one.person), one.channel) for one in messages] == [("Halina Nowak", "sms")]
        assert (place.status, str(place.person)) == ("confirmed", "Halina Nowak")
        assert not Hold.objects.exists()
        assert pool_of(session).taken == 1
    assert "Booked. See you there!" in done
    assert booking.readable_code in done
    assert "Halina Nowak" in done
    assert "We send you a text message" in done


def test_the_confirmation_never_shows_the_link(srem: Tenant, guest: Booker) -> None:
    booking = guest.book()
    page = guest.look().content.decode()
    assert booking.code[:3] in page
    assert "zgloszenie" not in page


def test_a_couple_with_needs_and_transport(
    srem: Tenant, as_site: type[SiteClient], activity: Activity
) -> None:
    with bind(srem):
        Activity.objects.update(offers_transport=True, age_min=60)
    guest = Booker(as_site(srem), activity)
    guest.start()
    guest.say(who="me_and_others", with_me="2")
    guest.say(**HALINA, age="74")
    assert "Who is person 2?" in words(guest.look())
    second = guest.look()
    assert "E-mail" not in words(second)  # asked once, of whoever books
    guest.say(**JAN, age="76")
    guest.say(channel="email", email="Halina@Example.pl")
    assert guest.say(needs_2=["lift"]).status_code == 422
    guest.say(needs_2=["lift"], agrees="on", note="Przyjdziemy z psem")
    assert guest.step == "dowoz"
    guest.say(wants="yes", people="2", street="ul. Leśna 5", city="Psarskie", note="zielona brama")
    check = words(guest.look())
    for fact in ("Jan Nowak, 76 years old", "a lift", "For 2 people, from: ul. Leśna 5, Psarskie"):
        assert fact in check
    assert "Book 2 places" in check
    guest.say()
    with bind(srem):
        booking = guest.draft.booking
        assert booking is not None
        first, second = booking.participations.order_by("ordinal")
        assert [need.need for need in AccessNeed.objects.filter(participation=second)] == ["lift"]
        assert [str(one.person) for one in Consent.objects.filter(purpose="needs")] == ["Jan Nowak"]
        assert booking.booker == first.person
        assert booking.booker.email == "halina@example.pl"
        assert (first.age, second.age) == (74, 76)
        assert booking.transport.street == "ul. Leśna 5"
        assert booking.note == "Przyjdziemy z psem"
    done = words(guest.look())
    assert "The office answers about transport." in done


def test_somebody_books_for_others(srem: Tenant, guest: Booker) -> None:
    guest.start()
    guest.say(who="others", without_me="1")
    assert "Who is coming?" in words(guest.look())
    guest.say(**HALINA)
    assert guest.step == "ty"
    guest.say(first_name="Anna", last_name="Kowalska")
    guest.say(channel="letter", street="Długa 1", postcode="63100", city="Śrem")
    guest.say()
    check = words(guest.look())
    assert "Anna Kowalska" in check
    assert "By letter to Długa 1, 63-100 Śrem" in check
    guest.say()
    with bind(srem):
        booking = Booking.objects.get()
        assert str(booking.booker) == "Anna Kowalska"
        assert [str(one.person) for one in booking.participations.all()] == ["Halina Nowak"]


def test_an_organisation_is_shown_only_what_they_agree_to(
    srem: Tenant, as_site: type[SiteClient], activity: Activity
) -> None:
    with bind(srem):
        Activity.objects.update(organisation=Organisation.objects.get())
    guest = Booker(as_site(srem), activity)
    guest.start()
    guest.say(who="me")
    guest.say(**HALINA)
    guest.say(**BY_SMS)
    assert guest.step == "organizator"
    assert "Koło Gospodyń runs this activity." in words(guest.look())
    guest.say(shows_names="on")
    guest.go_on()
    assert "the names" in words(guest.look())
    guest.say()
    with bind(srem):
        booking = Booking.objects.get()
        assert (booking.shows_names, booking.shows_contact) == (True, False)


def test_answers_are_corrected_without_answering_the_rest_again(guest: Booker) -> None:
    guest.start()
    guest.up_to_check()
    for step in ("osoby", "osoba-1", "kontakt", "potrzeby"):
        assert guest.url(step) in guest.look("sprawdz").content.decode()
    assert 'value="Halina"' in guest.look("osoba-1").content.decode()
    guest.say_at("osoba-1", first_name="Helena", last_name="Nowak")
    assert guest.step == "sprawdz"
    assert "Helena Nowak" in words(guest.look())
    # One more comes: only they are asked about, and what they need.
    guest.say_at("osoby", who="me_and_others", with_me="2")
    assert guest.step == "osoba-2"
    guest.say(**JAN)
    assert guest.step == "potrzeby"
    guest.say(needs_1=["lift"], needs_2=["large_print"], agrees="on")
    assert "Book 2 places" in words(guest.look())
    guest.say_at("osoby", who="me")
    check = words(guest.look("sprawdz"))
    assert "Book 1 place" in check
    assert "a lift" in check
    assert "large print" not in check
    assert "Jan" not in check


def test_another_date_keeps_the_answers(srem: Tenant, guest: Booker, session: Session) -> None:
    with bind(srem):
        later = guest.activity.sessions.order_by("starts_at")[1]
    guest.start(session)
    guest.up_to_check()
    first = guest.draft
    guest.say_at("termin", session=str(later.pk))
    assert guest.step == "osoby"
    guest.say(who="me")
    assert guest.step == "sprawdz"
    assert "Halina Nowak" in words(guest.look())
    with bind(srem):
        assert not BookingDraft.objects.filter(pk=first.pk).exists()
        assert (pool_of(session).taken, pool_of(later).taken) == (0, 1)


def test_a_course_is_booked_as_a_whole(srem: Tenant, as_site: type[SiteClient]) -> None:
    with bind(srem):
        course = make_activity("Szydełko", kind="course", capacity=5)
        for days in (5, 12, 19):
            make_session(course, starts_at=in_days(days))
    guest = Booker(as_site(srem), course)
    page = words(guest.client.get(start_page(course)))
    assert "This is the first of 3 meetings. You book all of them together." in page
    booking = guest.book()
    with bind(srem):
        pool = CapacityPool.objects.get(course=course)
        assert (booking.pool, pool.taken) == (pool, 1)
    assert guest.client.get(guest.url("termin.ics").rstrip("/")).content.count(b"BEGIN:VEVENT") == 3


def test_wheelchair_places_are_offered_where_there_are_some(
    srem: Tenant, guest: Booker, session: Session
) -> None:
    guest.start(session)
    assert "wheelchair" not in words(guest.look())
    with bind(srem):
        aside = CapacityPool.objects.create(main=pool_of(session), purpose="wheelchair", capacity=1)
    assert "1 place is kept for people in wheelchairs." in words(guest.look())
    guest.up_to_check(who="me_and_others", with_me="2", wheelchair="on")
    assert "one of them in a wheelchair" in words(guest.look())
    guest.say()
    with bind(srem):
        aside.refresh_from_db()
        assert (aside.taken, pool_of(session).taken) == (1, 1)


def test_a_place_kept_for_a_wheelchair_can_be_had_when_all_others_are_taken(
    srem: Tenant, as_site: type[SiteClient], guest: Booker, session: Session
) -> None:
    with bind(srem):
        aside = CapacityPool.objects.create(main=pool_of(session), purpose="wheelchair", capacity=1)
    resize(srem, session, 1)
    Booker(as_site(srem), guest.activity).book(session)
    guest.start(session)
    page = words(guest.look())
    assert "All places are taken now." in page
    assert "1 place is kept for people in wheelchairs." in page
    guest.up_to_check(who="me", wheelchair="on", waits="1")
    guest.say()
    assert guest.step == "gotowe"
    with bind(srem):
        aside.refresh_from_db()
        assert aside.taken == 1
        assert not guest.draft.is_for_waiting_list
    late = Booker(as_site(srem), guest.activity)
    late.start(session)
    assert "kept for people in wheelchairs" not in words(late.look())
    resize(srem, session, 2)
    assert "The places kept for people in wheelchairs are taken." in words(late.look())


def test_a_weekly_activity_shows_the_next_dates_first(srem: Tenant, guest: Booker) -> None:
    with bind(srem):
        for days in range(20, 34):
            make_session(guest.activity, starts_at=in_days(days))
        last = guest.activity.sessions.order_by("starts_at")[15]
    page = guest.client.get(start_page(guest.activity))
    assert page.content.decode().count('type="radio"') == 10
    assert "Show 6 more dates" in words(page)
    chosen = guest.client.get(f"{start_page(guest.activity)}?termin={last.pk}").content.decode()
    assert chosen.count('type="radio"') == 11
    assert re.search(rf'value="{last.pk}"[^>]* checked', chosen)
    every = guest.client.get(f"{start_page(guest.activity)}?wszystkie=1")
    assert every.content.decode().count('type="radio"') == 16


def test_residents_only_is_said_before_anything_is_asked(srem: Tenant, guest: Booker) -> None:
    with bind(srem):
        Activity.objects.update(residents_only=True)
    page = words(guest.client.get(start_page(guest.activity)))
    assert "Residents of the gmina only" in page
    assert "We ask for no papers." in page


def test_the_whole_booking_is_cancelled_from_the_same_browser(
    srem: Tenant, guest: Booker, session: Session
) -> None:
    guest.book(session)
    asks = guest.look("odwolaj")
    assert "Cancel this booking?" in words(asks)
    assert taken(srem, session) == 1
    for _twice in range(2):
        response = guest.client.post(guest.url("odwolaj"))
        assert response.headers["Location"] == guest.at
    with bind(srem):
        assert pool_of(session).taken == 0
        assert Person.objects.filter(last_name="Nowak").count() == 1
    done = guest.look()
    assert "You have given the places back" in words(done)
    assert title(done).startswith("Given back: Smartfon bez strachu")
