"""The calendar of one's own bookings: who may read it, what it says, and of whom it is silent."""

import pytest
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from events.actions.make_calendar_feed import make_calendar_feed
from events.actions.revoke_calendar_feed import revoke_calendar_feed
from events.models import CalendarFeed, Participation, Session
from portal.accounts.models import Person
from portal.audit.models import AuditEntry
from tenants.binding import bind
from tenants.models import Tenant
from tests.conftest import SiteClient
from tests.events.documents.bookings import make_booking, make_person
from tests.events.documents.reading import events_of, only_event, titles
from tests.events.making import in_days, make_activity, make_session


def path(token: str) -> str:
    return f"/en/wydarzenia/kalendarz/{token}.ics"


@pytest.fixture
def halina(srem: Tenant) -> Person:
    with bind(srem):
        return make_person("Halina Nowak")


@pytest.fixture
def token(srem: Tenant, halina: Person) -> str:
    with bind(srem):
        return make_calendar_feed(person=halina, acting_user=None)


def test_it_holds_own_bookings_and_nobody_elses(
    srem: Tenant, as_site: type[SiteClient], halina: Person, token: str
) -> None:
    with bind(srem):
        mine = make_session(make_activity("Joga"))
        make_booking(mine.pool, halina, code="RK74M9")
        other = make_session(make_activity("Szachy"))
        make_booking(other.pool, make_person("Jan Kowalski"))
        make_session(make_activity("Kino"))
    event = only_event(as_site(srem).get(path(token)).content)
    assert event["UID"] == mine.uid
    assert event["STATUS"] == "CONFIRMED"
    said = str(event["DESCRIPTION"]).splitlines()
    assert said[:2] == ["Booking number: RK7-4M9.", "People: 1."]


def test_others_are_counted_and_never_named(
    srem: Tenant, as_site: type[SiteClient], halina: Person, token: str
) -> None:
    with bind(srem):
        session = make_session()
        make_booking(
            session.pool, halina, halina, make_person("Zygmunt Sekretny"), make_person("Ewa Cicha")
        )
    content = as_site(srem).get(path(token)).content
    assert "People: 3." in str(only_event(content)["DESCRIPTION"])
    for name in ("Sekretny", "Zygmunt", "Cicha", "Halina", "Nowak"):
        assert name not in content.decode()


def test_a_place_in_somebody_elses_booking_is_there_without_its_number(
    srem: Tenant, as_site: type[SiteClient], halina: Person, token: str
) -> None:
    with bind(srem):
        session = make_session()
        make_booking(session.pool, make_person("Jan Kowalski"), halina, code="RK74M9")
    content = as_site(srem).get(path(token)).content
    assert titles(content) == ["Smartfon bez strachu"]
    assert b"RK7" not in content
    assert b"People" not in content


def test_a_place_in_line_is_tentative_and_a_place_at_last_is_news(
    srem: Tenant, as_site: type[SiteClient], halina: Person, token: str
) -> None:
    with bind(srem):
        session = make_session()
        booking = make_booking(session.pool, halina, status="waiting")
    client = as_site(srem)
    waiting = only_event(client.get(path(token)).content)
    assert waiting["STATUS"] == "TENTATIVE"
    assert waiting["SUMMARY"] == "Smartfon bez strachu (waiting list)"
    with bind(srem):
        booking.participations.update(status="confirmed", place=session.pool)
    booked = only_event(client.get(path(token)).content)
    assert (booked["STATUS"], booked["SUMMARY"]) == ("CONFIRMED", "Smartfon bez strachu")
    assert booked["UID"] == waiting["UID"]
    assert booked["SEQUENCE"] > waiting["SEQUENCE"]


@pytest.mark.parametrize("status", ["unverified", "pending_approval"])
def test_a_booking_to_be_confirmed_is_tentative(
    srem: Tenant, as_site: type[SiteClient], halina: Person, token: str, status: str
) -> None:
    with bind(srem):
        make_booking(make_session().pool, halina, status=status)
    event = only_event(as_site(srem).get(path(token)).content)
    assert event["STATUS"] == "TENTATIVE"
    assert event["SUMMARY"].endswith("(to be confirmed)")


