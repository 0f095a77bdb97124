"""The calendar to subscribe to: what it holds, for how long, and that it changes with the data
alone."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from events.models import Session
from portal.places.models import Contact, ContactPhone
from tenants.binding import bind
from tenants.models import Tenant
from tests.conftest import SiteClient
from tests.events.documents.reading import events_of, only_event, titles
from tests.events.making import in_days, make_activity, make_place, make_session

FEED = "/en/wydarzenia.ics"


def cancel(session: Session) -> None:
    now = timezone.now()
    Session.objects.filter(pk=session.pk).update(
        status="cancelled", cancelled_at=now, changed_at=now, sequence=session.sequence + 1
    )


def test_a_date_is_one_entry_with_everything_public_about_it(
    srem: Tenant, as_site: type[SiteClient]
) -> None:
    with bind(srem):
        contact = Contact.objects.create(role="Zajęcia", person_name="Anna Sekretna")
        ContactPhone.objects.create(contact=contact, number="612 345 678")
        activity = make_activity(contact=contact, fee=Decimal("12.50"), audience="seniors")
        place = make_place()
        place.latitude, place.longitude = Decimal("52.088500"), Decimal("17.014700")
        place.save()
        session = make_session(
            activity, place=place, note="Weź okulary.", starts_at=in_days(3, 10), sequence=4
        )
    response = as_site(srem).get(FEED)
    event = only_event(response.content)
    assert response.headers["Content-Type"] == "text/calendar; charset=utf-8"
    assert event["UID"] == session.uid
    assert event["SEQUENCE"] == 4
    assert event["SUMMARY"] == "Smartfon bez strachu"
    assert event["STATUS"] == "CONFIRMED"
    assert event["DTSTART"].dt == session.starts_at
    assert event["DTEND"].dt == session.ends_at
    assert event["LOCATION"] == "Świetlica, ul. Długa 3, 63-100 Śrem"
    assert event["GEO"].to_ical() == "52.0885;17.0147"
    assert event["URL"].endswith(f"srem.localhost:8000/en/wydarzenia/{activity.slug}/")
    said = str(event["DESCRIPTION"]).splitlines()
    assert said[:2] == ["Weź okulary.", "Uczymy się dzwonić z wideo."]
    assert "12,50 zł for each meeting." in said
    assert "Questions? Call: 612 345 678." in said
    assert b"Sekretna" not in response.content


def test_the_calendar_says_its_name_and_how_often_to_ask(
    srem: Tenant, as_site: type[SiteClient]
) -> None:
    lines = as_site(srem).get(FEED).content.split(b"\r\n")
    assert f"NAME:Events: {srem.name}".encode() in lines
    assert f"X-WR-CALNAME:Events: {srem.name}".encode() in lines
    assert b"REFRESH-INTERVAL;VALUE=DURATION:PT4H" in lines
    assert b"URL:http://srem.localhost/en/wydarzenia/" in lines


def test_times_are_in_utc_so_that_no_program_needs_our_zone(
    srem: Tenant, as_site: type[SiteClient]
) -> None:
    with bind(srem):
        make_session(starts_at=datetime(2099, 7, 1, 8, tzinfo=UTC))
    content = as_site(srem).get(FEED).content
    assert b"DTSTART:20990701T080000Z\r\n" in content
    assert b"TZID" not in content
    assert b"RRULE" not in content


def test_two_requests_get_the_same_bytes_and_the_second_may_get_none(
    srem: Tenant, as_site: type[SiteClient]
) -> None:
    with bind(srem):
        for day in range(1, 4):
            make_session(starts_at=in_days(day))
    client = as_site(srem)
    first, second = client.get(FEED), client.get(FEED)
    assert first.content == second.content
    again = client.get(FEED, HTTP_IF_NONE_MATCH=first.headers["ETag"])
    assert again.status_code == 304
    assert again.content == b""
    assert "sessionid" not in client.cookies


def test_a_move_keeps_the_uid_raises_the_sequence_and_changes_the_tag(
    srem: Tenant, as_site: type[SiteClient]
) -> None:
    with bind(srem):
        session = make_session(starts_at=in_days(3, 10))
    client = as_site(srem)
    before = client.get(FEED)
    later = session.starts_at + timedelta(hours=4)
    with bind(srem):
        Session.objects.filter(pk=session.pk).update(
            starts_at=later, ends_at=later + timedelta(hours=2), status="rescheduled",
            previous_start=session.starts_at, sequence=1, changed_at=timezone.now(),
        )  # fmt: skip
    after = client.get(FEED, HTTP_IF_NONE_MATCH=before.headers["ETag"])
    was, now = only_event(before.content), only_event(after.content)
    assert (now["UID"], now["SEQUENCE"]) == (was["UID"], was["SEQUENCE"] + 1)
    assert now["DTSTART"].dt == later
    assert now["STATUS"] == "CONFIRMED"
    assert now["DTSTAMP"].dt >= was["DTSTAMP"].dt
    assert now["LAST-MODIFIED"].dt == now["DTSTAMP"].dt
    assert "Moved: it was to begin on" in now["DESCRIPTION"]
    assert ", 10:00." in now["DESCRIPTION"]


def test_a_new_title_is_a_change_too(srem: Tenant, as_site: type[SiteClient]) -> None:
    """The entry must not say that it was last changed before it was."""
    with bind(srem):
        session = make_session()
        Session.objects.filter(pk=session.pk).update(changed_at=in_days(-5))
        published_at = timezone.now() + timedelta(minutes=5)
        session.activity.texts.update(title="Tablet", last_published_at=published_at)
    event = only_event(as_site(srem).get(FEED).content)
    assert event["LAST-MODIFIED"].dt == published_at.replace(microsecond=0)


def test_what_is_cancelled_stays_marked_for_ninety_days(
    srem: Tenant, as_site: type[SiteClient]
) -> None:
    with bind(srem):
        kept = make_session(make_activity("Joga"), starts_at=in_days(-89))
        gone = make_session(make_activity("Szachy"), starts_at=in_days(-92))
        cancelled_late = make_session(make_activity("Brydż"), starts_at=in_days(-120))
        for session in (kept, gone, cancelled_late):
            cancel(session)
        Session.objects.filter(pk=gone.pk).update(cancelled_at=in_days(-95))
    events = events_of(as_site(srem).get(FEED).content)
    assert [str(event["SUMMARY"]) for event in events] == ["CANCELLED: Brydż", "CANCELLED: Joga"]
    assert {event["STATUS"] for event in events} == {"CANCELLED"}
    assert {event["TRANSP"] for event in events} == {"TRANSPARENT"}
    assert events[1]["UID"] == kept.uid


def test_what_is_over_stays_for_ninety_days_too(srem: Tenant, as_site: type[SiteClient]) -> None:
    with bind(srem):
        make_session(make_activity("Joga"), starts_at=in_days(-89), status="held")
        make_session(make_activity("Szachy"), starts_at=in_days(-92), status="held")
    assert titles(as_site(srem).get(FEED).content) == ["Joga"]


@pytest.mark.parametrize("status", ["draft", "submitted", "withdrawn"])
def test_only_what_is_published_is_in_it(
    srem: Tenant, as_site: type[SiteClient], status: str
) -> None:
    with bind(srem):
        make_session(make_activity(status=status))
        make_session(make_activity("Joga"), status="draft")
    assert titles(as_site(srem).get(FEED).content) == []


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("dla=seniors", ["Joga"]),
        ("bezplatne=1", ["Joga", "Szachy"]),
        ("wiek=10", ["Kino", "Szachy"]),
        ("dla=seniors&bezplatne=1", ["Joga"]),
        ("dla=nonsense", ["Joga", "Kino", "Szachy"]),
        ("q=szachy", ["Szachy"]),
        ("kiedy=jutro", ["Joga"]),
    ],
)
def test_the_filters_of_the_agenda_narrow_it(
    srem: Tenant, as_site: type[SiteClient], query: str, found: list[str]
) -> None:
    with bind(srem):
        make_session(make_activity("Joga", audience="seniors", age_min=60), starts_at=in_days(1))
        make_session(make_activity("Kino", fee=Decimal(20)), starts_at=in_days(3))
        make_session(make_activity("Szachy"), starts_at=in_days(4))
    assert sorted(titles(as_site(srem).get(f"{FEED}?{query}").content)) == found


def test_what_fills_up_or_is_cancelled_does_not_vanish_from_a_narrowed_calendar(
    srem: Tenant, as_site: type[SiteClient]
) -> None:
    with bind(srem):
        make_session(make_activity("Joga"), capacity=0)
        cancel(make_session(make_activity("Kino")))
    assert sorted(titles(as_site(srem).get(f"{FEED}?wolne=1").content)) == [
        "CANCELLED: Kino",
        "Joga",
    ]


def test_it_takes_the_same_queries_for_many_dates(
    srem: Tenant, as_site: type[SiteClient], django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    with bind(srem):
        for day in range(1, 13):
            contact = Contact.objects.create(role=f"Zajęcia {day}")
            ContactPhone.objects.create(contact=contact, number="612345678")
            activity = make_activity(f"Zajęcia {day}", contact=contact)
            make_session(activity, starts_at=in_days(day), place=make_place(f"Dom {day}"))
    client = as_site(srem)
    client.get(FEED)
    with django_assert_max_num_queries(8):
        assert len(events_of(client.get(FEED).content)) == 12


def test_each_gmina_has_its_own(srem: Tenant, kety: Tenant, as_site: type[SiteClient]) -> None:
    with bind(srem):
        session = make_session(make_activity("Tylko w Śremie"))
    assert titles(as_site(kety).get(FEED).content) == []
    assert as_site(kety).get(f"/wydarzenia/termin/{session.pk}.ics").status_code == 404
    assert as_site(kety).get("/wydarzenia/zajecia-1/kalendarz.ics").status_code == 404


def test_its_words_are_in_the_language_of_the_address(
    srem: Tenant, as_site: type[SiteClient]
) -> None:
    with bind(srem):
        session = make_session()
        session.activity.texts.create(language="uk", title="Смартфон без страху", live=True)
    assert titles(as_site(srem).get("/wydarzenia.ics").content) == ["Smartfon bez strachu"]
    assert titles(as_site(srem).get("/uk/wydarzenia.ics").content) == ["Смартфон без страху"]


def test_one_activity_and_one_date_have_calendars_too(
    srem: Tenant, as_site: type[SiteClient]
) -> None:
    with bind(srem):
        activity = make_activity("Joga")
        first = make_session(activity, starts_at=in_days(1))
        second = make_session(activity, starts_at=in_days(8))
        make_session(make_activity("Szachy"))
    client = as_site(srem)
    whole = events_of(client.get(f"/en/wydarzenia/{activity.slug}/kalendarz.ics").content)
    assert [event["UID"] for event in whole] == [first.uid, second.uid]
    response = client.get(f"/en/wydarzenia/termin/{second.pk}.ics")
    assert only_event(response.content)["UID"] == second.uid
    assert response.headers["Content-Disposition"] == f'inline; filename="{activity.slug}.ics"'


def test_of_what_is_not_public_there_is_no_calendar(
    srem: Tenant, as_site: type[SiteClient]
) -> None:
    with bind(srem):
        hidden = make_session(make_activity(status="draft", slug="tajne"))
    client = as_site(srem)
    assert client.get("/wydarzenia/tajne/kalendarz.ics").status_code == 404
    assert client.get(f"/wydarzenia/termin/{hidden.pk}.ics").status_code == 404


def test_nothing_can_be_sent_to_it(srem: Tenant, as_site: type[SiteClient]) -> None:
    assert as_site(srem).post(FEED).status_code == 405
