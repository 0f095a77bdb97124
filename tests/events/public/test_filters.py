"""What the address of the agenda narrows it to."""

import re
from datetime import date, timedelta

import pytest
from django.http import QueryDict
from django.utils import timezone

from events.agenda import AgendaFilters
from events.availability import availability
from events.days import When
from events.models import CapacityPool, Session
from portal.places.models import AccessFacts, Room
from tenants.binding import bind
from tenants.models import Tenant
from tests.conftest import SiteClient
from tests.events.making import in_days, make_activity, make_place, make_session
from tests.events.public.test_agenda import AGENDA, read, take, titles


@pytest.fixture
def reader(srem: Tenant, as_site: type[SiteClient]) -> SiteClient:
    return as_site(srem)


def day(number: int) -> str:
    return (timezone.localdate() + timedelta(days=number)).isoformat()


@pytest.mark.parametrize(
    ("today", "when", "days"),
    [
        (date(2026, 11, 24), When.TODAY, (date(2026, 11, 24), date(2026, 11, 24))),
        (date(2026, 11, 24), When.TOMORROW, (date(2026, 11, 25), date(2026, 11, 25))),
        (date(2026, 11, 24), When.WEEKEND, (date(2026, 11, 28), date(2026, 11, 29))),
        (date(2026, 11, 28), When.WEEKEND, (date(2026, 11, 28), date(2026, 11, 29))),
        (date(2026, 11, 29), When.WEEKEND, (date(2026, 11, 29), date(2026, 11, 29))),
        (date(2026, 11, 24), When.WEEK, (date(2026, 11, 24), date(2026, 11, 30))),
        (date(2026, 11, 24), When.MONTH, (date(2026, 11, 24), date(2026, 12, 23))),
    ],
)
def test_days_by_name(today: date, when: When, days: tuple[date, date]) -> None:
    assert when.days(today) == days


def test_days(srem: Tenant, reader: SiteClient) -> None:
    with bind(srem):
        for number in (1, 3, 5):
            make_session(make_activity(f"Za {number}"), starts_at=in_days(number))
    assert titles(read(reader, f"{AGENDA}?kiedy=jutro")) == ["Za 1"]
    assert titles(read(reader, f"{AGENDA}?od={day(3)}")) == ["Za 3", "Za 5"]
    assert titles(read(reader, f"{AGENDA}?do={day(3)}")) == ["Za 1", "Za 3"]
    assert titles(read(reader, f"{AGENDA}?od={day(3)}&do={day(3)}&kiedy=jutro")) == ["Za 3"]


def test_days_that_are_past_show_what_was(srem: Tenant, reader: SiteClient) -> None:
    with bind(srem):
        make_session(make_activity("Było"), starts_at=in_days(-3))
    text = read(reader, f"{AGENDA}?od={day(-5)}&do={day(-1)}")
    assert titles(text) == ["Było"]
    assert "It is over" in text


def test_date_that_lasts_for_days_is_found_on_each(srem: Tenant, reader: SiteClient) -> None:
    with bind(srem):
        make_session(make_activity("Plener"), starts_at=in_days(2), ends_at=in_days(5))
    for number, found in ((1, []), (2, ["Plener"]), (4, ["Plener"]), (6, [])):
        assert titles(read(reader, f"{AGENDA}?od={day(number)}&do={day(number)}")) == found


def test_place_audience_age_and_fee(srem: Tenant, reader: SiteClient) -> None:
    with bind(srem):
        place = make_place("Szkoła")
        make_session(make_activity("Seniorzy", age_min=60, audience="seniors"), place=place)
        make_session(make_activity("Dzieci", age_min=6, age_max=12, fee=5), place=make_place())
        make_session(make_activity("Wszyscy"))
    assert titles(read(reader, f"{AGENDA}?miejsce={place.pk}")) == ["Seniorzy"]
    assert titles(read(reader, f"{AGENDA}?dla=seniors")) == ["Seniorzy"]
    assert set(titles(read(reader, f"{AGENDA}?wiek=60"))) == {"Seniorzy", "Wszyscy"}
    assert set(titles(read(reader, f"{AGENDA}?wiek=12"))) == {"Dzieci", "Wszyscy"}
    assert titles(read(reader, f"{AGENDA}?wiek=13")) == ["Wszyscy"]
    assert set(titles(read(reader, f"{AGENDA}?bezplatne=1"))) == {"Seniorzy", "Wszyscy"}


