"""Every refusal of the form: its code, its status, its sentence, and the way on."""

from datetime import timedelta
from threading import Event, Thread
from typing import Any

import pytest
from django.db import connection, transaction
from django.utils import timezone

from events import busy
from events.models import Activity, Booking, BookingDraft, CapacityPool, Session, WaitlistEntry
from events.views.booking import limits
from portal.accounts.limits import take
from portal.places.models import Contact, ContactPhone
from tenants.binding import bind
from tenants.models import Tenant
from tests.conftest import SiteClient
from tests.events.flow.booker import (
    BY_SMS,
    HALINA,
    Booker,
    code,
    resize,
    start_page,
    taken,
    title,
    words,
)
from tests.events.making import in_days, make_activity, make_session


def told(response: Any, status: int, refusal: str, sentence: str) -> str:
    assert (response.status_code, code(response)) == (status, refusal)
    said = words(response)
    assert sentence in said
    assert title(response).startswith("Error:")
    return said


def test_full_leads_to_the_waiting_list(
    srem: Tenant, as_site: type[SiteClient], guest: Booker, session: Session
) -> None:
    resize(srem, session, 1)
    guest.start(session)
    Booker(as_site(srem), guest.activity).book(session)
    said = told(
        guest.say(who="me"), 409, "OpportunityIsFull",
        "No places are left. You can join the waiting list.",
    )  # fmt: skip
    assert "Choose another date" in said
    guest.say_at("czekaj", who="me")
    assert guest.step == "osoba-1"
    guest.go_on()
    assert "Join the waiting list" in words(guest.look())
    guest.say()
    assert "You are on the waiting list" in words(guest.look())
    with bind(srem):
        assert WaitlistEntry.objects.get().size == 1


def test_whoever_was_told_before_is_not_refused_first(
    srem: Tenant, as_site: type[SiteClient], guest: Booker, session: Session
) -> None:
    resize(srem, session, 1)
    Booker(as_site(srem), guest.activity).book(session)
    assert "No places left: waiting list" in words(guest.client.get(start_page(guest.activity)))
    guest.start(session)
    page = guest.look()
    assert "All places are taken now." in words(page)
    assert 'name="waits" value="1"' in page.content.decode()
    guest.up_to_check(waits="1")
    assert "You are joining the waiting list." in words(guest.look())
    guest.say()
    assert "you are last in line" in words(guest.look("odwolaj"))


def test_a_full_waiting_list_ends_it(
    srem: Tenant, as_site: type[SiteClient], guest: Booker, session: Session
) -> None:
    resize(srem, session, 1, waitlist_limit=0)
    guest.start(session)
    Booker(as_site(srem), guest.activity).book(session)
    sentence = "No places are left, and the waiting list is full too."
    said = told(guest.say(who="me"), 409, "OpportunityIsFull", sentence)
    assert "Join the waiting list" not in said
    assert "Choose another date" in said
    told(guest.say_at("czekaj", who="me"), 409, "OpportunityIsFull", sentence)


def test_too_few_places_for_a_party(srem: Tenant, guest: Booker, session: Session) -> None:
    resize(srem, session, 2)
    guest.start(session)
    response = guest.say(who="me_and_others", with_me="3")
    said = told(
        response, 409, "HasInsufficientCapacity",
        "Places left: 2. People in your booking: 3.",
    )  # fmt: skip
    assert "Book for 2 people" in said
    assert "Join the waiting list" in said
    # What was typed goes along with the button.
    assert '<input type="hidden" name="with_me" value="3">' in response.content.decode()
    guest.say_at("czekaj", who="me_and_others", with_me="3")
    guest.go_on()
    assert "You wait until there is room for all of you." in words(guest.look())
    guest.say()
    with bind(srem):
        entry = WaitlistEntry.objects.get()
        assert entry.size == 3
    assert taken(srem, session) == 0


def test_a_place_offered_to_somebody_is_not_free(
    srem: Tenant, as_site: type[SiteClient], guest: Booker, session: Session
) -> None:
    resize(srem, session, 1)
    first, second = (Booker(as_site(srem), guest.activity) for _ in range(2))
    first.book(session)
    second.start(session)
    second.up_to_check(waits="1")
    second.say()
    guest.start(session)
    first.client.post(first.url("odwolaj"))
    said = told(
        guest.say(who="me"), 409, "CapacityIsReservedByLease",
        "The free place is waiting for somebody from the waiting list.",
    )  # fmt: skip
    assert "Join the waiting list" in said


AGES = [
    ("7", "You wrote the age 7. The activity is for people aged 60 to 99.", "age_not_allowed"),
    ("740", "Check the age: it is a number from 0 to 120.", ""),
    ("-3", "Check the age: it is a number from 0 to 120.", ""),
    ("74 lata", "Write the age as a number, for example 74.", ""),
    ("", "Write the age in years.", ""),
]


def test_an_age_that_cannot_be(srem: Tenant, guest: Booker) -> None:
    with bind(srem):
        Activity.objects.update(age_min=60, age_max=99)
    guest.start()
    guest.say(who="me")
    for age, sentence, refusal in AGES:
        response = guest.say(**HALINA, age=age)
        assert words(response).count(sentence) == 2  # above the form and at the field
        assert (response.status_code, code(response)) == (422, refusal)
        assert title(response).startswith("Error: What is your name?")
        assert 'value="Halina"' in response.content.decode()


