"""The page behind the link: to look at it changes nothing, its forms change what they say."""

from django.utils import timezone

from events.models import (
    AccessNeed,
    Activity,
    Booking,
    CapacityPool,
    Participation,
    Session,
    TransportRequest,
)
from portal.accounts.models import Organisation
from tenants.binding import bind
from tenants.models import Tenant
from tests.conftest import SiteClient
from tests.events.flow.booker import Booker, link, taken, told, words
from tests.events.making import in_days, make_session


def test_the_link_shows_everything_and_changes_nothing(
    srem: Tenant, holder: SiteClient, booking: Booking, session: Session
) -> None:
    address = link(srem, booking)
    page = words(holder.get(address))
    for fact in ("Smartfon bez strachu", booking.readable_code, "Halina Nowak", "Jan Nowak"):
        assert fact in page
    for below in ("anuluj", "zmien/potrzeby", "zmien/uwagi", "zmien/termin"):
        assert holder.get(f"{address}{below}/").status_code == 200
    for below in ("przyjmij", "potwierdz", "opusc"):
        assert holder.get(f"{address}{below}/").headers["Location"] == address
    assert holder.head(address).status_code == 200
    assert taken(srem, session) == 2
    with bind(srem):
        assert set(Participation.objects.values_list("status", flat=True)) == {"confirmed"}
    response = holder.get(address)
    assert "no-store" in response.headers["Cache-Control"]
    assert response.headers["Referrer-Policy"] == "same-origin"
    assert 'content="noindex"' in response.content.decode()


def test_one_of_two_does_not_come(
    srem: Tenant, holder: SiteClient, activity: Activity, booking: Booking, session: Session
) -> None:
    with bind(srem):
        jan = booking.participations.get(person__first_name="Jan")
    address = link(srem, booking, "anuluj", str(jan.pk))
    asks = words(holder.get(address))
    assert "Is Jan Nowak not coming?" in asks
    assert "Still comes Halina Nowak" in asks
    assert taken(srem, session) == 2
    done = holder.post(address, follow=True)
    assert "Thank you for telling us." in words(done)
    assert taken(srem, session) == 1
    # Once more is harmless.
    assert holder.post(address).status_code == 302
    assert taken(srem, session) == 1
    another = Booker(holder, activity).book(session)
    with bind(srem):
        somebody = another.participations.get()
    other = link(srem, booking, "anuluj", str(somebody.pk))
    assert holder.post(other).status_code == 404


def test_the_whole_booking_is_cancelled(
    srem: Tenant, holder: SiteClient, booking: Booking, session: Session
) -> None:
    address = link(srem, booking, "anuluj")
    assert "Cancel the whole booking?" in words(holder.get(address))
    page = words(holder.post(address, follow=True))
    assert "The free places go to whoever is first on the waiting list." in page
    assert "You have given the places back" in page
    assert "Look at other dates" in page
    assert taken(srem, session) == 0
    assert holder.post(address).status_code == 302


def test_too_late_to_cancel_on_the_site(
    srem: Tenant, holder: SiteClient, guest: Booker, booking: Booking, session: Session
) -> None:
    with bind(srem):
        Activity.objects.update(cancel_hours_before=24 * 30)
    sentence = "The time to give the place back on the site has passed."
    for response in (
        holder.get(link(srem, booking, "anuluj")),
        holder.post(link(srem, booking, "anuluj")),
        guest.look("odwolaj"),
        guest.client.post(guest.url("odwolaj")),
    ):
        told(response, 403, "CancellationNotPermitted", sentence)
    page = words(holder.get(link(srem, booking)))
    assert sentence in page
    assert "Cancel the whole booking" not in page
    assert taken(srem, session) == 2


def test_needs_note_and_transport_are_changed(
    srem: Tenant, holder: SiteClient, booking: Booking
) -> None:
    with bind(srem):
        Activity.objects.update(offers_transport=True)
    needs = link(srem, booking, "zmien", "potrzeby")
    assert holder.post(needs, {"needs_2": ["lift"]}).status_code == 422
    holder.post(needs, {"needs_2": ["lift"], "agrees": "on"})
    page = words(holder.get(link(srem, booking)))
    assert "a lift" in page
    assert "checked" in holder.get(needs).content.decode()
    holder.post(needs, {})
    holder.post(link(srem, booking, "zmien", "uwagi"), {"note": "Wejdziemy od podwórka"})
    transport = link(srem, booking, "zmien", "dowoz")
    assert holder.post(transport, {"wants": "yes"}).status_code == 422
    lift = {"wants": "yes", "people": "1", "street": "Leśna 5", "city": "Psarskie"}
    page = words(holder.post(transport, lift, follow=True))
    assert "Saved." in page
    assert "For 1 person, from: Leśna 5, Psarskie" in page
    assert "Wejdziemy od podwórka" in page
    with bind(srem):
        assert not AccessNeed.objects.exists()
        assert TransportRequest.objects.get().people == 1
    assert 'value="Leśna 5"' in holder.get(transport).content.decode()
    holder.post(transport, {"wants": "no"})
    with bind(srem):
        assert not TransportRequest.objects.exists()


