"""The agenda: what takes place, day by day, the same for everybody."""

import re
from datetime import date, datetime, time, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from events.models import ActivityText, CapacityPool, Session
from portal.places.hours import WARSAW
from tenants.binding import bind
from tenants.models import Tenant
from tests.conftest import SiteClient
from tests.events.making import in_days, make_activity, make_place, make_session

AGENDA = "/en/wydarzenia/"


def read(client: SiteClient, path: str = AGENDA) -> str:
    response = client.get(path)
    assert response.status_code == 200, path
    return " ".join(response.content.decode().split())


def titles(text: str) -> list[str]:
    """Of the dates listed, in order."""
    main = text.partition("<main")[2]
    return re.findall(r'<div class="event">\s*<h3[^>]*><a[^>]*>(?:<s>)?([^<]*)', main)


def take(session: Session, number: int) -> None:
    assert session.pool is not None
    CapacityPool.objects.filter(pk=session.pool.pk).update(taken=number)


@pytest.fixture
def reader(srem: Tenant, as_site: type[SiteClient]) -> SiteClient:
    return as_site(srem)


def many_sessions(number: int) -> None:
    activity, place = make_activity("Codziennie"), make_place()
    pools = CapacityPool.objects.bulk_create(CapacityPool(capacity=9) for _ in range(number))
    starts = [in_days(1) + timedelta(hours=each) for each in range(number)]
    Session.objects.bulk_create(
        Session(
            activity=activity, pool=pool, place=place, status="published",
            starts_at=start, ends_at=start + timedelta(hours=1), uid=f"{pool.pk}@gromada",
        )
        for pool, start in zip(pools, starts, strict=True)
    )  # fmt: skip


def test_coming_dates_are_listed_in_order_with_place_and_places_left(
    srem: Tenant, reader: SiteClient
) -> None:
    with bind(srem):
        make_session(make_activity("Później"), starts_at=in_days(12))
        soon = make_session(
            make_activity("Wcześniej", age_min=60), starts_at=in_days(2), place=make_place()
        )
        take(soon, 7)
    text = read(reader)
    assert titles(text) == ["Wcześniej", "Później"]
    assert "5 places left" in text
    assert "12 places left" in text
    assert "Aged 60 or more" in text
    assert "Świetlica" in text
    assert "10:00–12:00" in text
    assert "No steps" in text


def test_what_is_over_or_not_public_is_not_listed(srem: Tenant, reader: SiteClient) -> None:
    with bind(srem):
        make_session(make_activity("Minione"), starts_at=in_days(-2))
        make_session(make_activity("Zdjęte", status="withdrawn"))
        make_session(make_activity("Szkic", status="draft"))
        make_session(make_activity("Szkic daty"), status="draft")
    text = read(reader)
    assert titles(text) == []
    assert "No events are planned just now" in text
    assert "f-miejsce" not in text, "nothing to filter"


def test_neighbouring_gmina_lists_its_own(
    srem: Tenant, kety: Tenant, as_site: type[SiteClient]
) -> None:
    with bind(srem):
        make_session(make_activity("Śremskie"))
    assert titles(read(as_site(srem))) == ["Śremskie"]
    assert titles(read(as_site(kety))) == []


def test_cancelled_date_stays_and_says_why(srem: Tenant, reader: SiteClient) -> None:
    with bind(srem):
        make_session(status="cancelled", cancelled_at=timezone.now(), note="Prowadzący zachorował.")
    text = read(reader)
    assert "<s>Smartfon bez strachu</s>" in text
    assert '<span class="badge bad">Cancelled</span>' in text
    assert "Prowadzący zachorował." in text
    assert "places left</span>" not in text


def test_moved_date_says_when_it_was_to_be(srem: Tenant, reader: SiteClient) -> None:
    before = datetime(2030, 5, 7, 16, tzinfo=WARSAW)
    with bind(srem):
        make_session(status="rescheduled", previous_start=before)
    text = read(reader)
    assert '<span class="badge warn">New date</span>' in text
    assert "It was to be on Tuesday, 7 May 2030, 16:00." in text