def test_ages_are_looked_at_again_when_the_form_is_sent(srem: Tenant, guest: Booker) -> None:
    with bind(srem):
        Activity.objects.update(age_min=60)
    guest.start()
    guest.up_to_check()
    with bind(srem):
        Activity.objects.update(age_min=75)
    guest.say()
    assert guest.step == "osoba-1"


def test_booking_has_not_begun(srem: Tenant, guest: Booker) -> None:
    with bind(srem):
        Activity.objects.update(opens_days_before=2)
    for response in (
        guest.client.get(start_page(guest.activity)),
        guest.client.post(start_page(guest.activity), {"session": "x"}),
    ):
        said = told(response, 403, "not_open", "Booking opens on")
        assert "8:00" in said
        assert "Smartfon bez strachu" in said


def test_booking_has_ended(srem: Tenant, guest: Booker) -> None:
    with bind(srem):
        contact = Contact.objects.create(role="Organizator")
        ContactPhone.objects.create(contact=contact, number="61 283 01 22")
        Activity.objects.update(closes_hours_before=24 * 30, contact=contact)
    response = guest.client.get(start_page(guest.activity))
    told(response, 403, "closed", "Booking on the site has ended. Call: 61 283 01 22.")


def test_a_form_begun_in_time_is_refused_when_booking_ends_before_places_are_taken(
    srem: Tenant, guest: Booker
) -> None:
    guest.start()
    with bind(srem):
        Activity.objects.update(closes_hours_before=24 * 30)
    told(guest.say(who="me"), 403, "closed", "Booking on the site has ended.")


def test_a_date_that_is_gone_is_said_beside_those_that_are_not(
    srem: Tenant, guest: Booker, session: Session
) -> None:
    resize(srem, session, 0, waitlist_limit=0)
    page = guest.client.get(f"{start_page(guest.activity)}?termin={session.pk}")
    assert page.status_code == 200
    assert code(page) == "OpportunityIsFull"
    assert "The date you chose cannot be booked here." in words(page)
    response = guest.start(session)
    assert response.status_code == 422
    assert "This date is no longer free. Choose another one." in words(response)


def test_cancelled_meanwhile(srem: Tenant, guest: Booker) -> None:
    guest.start()
    guest.up_to_check()
    with bind(srem):
        Session.objects.update(status="cancelled", cancelled_at=timezone.now())
    told(guest.say(), 409, "not_taking_place", "This activity does not take place")


def test_nothing_to_book_leads_to_the_activity(srem: Tenant, guest: Booker) -> None:
    page = f"/en/wydarzenia/{guest.activity.slug}/"
    with bind(srem):
        Activity.objects.update(takes_bookings=False)
    assert guest.client.get(start_page(guest.activity)).headers["Location"] == page
    with bind(srem):
        Activity.objects.update(status="withdrawn")
    assert guest.client.get(start_page(guest.activity)).status_code == 404


def lapse(tenant: Tenant, booker: Booker) -> None:
    with bind(tenant):
        BookingDraft.objects.filter(pk=booker.draft.pk).update(
            held_until=timezone.now() - timedelta(seconds=1)
        )


def test_a_slow_form_still_books_while_there_is_room(srem: Tenant, guest: Booker) -> None:
    guest.start()
    guest.up_to_check()
    lapse(srem, guest)
    page = words(guest.look())
    assert "The time for which we kept the places has passed." in page
    assert "Keep the places again" in page
    guest.say()
    assert guest.step == "gotowe"


def test_a_slow_form_whose_places_are_gone(
    srem: Tenant, as_site: type[SiteClient], guest: Booker, session: Session
) -> None:
    resize(srem, session, 1)
    guest.start(session)
    guest.up_to_check()
    lapse(srem, guest)
    Booker(as_site(srem), guest.activity).book(session)
    said = told(
        guest.say(), 409, "hold_expired",
        "The time for which we kept the places has passed, and somebody else has taken them.",
    )  # fmt: skip
    assert "Join the waiting list" in said
    # The answers are kept: one button, and only the check is left.
    guest.say_at("czekaj", who="me")
    assert guest.step == "sprawdz"
    assert "Halina Nowak" in words(guest.look())


def test_places_are_kept_longer_once(srem: Tenant, guest: Booker) -> None:
    guest.start()
    guest.say(who="me")
    until = guest.draft.held_until
    assert until is not None
    guest.say_at("dluzej", krok="osoba-1")
    assert guest.step == "osoba-1"
    assert guest.draft.held_until == until + timedelta(minutes=15)
    assert "Keep them 15 minutes longer" not in words(guest.look())
    told(guest.say_at("dluzej"), 409, "already_extended", "The time was extended already.")
    lapse(srem, guest)
    guest.say_at("trzymaj", krok="osoba-1")
    assert guest.draft.held_until > timezone.now()
    # Who comes back to such an address by hand is led on, and nothing changes.
    until = guest.draft.held_until
    assert guest.client.get(guest.url("trzymaj")).headers["Location"] == guest.at
    assert guest.client.get(guest.url("dluzej")).headers["Location"] == guest.at
    assert guest.draft.held_until == until