def test_only_where_one_gets_in_without_steps(srem: Tenant, reader: SiteClient) -> None:
    with bind(srem):
        good = make_place("Parter")
        attic = Room.objects.create(place=good, name="strych")
        AccessFacts.objects.create(place=good, room=attic, step_free="no")
        make_session(make_activity("Na parterze"), place=good)
        make_session(make_activity("Na strychu"), place=good, room=attic)
        make_session(make_activity("Nie wiemy"), place=make_place("Dom", step_free="unknown"))
        make_session(make_activity("Gdzieś"))
    text = read(reader, f"{AGENDA}?dostepne=1")
    assert titles(text) == ["Na parterze"]
    assert read(reader).count("No steps") == 1


@pytest.mark.parametrize("typed", ["smartfon", "SMARTFON", "smar", "smartfin bez", "zażółć"])
def test_words_of_title_and_lead(srem: Tenant, reader: SiteClient, typed: str) -> None:
    with bind(srem):
        make_session(make_activity("Smartfon bez strachu: zazolc"))
        make_session(make_activity("Gimnastyka"))
    assert titles(read(reader, f"{AGENDA}?q={typed}")) == ["Smartfon bez strachu: zazolc"]


def test_still_bookable_says_in_sql_what_availability_says(srem: Tenant) -> None:
    """Every mix of window, places, status and kind; the agenda filters by one, shows the other."""
    now = timezone.now()
    with bind(srem):
        for kind in ("open_series", "course"):
            for opens in (None, 0, 1, 9, 10, 11, 40):
                for closes in (0, 2, 24 * 11):
                    for takes in (True, False):
                        activity = make_activity(
                            kind=kind, opens_days_before=opens, closes_hours_before=closes,
                            takes_bookings=takes,
                        )  # fmt: skip
                        starts = [in_days(10), timezone.now() + timedelta(hours=1)]
                        for start in starts if kind == "open_series" else starts[:1]:
                            make_session(activity, starts_at=start)
        full = make_session()
        take(full, 12)
        make_session(status="cancelled", cancelled_at=now)
        make_session(starts_at=now - timedelta(hours=1))
        begun = make_activity(kind="course")
        make_session(begun, starts_at=in_days(-1))
        wanted = AgendaFilters(is_bookable=True)
        for hour in (0, 7, 8, 9, 23):
            moment = timezone.localtime(now).replace(hour=hour, minute=0)
            by_sql = set(wanted.apply(Session.objects.public(), now=moment).values_list("pk"))
            by_rule = {
                (session.pk,)
                for session in Session.objects.public().with_everything()
                if availability(session, waiting=0, now=moment).can_book
            }
            assert by_sql == by_rule
            assert 0 < len(by_sql) < Session.objects.count()