def test_sundays_and_holidays_are_red_and_holidays_are_named(
    srem: Tenant, reader: SiteClient
) -> None:
    with bind(srem):
        for day in (date(2030, 12, 25), date(2030, 12, 27), date(2030, 12, 29)):
            make_session(starts_at=datetime.combine(day, time(10), WARSAW))
    text = read(reader)
    assert '<time class="tile red" datetime="2030-12-25">' in text
    assert '<time class="tile" datetime="2030-12-27">' in text
    assert '<time class="tile red" datetime="2030-12-29">' in text
    assert "Public holiday: Christmas Day" in text


def test_dates_stand_under_their_week_or_month(srem: Tenant, reader: SiteClient) -> None:
    with bind(srem):
        make_session(starts_at=timezone.now() + timedelta(minutes=1))
        make_session(starts_at=in_days(7))
        make_session(starts_at=datetime(2030, 5, 7, 16, tzinfo=WARSAW))
    headings = re.findall(r'<h2 id="part-\d">([^<]*)</h2>', read(reader))
    assert headings == ["This week", "Next week", "May 2030"]


def test_meetings_of_a_course_are_numbered_and_share_their_places(
    srem: Tenant, reader: SiteClient
) -> None:
    with bind(srem):
        course = make_activity("Kurs", kind="course", capacity=8, fee=20)
        for days in (3, 10, 17):
            make_session(course, starts_at=in_days(days))
    text = read(reader)
    assert [f"Course: meeting {number} of 3" in text for number in (1, 2, 3)] == [True] * 3
    assert text.count("8 places left") == 3
    assert "20 zł for the whole course" in text


def test_course_that_has_begun_is_had_by_phone_only(srem: Tenant, reader: SiteClient) -> None:
    with bind(srem):
        course = make_activity("Kurs", kind="course")
        for days in (-3, 4):
            make_session(course, starts_at=in_days(days))
    text = read(reader)
    assert titles(text) == ["Kurs"]
    assert "Now only by phone" in text
    assert "Course: meeting 2 of 2" in text


def test_text_in_another_language_is_marked(srem: Tenant, reader: SiteClient) -> None:
    with bind(srem):
        activity = make_activity("Po polsku")
        make_session(activity)
        assert '<h3 lang="pl"><a' in read(reader)
        ActivityText.objects.create(activity=activity, language="en", title="In English", live=True)
    text = read(reader)
    assert titles(text) == ["In English"]
    assert "<h3><a" in text


def test_thousand_dates_cost_the_queries_of_ten(
    srem: Tenant, kety: Tenant, as_site: type[SiteClient]
) -> None:
    counted = []
    for tenant, number in ((srem, 10), (kety, 1000)):
        with bind(tenant):
            many_sessions(number)
        reader = as_site(tenant)
        reader.get(AGENDA)
        for path in (AGENDA, f"{AGENDA}?wolne=1&dostepne=1&q=codziennie&strona=2"):
            with CaptureQueriesContext(
                connection,
            ) as queries:
                assert reader.get(path).status_code == 200
            counted.append(len(queries))
    few, many = counted[:2], counted[2:]
    assert few == many
    assert max(many) <= 18


def test_long_agenda_has_pages(srem: Tenant, reader: SiteClient) -> None:
    with bind(srem):
        many_sessions(60)
    first = read(reader)
    assert len(titles(first)) == 25
    assert 'rel="next"' in first
    assert len(titles(read(reader, f"{AGENDA}?strona=3"))) == 10
    assert len(titles(read(reader, f"{AGENDA}?strona=99"))) == 10


def test_agenda_knows_no_reader(
    srem: Tenant, reader: SiteClient, as_site: type[SiteClient]
) -> None:
    with bind(srem):
        make_session()
    staff = as_site(srem)
    staff.log_in("osl")
    for_reader, for_staff = reader.get(AGENDA), staff.get(AGENDA)
    assert for_reader.content == for_staff.content
    assert not for_reader.cookies
    assert 'method="post"' not in for_reader.content.decode()
    assert reader.post(AGENDA).status_code == 405
    again = reader.get(AGENDA, headers={"If-None-Match": for_reader.headers["ETag"]})
    assert again.status_code == 304


def test_agenda_is_in_the_menu(reader: SiteClient) -> None:
    assert '<a href="/en/wydarzenia/">Events</a>' in read(reader, "/en/kontakt/")
    assert '<a href="/en/wydarzenia/" aria-current="page">Events</a>' in read(reader)
    assert 'href="/en/wydarzenia/rss.xml"' in read(reader, "/en/kontakt/")