def test_sharing_is_changed_where_an_organisation_runs_it(
    srem: Tenant, holder: SiteClient, booking: Booking
) -> None:
    sharing = link(srem, booking, "zmien", "organizator")
    assert holder.get(sharing).status_code == 404
    with bind(srem):
        Activity.objects.update(organisation=Organisation.objects.get())
    assert "Koło Gospodyń" in words(holder.get(sharing))
    page = words(holder.post(sharing, {"shows_contact": "on"}, follow=True))
    assert "how to reach you" in page
    with bind(srem):
        booking.refresh_from_db()
        assert (booking.shows_names, booking.shows_contact) == (False, True)


def test_another_date_is_taken_before_the_first_is_given_back(
    srem: Tenant, holder: SiteClient, booking: Booking, session: Session
) -> None:
    with bind(srem):
        later = booking.draft.activity.sessions.order_by("starts_at")[1]
        small = make_session(booking.draft.activity, starts_at=in_days(24), capacity=1)
    address = link(srem, booking, "zmien", "termin")
    page = holder.get(address)
    assert "room for all 2 of you" in words(page)
    assert str(later.pk) in page.content.decode()
    assert str(small.pk) not in page.content.decode()
    assert holder.post(address, {"session": str(small.pk)}).status_code == 422
    done = words(holder.post(address, {"session": str(later.pk)}, follow=True))
    assert "You have changed the date." in done
    assert (taken(srem, session), taken(srem, later)) == (0, 2)


def test_no_other_date_has_room(srem: Tenant, holder: SiteClient, booking: Booking) -> None:
    with bind(srem):
        CapacityPool.objects.filter(taken=0).update(capacity=1)
    page = words(holder.get(link(srem, booking, "zmien", "termin")))
    assert "No other date has room for all of you now." in page
    assert "Change the date" not in page


def test_holder_learns_that_somebody_is_on_the_other_list(
    srem: Tenant, holder: SiteClient, guest: Booker, booking: Booking
) -> None:
    with bind(srem):
        later = guest.activity.sessions.order_by("starts_at")[1]
    guest.book(later)
    response = holder.post(link(srem, booking, "zmien", "termin"), {"session": str(later.pk)})
    said = told(response, 409, "already_booked", "Already on this list: Halina Nowak.")
    assert "Show my booking" in said


def test_a_booking_is_confirmed_by_a_button(
    srem: Tenant, holder: SiteClient, guest: Booker
) -> None:
    with bind(srem):
        Activity.objects.update(must_confirm=True)
    booking = guest.book()
    assert "Almost done: confirm the booking" in words(guest.look())
    page = words(holder.get(link(srem, booking)))
    assert "Please confirm the booking" in page
    with bind(srem):
        assert booking.participations.get().status == "unverified"
    for _twice in range(2):
        done = holder.post(link(srem, booking, "potwierdz"), follow=True)
        assert "Thank you, your booking is confirmed." in words(done)
    with bind(srem):
        assert booking.participations.get().status == "confirmed"


def test_the_office_confirms(srem: Tenant, holder: SiteClient, guest: Booker) -> None:
    with bind(srem):
        Activity.objects.update(needs_approval=True)
    booking = guest.book()
    assert "The office looks at the booking" in words(guest.look())
    assert "The office will confirm the booking" in words(holder.get(link(srem, booking)))


def test_the_organiser_has_cancelled(
    srem: Tenant, holder: SiteClient, guest: Booker, booking: Booking
) -> None:
    with bind(srem):
        Session.objects.update(
            status="cancelled", cancelled_at=timezone.now(), note="Prowadząca choruje."
        )
    page = words(holder.get(link(srem, booking)))
    assert "This has been cancelled" in page
    assert "Prowadząca choruje." in page
    assert "Cancel the whole booking" not in page
    assert "This has been cancelled" in words(guest.look())


def test_slip_and_calendar(srem: Tenant, holder: SiteClient, booking: Booking) -> None:
    address = link(srem, booking)
    assert holder.get(f"{address}kartka.pdf").content.startswith(b"%PDF-")
    assert b"BEGIN:VEVENT" in holder.get(f"{address}termin.ics").content