def test_later_meetings_of_a_course_are_bookable_until_it_begins(
    srem: Tenant, reader: SiteClient
) -> None:
    with bind(srem):
        for title, first in (("Rusza", 2), ("Trwa", -2)):
            course = make_activity(title, kind="course")
            make_session(course, starts_at=in_days(first))
            make_session(course, starts_at=in_days(first + 7))
    assert titles(read(reader, f"{AGENDA}?wolne=1")) == ["Rusza", "Rusza"]


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ("kiedy=kiedys", "When"),
        ("od=32.13.2026", "From day"),
        ("od=0001-01-01", "From day"),
        ("do=jutro", "To day"),
        (f"od={day(5)}&do={day(1)}", "To day"),
        ("miejsce=x", "Where"),
        ("miejsce=00000000-0000-0000-0000-000000000000", "Where"),
        ("dla=kosmici", "For whom"),
        ("wiek=-1", "Age of the person who comes"),
        ("wiek=sto", "Age of the person who comes"),
        ("wolne=moze", "places left"),
        ("q=%00", "Word from the title or description"),
        ("q=" + "a" * 101, "Word from the title or description"),
    ],
)
def test_what_cannot_be_understood_is_left_out_and_said(
    srem: Tenant, reader: SiteClient, query: str, field: str
) -> None:
    with bind(srem):
        make_session(starts_at=in_days(7))
    text = read(reader, f"{AGENDA}?{query}")
    assert f"We could not understand what was chosen here, so we left it out: {field}." in text
    assert titles(text) == ["Smartfon bez strachu"]


@pytest.mark.parametrize("query", ["strona=x", "strona=-1", "q=%25", "q='", "q=<u>", "wolne=0"])
def test_agenda_bears_whatever_is_typed(srem: Tenant, reader: SiteClient, query: str) -> None:
    with bind(srem):
        make_session()
    assert "<u>" not in read(reader, f"{AGENDA}?{query}")


def test_filters_that_are_on_can_be_taken_away_one_by_one(srem: Tenant, reader: SiteClient) -> None:
    with bind(srem):
        place = make_place()
        make_session(make_activity(audience="seniors"), place=place)
    text = read(reader, f"{AGENDA}?dla=seniors&miejsce={place.pk}&bezplatne=1&wiek=70")
    chips = text.partition('aria-label="Chosen filters"')[2].partition("</ul>")[0]
    assert chips.count('class="chip"') == 4
    assert f'href="?miejsce={place.pk}&amp;wiek=70&amp;bezplatne=1"' in chips
    assert "Remove all filters" in chips
    assert "1 date found" in text
    assert '<option value="seniors" selected>' in text
    assert 'name="robots" content="noindex"' in text


def test_nothing_found_says_what_to_do(srem: Tenant, reader: SiteClient) -> None:
    with bind(srem):
        make_session()
    text = read(reader, f"{AGENDA}?dla=carers")
    assert "No events match what you chose" in text
    assert "Show all events" in text


def test_chips_count_what_they_would_show(srem: Tenant, reader: SiteClient) -> None:
    with bind(srem):
        make_session(make_activity("Jutro pełne"), starts_at=in_days(1), capacity=1)
        CapacityPool.objects.update(taken=1)
        make_session(make_activity("Jutro"), starts_at=in_days(1))
        make_session(make_activity("Za miesiąc"), starts_at=in_days(25))
        make_session(make_activity("Za rok"), starts_at=in_days(365))

    def chips(query: str) -> dict[str, str]:
        text = read(reader, f"{AGENDA}?{query}").partition('aria-label="Show events"')[2]
        return dict(re.findall(r">([^<(]*) \((\d+)\)</a>", text.partition("</ul>")[0]))

    every = chips("")
    assert (every["All"], every["Tomorrow"], every["Next 30 days"]) == ("4", "2", "3")
    assert every["Places left"] == "3"
    assert "Today" not in every, "it would show nothing"
    assert chips("kiedy=jutro") == every | {"Places left": "1"}
    assert chips("wolne=1")["Tomorrow"] == "1"
    assert chips("kiedy=dzis")["Today"] == "0", "the one that is on stays"


def test_address_is_made_again_of_what_was_understood(srem: Tenant) -> None:
    with bind(srem):
        filters = AgendaFilters.from_query(QueryDict("wiek=70&dla=x&od=2026-12-01&kiedy=dzis"))
        assert filters.query_string == "od=2026-12-01&wiek=70"
        assert filters == AgendaFilters.from_query(QueryDict(filters.query_string))
