"""``/konto/zapisy/``: what somebody with a login goes to, and their private calendar."""

import re
from datetime import timedelta

from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from events.models import CalendarFeed, Session
from portal.accounts.models import Person
from tenants.binding import bind
from tenants.models import Tenant
from tests.conftest import SiteClient
from tests.events.flow.booker import Booker, link, resize, words
from tests.events.making import in_days, make_activity, make_session

PAGE = "/en/konto/zapisy/"
QUERIES = 26


def test_whoever_has_booked_nothing_is_shown_the_way(resident: Booker) -> None:
    page = resident.client.get(PAGE)
    assert "Nothing is booked" in words(page)
    assert 'href="/en/wydarzenia/"' in page.content.decode()
    assert "My bookings" in words(resident.client.get("/en/konto/"))


def test_what_comes_and_what_is_over(srem: Tenant, resident: Booker, session: Session) -> None:
    booking = resident.book(session)
    with bind(srem):
        later = resident.activity.sessions.order_by("starts_at")[1]
    resident.book(later)
    with bind(srem):
        Session.objects.filter(pk=later.pk).update(
            starts_at=timezone.now() - timedelta(days=3),
            ends_at=timezone.now() - timedelta(days=3) + timedelta(hours=2),
        )
    page = resident.client.get(PAGE)
    coming, _heading, over = words(page).partition("What is over")
    assert booking.readable_code in coming
    assert "Show, change or cancel" in coming
    assert "Smartfon bez strachu" in over
    assert "Show, change or cancel" not in over
    assert link(srem, booking) in page.content.decode()


def test_what_somebody_else_booked_for_me_is_shown_without_their_link(
    srem: Tenant, resident: Booker, guest: Booker, session: Session
) -> None:
    booking = guest.book(session, who="me_and_others", with_me="2")
    with bind(srem):
        me = Person.objects.get(logins__email__startswith="resident@")
        booking.participations.filter(ordinal=1).update(person=me)
    page = resident.client.get(PAGE)
    text = words(page)
    assert "Resident Przykładowa" in text
    assert "Somebody else booked this for you." in text
    assert "Halina" not in text
    assert booking.readable_code not in text
    assert "zgloszenie" not in page.content.decode()


def test_the_state_is_said_in_words(
    srem: Tenant, resident: Booker, guest: Booker, session: Session
) -> None:
    resize(srem, session, 1)
    guest.book(session)
    resident.book(session, waits="1")
    assert "On the waiting list" in words(resident.client.get(PAGE))
    guest.client.post(guest.url("odwolaj"))
    assert "A place is free: answer" in words(resident.client.get(PAGE))
    with bind(srem):
        Session.objects.update(status="cancelled", cancelled_at=timezone.now())
    assert "Cancelled" in words(resident.client.get(PAGE))


def test_many_bookings_take_no_more_queries(
    srem: Tenant, resident: Booker, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    with bind(srem):
        course = make_activity("Kurs", kind="course")
        for days in (3, 10):
            make_session(course, starts_at=in_days(days))
        for days in range(20, 24):
            make_session(resident.activity, starts_at=in_days(days))
        sessions = list(resident.activity.sessions.all())
    Booker(resident.client, course).book()
    for session in sessions:
        resident.book(session)
    with django_assert_max_num_queries(QUERIES):
        page = words(resident.client.get(PAGE))
    assert page.count("Show, change or cancel") == 7
    assert "(the first of 2 meetings)" in page


def test_the_private_calendar_is_shown_once_and_switched_off(
    srem: Tenant, as_site: type[SiteClient], resident: Booker
) -> None:
    resident.book()
    assert resident.client.get(f"{PAGE}kalendarz/").status_code == 405
    made = resident.client.post(f"{PAGE}kalendarz/")
    found = re.search(r'value="http://[^/]+(/[^"]+\.ics)"', made.content.decode())
    assert found
    assert "no-store" in made.headers["Cache-Control"]
    reader = as_site(srem)
    assert b"Smartfon bez strachu" in reader.get(found[1]).content
    page = resident.client.get(PAGE)
    assert "You have such an address." in words(page)
    assert found[1] not in page.content.decode()
    assert "Switch the private calendar off?" in words(
        resident.client.get(f"{PAGE}kalendarz/usun/")
    )
    resident.client.post(f"{PAGE}kalendarz/usun/")
    with bind(srem):
        assert not CalendarFeed.objects.exists()
    assert reader.get(found[1]).status_code == 404


def test_only_who_is_logged_in(srem: Tenant, kety: Tenant, as_site: type[SiteClient]) -> None:
    for client in (as_site(srem), as_site(kety)):
        for path in ("", "kalendarz/usun/"):
            response = client.get(PAGE + path)
            assert response.status_code == 302
            assert "/konto/zaloguj/" in response.headers["Location"]