def test_places_are_let_go(srem: Tenant, guest: Booker, session: Session) -> None:
    guest.start(session)
    guest.say(who="me")
    assert "Let the places go?" in words(guest.look("pusc"))
    guest.say_at("pusc")
    assert guest.at == f"/en/wydarzenia/{guest.activity.slug}/"
    assert taken(srem, session) == 0
    with bind(srem):
        assert not BookingDraft.objects.exists()


def test_one_browser_keeps_two_sets_of_places(srem: Tenant, as_site: type[SiteClient]) -> None:
    client = as_site(srem)
    with bind(srem):
        activities = [make_activity(f"Zajęcia {number}") for number in (1, 2, 3)]
        for activity in activities:
            make_session(activity)
    forms = [Booker(client, activity) for activity in activities]
    for form in forms[:2]:
        form.start()
        form.say(who="me")
    forms[2].start()
    response = forms[2].say(who="me")
    said = told(
        response, 409, "too_many_holds",
        "You are already filling in two bookings. Finish one of them, or let it go.",
    )  # fmt: skip
    assert "Finish the booking for “Zajęcia 1”" in said
    assert forms[1].url("pusc") in response.content.decode()
    forms[1].say_at("pusc")
    assert forms[2].say(who="me").status_code == 302


def test_somebody_who_goes_from_date_to_date_is_not_stopped(srem: Tenant, guest: Booker) -> None:
    """Back, another date, next: as often as it takes, with the answers kept."""
    with bind(srem):
        make_session(guest.activity, starts_at=in_days(24))
        dates = list(guest.activity.sessions.order_by("starts_at"))
    guest.start(dates[0])
    guest.up_to_check()
    for date in dates[1:]:
        guest.start(date)
        assert guest.say(who="me").status_code == 302
        assert guest.step == "sprawdz"
    with bind(srem):
        assert BookingDraft.objects.count() == 2


def test_busy_keeps_the_answers(
    own_database: str, monkeypatch: pytest.MonkeyPatch, as_site: type[SiteClient]
) -> None:
    """Another connection keeps the pool locked for longer than anybody wants to wait."""
    monkeypatch.setattr(busy, "LONGEST_WAIT", "60ms")
    srem = Tenant.objects.get(domains__domain="srem.localhost")
    with bind(srem):
        session = make_session()
    guest = Booker(as_site(srem), session.activity)
    guest.start(session)
    with keeping_locked(srem, session):
        response = guest.say(who="me_and_others", with_me="2")
    said = told(
        response, 503, "busy",
        "Many people are booking just now. Your answers are kept. Try again in a moment.",
    )  # fmt: skip
    assert int(response.headers["Retry-After"]) > 0
    assert "Try again" in said
    assert '<input type="hidden" name="with_me" value="2">' in response.content.decode()
    assert guest.say(who="me_and_others", with_me="2").status_code == 302


class keeping_locked:  # noqa: N801 (reads as what it does)
    def __init__(self, tenant: Tenant, session: Session) -> None:
        self.tenant, self.session = tenant, session
        self.is_locked, self.may_end = Event(), Event()
        self.thread = Thread(target=self._lock)

    def _lock(self) -> None:
        try:
            with bind(self.tenant), transaction.atomic():
                CapacityPool.objects.select_for_update().get(session=self.session)
                self.is_locked.set()
                self.may_end.wait(20)
        finally:
            connection.close()

    def __enter__(self) -> None:
        self.thread.start()
        assert self.is_locked.wait(20)

    def __exit__(self, *_error: object) -> None:
        self.may_end.set()
        self.thread.join()


def test_too_many_forms_from_one_address(
    srem: Tenant, guest: Booker, resident: Booker, session: Session
) -> None:
    with bind(srem):
        for _form in range(60):
            take(limits._FORMS_OF_A_CLIENT, "127.0.0.1")
    response = guest.start(session)
    assert response.status_code == 429
    assert 0 < int(response.headers["Retry-After"]) <= 900
    assert "There were too many forms one after another." in words(response)
    # Who is logged in is known.
    assert resident.start(session).status_code == 302


def test_too_many_messages_to_one_number(srem: Tenant, guest: Booker) -> None:
    guest.start()
    guest.say(who="me")
    guest.say(**HALINA)
    with bind(srem):
        for _message in range(10):
            take(limits._MESSAGES_TO_AN_ADDRESS, "+48600100200")
    assert guest.say(**BY_SMS).status_code == 429
    guest.say(channel="sms", sms_phone="600 100 201")
    guest.go_on()
    guest.say()
    assert guest.step == "gotowe"


def test_correcting_a_contact_is_no_further_message(srem: Tenant, guest: Booker) -> None:
    guest.start()
    guest.up_to_check()
    for _again in range(12):
        assert guest.say_at("kontakt", **BY_SMS).status_code == 302
    with bind(srem):
        assert not Booking.objects.exists()