def test_a_course_is_all_of_its_dates(
    srem: Tenant, as_site: type[SiteClient], halina: Person, token: str
) -> None:
    with bind(srem):
        course = make_activity(kind="course")
        dates = [make_session(course, starts_at=in_days(day)) for day in (3, 10, 17)]
        make_booking(course.pool, halina)
    events = events_of(as_site(srem).get(path(token)).content)
    assert [event["UID"] for event in events] == [session.uid for session in dates]


def test_what_was_given_back_or_refused_leaves_it(
    srem: Tenant, as_site: type[SiteClient], halina: Person, token: str
) -> None:
    with bind(srem):
        make_booking(make_session().pool, halina, status="cancelled_by_participant")
        make_booking(make_session().pool, halina, status="cancelled_by_organiser")
    assert titles(as_site(srem).get(path(token)).content) == []


@pytest.mark.parametrize("status", ["confirmed", "cancelled_by_organiser"])
def test_what_the_organiser_cancels_stays_marked(
    srem: Tenant, as_site: type[SiteClient], halina: Person, token: str, status: str
) -> None:
    with bind(srem):
        session = make_session()
        booking = make_booking(session.pool, halina)
        before = only_event(as_site(srem).get(path(token)).content)
        Session.objects.filter(pk=session.pk).update(
            status="cancelled", cancelled_at=timezone.now(), sequence=1
        )
        place = session.pool if status in Participation.WITH_A_PLACE else None
        booking.participations.update(status=status, place=place)
    event = only_event(as_site(srem).get(path(token)).content)
    assert (event["STATUS"], event["UID"]) == ("CANCELLED", before["UID"])
    assert event["SUMMARY"] == "CANCELLED: Smartfon bez strachu"
    assert event["SEQUENCE"] > before["SEQUENCE"]


def test_it_is_kept_by_nobody_on_the_way_and_found_by_no_search(
    srem: Tenant, as_site: type[SiteClient], token: str
) -> None:
    response = as_site(srem).get(path(token))
    assert "no-store" in response.headers["Cache-Control"]
    assert "private" in response.headers["Cache-Control"]
    assert response.headers["X-Robots-Tag"] == "noindex"
    assert response.content == as_site(srem).get(path(token)).content


def test_a_new_address_ends_the_old_one(
    srem: Tenant, as_site: type[SiteClient], halina: Person, token: str
) -> None:
    with bind(srem):
        newer = make_calendar_feed(person=halina, acting_user=None)
    client = as_site(srem)
    assert client.get(path(token)).status_code == 404
    assert client.get(path(newer)).status_code == 200


def test_a_revoked_address_leads_nowhere(
    srem: Tenant, as_site: type[SiteClient], halina: Person, token: str
) -> None:
    with bind(srem):
        revoke_calendar_feed(person=halina, acting_user=None)
        revoke_calendar_feed(person=halina, acting_user=None)
        trail = list(AuditEntry.objects.about(halina.pk).values_list("action", flat=True))
    assert as_site(srem).get(path(token)).status_code == 404
    assert sorted(trail) == ["feed.made", "feed.revoked"]


def test_the_address_is_worth_nothing_in_the_neighbouring_gmina(
    kety: Tenant, as_site: type[SiteClient], token: str
) -> None:
    assert as_site(kety).get(path(token)).status_code == 404


def test_only_a_digest_of_the_address_is_stored(srem: Tenant, halina: Person, token: str) -> None:
    with bind(srem):
        feed = CalendarFeed.objects.get(person=halina)
        assert token not in str(vars(feed))
        assert len(token) >= 43  # 256 bits
        assert token not in str(list(AuditEntry.objects.values()))


def test_it_takes_the_same_queries_for_many_bookings(
    srem: Tenant, as_site: type[SiteClient], halina: Person, token: str,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:  # fmt: skip
    with bind(srem):
        for day in range(1, 11):
            make_booking(make_session(starts_at=in_days(day)).pool, halina)
    client = as_site(srem)
    with django_assert_max_num_queries(9):
        assert len(events_of(client.get(path(token)).content)) == 10


def test_nothing_can_be_sent_to_it(srem: Tenant, as_site: type[SiteClient], token: str) -> None:
    assert as_site(srem).post(path(token)).status_code == 405
