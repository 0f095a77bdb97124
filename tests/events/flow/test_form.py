"""A form belongs to the browser it was begun in, and is sent once."""

from events.clients import cookie_name, digest
from events.models import (
    Booking,
    BookingDraft,
    Session,
)
from portal.notifications.models import Delivery
from tenants.binding import bind
from tenants.models import Tenant
from tests.conftest import SiteClient
from tests.events.flow.booker import (
    Booker,
    start_page,
    words,
)
from tests.jobs import do_due_jobs


def test_browser_back_and_a_second_start_lead_to_the_same_form(
    srem: Tenant, guest: Booker, session: Session
) -> None:
    guest.start(session)
    guest.up_to_check()
    first = guest.draft.pk
    guest.start(session)
    assert guest.draft.pk == first
    assert "checked" in guest.look().content.decode()
    with bind(srem):
        assert BookingDraft.objects.count() == 1


def test_after_the_last_button_nothing_books_again(srem: Tenant, guest: Booker) -> None:
    guest.book()
    done = guest.at
    for step in ("osoby", "osoba-1", "kontakt", "potrzeby", "sprawdz", "termin", "pusc"):
        for response in (guest.look(step), guest.client.post(guest.url(step), {"who": "me"})):
            assert (response.status_code, response.headers.get("Location")) == (302, done), step
    with bind(srem):
        do_due_jobs()
        assert Booking.objects.count() == 1
        assert Delivery.objects.filter(message__kind="events/booked").count() == 1


def test_a_form_belongs_to_its_browser(
    srem: Tenant, kety: Tenant, as_site: type[SiteClient], guest: Booker
) -> None:
    guest.start()
    guest.up_to_check()
    others = [as_site(srem), as_site(kety)]
    other = Booker(as_site(srem), guest.activity)
    other.start()
    for stranger in (*others, other.client):
        for step in ("osoba-1", "sprawdz", "gotowe"):
            response = stranger.get(guest.url(step))
            assert response.status_code == 404
            assert "Halina" not in response.content.decode()
        assert stranger.post(guest.url("sprawdz")).status_code == 404
    assert "We do not find this form" in words(others[0].get(guest.url("sprawdz")))
    with bind(srem):
        assert not Booking.objects.exists()


def test_the_cookie_says_nothing_and_reaches_no_script(srem: Tenant, guest: Booker) -> None:
    response = guest.start()
    cookie = response.cookies[cookie_name()]
    assert (cookie["httponly"], cookie["samesite"], cookie["path"]) == (True, "Lax", "/")
    assert (cookie["domain"], int(cookie["max-age"])) == ("", 24 * 3600)
    assert len(cookie.value) == 43
    assert guest.draft.client == digest(cookie.value)
    assert cookie.value not in guest.draft.client


def test_the_cookie_is_for_tls_and_one_host_in_production(settings: object) -> None:
    settings.SESSION_COOKIE_SECURE = True  # type: ignore[attr-defined]
    assert cookie_name() == "__Host-zapis"


def test_pages_of_the_form_are_kept_out_of_caches_and_search(guest: Booker) -> None:
    guest.start()
    for response in (guest.look(), guest.client.get(start_page(guest.activity))):
        assert "no-store" in response.headers["Cache-Control"]
        assert '<meta name="robots" content="noindex">' in response.content.decode()


def test_looking_at_the_first_page_keeps_nothing(srem: Tenant, guest: Booker) -> None:
    response = guest.client.get(start_page(guest.activity))
    assert cookie_name() not in response.cookies
    with bind(srem):
        assert not BookingDraft.objects.exists()


def test_steps_ahead_lead_back_to_the_question_that_is_open(guest: Booker) -> None:
    guest.start()
    for step in ("kontakt", "potrzeby", "sprawdz", "osoba-2"):
        assert guest.look(step).headers["Location"] == guest.url("osoby"), step
    assert guest.client.get(guest.url("nie-ma")).status_code == 404


def test_slip_and_calendar_come_from_the_same_browser(
    guest: Booker, as_site: type[SiteClient]
) -> None:
    guest.book()
    slip, calendar = guest.url("kartka.pdf").rstrip("/"), guest.url("termin.ics").rstrip("/")
    assert guest.client.get(slip).content.startswith(b"%PDF-")
    entry = guest.client.get(calendar)
    assert entry.headers["Content-Type"] == "text/calendar; charset=utf-8"
    assert b"Halina" not in entry.content
    stranger = as_site(guest.client.tenant)
    assert stranger.get(slip).status_code == stranger.get(calendar).status_code == 404
