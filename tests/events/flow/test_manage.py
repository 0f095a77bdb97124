"""The page behind the link: to look at it changes nothing, its forms change what they say."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from events import capacity
from events.actions.leave_waiting_list import leave_waiting_list
from events.links import new_link_version
from events.models import (
    AccessNeed,
    Activity,
    Booking,
    CapacityPool,
    Offer,
    Participation,
    Session,
    TransportRequest,
    WaitlistEntry,
)
from portal.accounts.models import Organisation
from portal.notifications.models import Delivery
from tenants.binding import bind
from tenants.models import Tenant
from tests.conftest import SiteClient
from tests.events.flow.booker import Booker, code, link, pool_of, resize, taken, title, words
from tests.events.making import in_days, make_activity, make_session


@pytest.fixture
def holder(srem: Tenant, as_site: type[SiteClient]) -> SiteClient:
    """Whoever opened the message, in a browser that knows nothing else."""
    return as_site(srem)


@pytest.fixture
def booking(guest: Booker, session: Session) -> Booking:
    """Halina's and Jan's."""
    return guest.book(session, who="me_and_others", with_me="2")


def told(response: Any, status: int, refusal: str, sentence: str) -> str:
    assert (response.status_code, code(response)) == (status, refusal)
    said = words(response)
    assert sentence in said
    return said


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


# The waiting list


@pytest.fixture
def waiting(
    srem: Tenant,
    as_site: type[SiteClient],
    activity: Activity,
    booking: Booking,
    session: Session,
) -> Booking:
    """Another Halina, behind the two who have all the places."""
    resize(srem, session, 2)
    return Booker(as_site(srem), activity).book(session, waits="1")


def test_whoever_waits_sees_their_place_in_line_and_leaves(
    srem: Tenant, holder: SiteClient, waiting: Booking
) -> None:
    page = words(holder.get(link(srem, waiting)))
    assert "You are on the waiting list" in page
    assert "Your place in line 1" in page
    leave = link(srem, waiting, "opusc")
    assert "you are last in line" in words(holder.get(leave))
    done = words(holder.post(leave, follow=True))
    assert "You are no longer on the waiting list." in done
    with bind(srem):
        assert WaitlistEntry.objects.get().state == "left"
    assert holder.post(leave).status_code == 302


def test_an_offer_is_accepted(
    srem: Tenant, holder: SiteClient, booking: Booking, waiting: Booking, session: Session
) -> None:
    told(
        holder.post(link(srem, waiting, "przyjmij")), 410, "offer_expired",
        "The time to answer has passed and the place went to the next person in line.",
    )  # fmt: skip
    holder.post(link(srem, booking, "anuluj"))
    page = words(holder.get(link(srem, waiting)))
    assert "There is room for you" in page
    assert "1 place is kept for you" in page
    assert "Yes, I take the place" in page
    for _twice in range(2):
        done = holder.post(link(srem, waiting, "przyjmij"), follow=True)
        assert "The places are yours." in words(done)
    assert taken(srem, session) == 1
    with bind(srem):
        assert waiting.participations.get().status == "confirmed"


def test_an_offer_is_declined_after_being_asked(
    srem: Tenant, holder: SiteClient, booking: Booking, waiting: Booking, session: Session
) -> None:
    holder.post(link(srem, booking, "anuluj"))
    decline = link(srem, waiting, "odrzuc")
    assert "It goes to the next person in line at once" in words(holder.get(decline))
    assert taken(srem, session) == 1
    holder.post(decline)
    assert taken(srem, session) == 0
    told(holder.get(decline), 410, "offer_expired", "The time to answer has passed")


def test_an_offer_that_is_over(
    srem: Tenant, holder: SiteClient, booking: Booking, waiting: Booking
) -> None:
    holder.post(link(srem, booking, "anuluj"))
    with bind(srem):
        Offer.objects.update(expires_at=timezone.now() - timedelta(minutes=1))
    said = told(
        holder.post(link(srem, waiting, "przyjmij")), 410, "offer_expired",
        "The time to answer has passed and the place went to the next person in line.",
    )  # fmt: skip
    assert "Join the waiting list again" in said
    assert "Send me a new link" in said
    assert "The place has passed on to others" in words(holder.get(link(srem, waiting)))


def test_an_offer_at_a_time_when_they_are_elsewhere(
    srem: Tenant, holder: SiteClient, booking: Booking, waiting: Booking
) -> None:
    with bind(srem):
        other = make_activity("Szydełko")
        elsewhere = make_session(other, starts_at=in_days(10))
        pool = pool_of(elsewhere)
        Participation.objects.create(
            booking=booking, person=waiting.booker, pool=pool, place=pool, status="confirmed",
            ordinal=5,
        )  # fmt: skip
        capacity.take(pool.pk, 1)
        for one in booking.participations.filter(pool=booking.pool):
            holder.post(link(srem, booking, "anuluj", str(one.pk)))
    page = holder.get(link(srem, waiting))
    assert code(page) == "OpportunityIsInConflict"
    assert "You already have Szydełko at that time." in words(page)


# To be confirmed


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


# Links


def test_a_link_that_is_over_offers_a_new_one(
    srem: Tenant, kety: Tenant, as_site: type[SiteClient], holder: SiteClient, booking: Booking
) -> None:
    old = link(srem, booking)
    with bind(srem):
        new_link_version(booking)
    for client, address in (
        (holder, old),
        (holder, f"{old}anuluj/"),
        (holder, "/en/wydarzenia/zgloszenie/ABCDEF/abcdefghijklmnop/"),
        (as_site(kety), link(srem, booking)),
    ):
        response = client.get(address)
        said = told(response, 410, "link_expired", "This link is no longer valid.")
        assert "Send me a new link" in said
        assert "Halina" not in said
    assert holder.get(link(srem, booking)).status_code == 200


@pytest.mark.parametrize("wanted", ["code", "600 200", "nobody@example.pl", "ABCDEF"])
def test_a_new_link_is_sent_and_the_answer_is_always_the_same(
    wanted: str, srem: Tenant, holder: SiteClient, guest: Booker, booking: Booking
) -> None:
    typed = {"code": booking.readable_code.lower(), "600 200": guest.phone}.get(wanted, wanted)
    response = holder.post("/en/wydarzenia/link/", {"wanted": typed})
    assert response.headers["Location"] == "/en/wydarzenia/link/?wyslane=1"
    page = holder.get(response.headers["Location"])
    assert "If we know such a booking, a new link to it is on its way" in words(page)
    with bind(srem):
        sent = Delivery.objects.filter(message__kind="events/link")
        known = wanted in {"code", "600 200"}
        assert [str(one.person) for one in sent] == (["Halina Nowak"] if known else [])
        before = booking.link_version
        booking.refresh_from_db()
        assert booking.link_version == before + known


def test_new_links_are_not_asked_for_without_end(
    srem: Tenant, holder: SiteClient, booking: Booking
) -> None:
    answers = [
        holder.post("/en/wydarzenia/link/", {"wanted": booking.code}).status_code
        for _try in range(11)
    ]
    assert answers == [302] * 10 + [429]
    with bind(srem):
        assert Delivery.objects.filter(message__kind="events/link").count() == 5
    empty = holder.post("/en/wydarzenia/link/", {"wanted": ""})
    assert empty.status_code == 422
    assert title(empty).startswith("Error:")


def test_a_party_that_left_the_line_sees_so(
    srem: Tenant, holder: SiteClient, waiting: Booking
) -> None:
    with bind(srem):
        leave_waiting_list(entry=WaitlistEntry.objects.get(), acting_user=None)
    page = words(holder.get(link(srem, waiting)))
    assert "You can book again whenever there are places." in page
    for below in ("zmien/potrzeby", "zmien/uwagi", "zmien/termin", "anuluj"):
        assert holder.get(f"{link(srem, waiting)}{below}/").status_code == 302


def test_slip_and_calendar(srem: Tenant, holder: SiteClient, booking: Booking) -> None:
    address = link(srem, booking)
    assert holder.get(f"{address}kartka.pdf").content.startswith(b"%PDF-")
    assert b"BEGIN:VEVENT" in holder.get(f"{address}termin.ics").content
