"""Every refusal of the form: its code, its status, its sentence, and the way on."""

from django.utils import timezone

from events.models import Activity, Session, WaitlistEntry
from portal.places.models import Contact, ContactPhone
from tenants.binding import bind
from tenants.models import Tenant
from tests.conftest import SiteClient
from tests.events.flow.booker import (
    HALINA,
    Booker,
    code,
    resize,
    start_page,
    taken,
    title,
    told,
    words,
)


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
    done = words(guest.look())
    assert "You are on the waiting list" in done
    # Whoever has no place yet would come for nothing.
    assert "Add to my calendar" not in done
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
    assert "Wait together for 3 places" in said
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
