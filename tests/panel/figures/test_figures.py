"""The director's figures: the numbers of a spring that was counted by hand."""

from datetime import date
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from events.codes import new_code
from events.models import Attendance, Booking, Participation
from portal.accounts.models import Person
from portal.audit.models import AuditEntry
from tenants.binding import bind
from tenants.models import Tenant
from tests.conftest import SiteClient
from tests.events.making import make_activity, make_session
from tests.events.running.evening import booked, card
from tests.panel.figures.reading import ADDRESS, bars, file, page_of, table
from tests.panel.figures.spring import MONTHS, YEAR, Spring, at


def test_people_are_counted_once_a_month_in_the_month_of_the_clock_in_poland(
    director: SiteClient, spring: Spring
) -> None:
    page = page_of(director)
    # Project, without one, all together. Seven in March: three of them twice, the last time half an
    # hour before April. In April one came to both.
    assert table(page, "attended") == [
        [f"March {YEAR}", "7", "0", "7"],
        [f"April {YEAR}", "3", "1", "3"],
        [f"May {YEAR}", "0", "0", "0"],
        ["All the months", "7", "1", "7"],
    ]


def test_places_given_back_and_cancelled_dates_are_no_bookings(
    director: SiteClient, spring: Spring
) -> None:
    assert table(page_of(director), "booked") == [
        [f"March {YEAR}", "9", "0", "9"],
        [f"April {YEAR}", "4", "1", "4"],
        [f"May {YEAR}", "0", "0", "0"],
        ["All the months", "9", "1", "9"],
    ]


def test_a_course_counts_in_every_month_in_which_it_meets(
    director: SiteClient, srem: Tenant, spring: Spring
) -> None:
    with bind(srem):
        course = make_activity("Kurs", kind="course")
        dates = [make_session(course, starts_at=at(month, 20)) for month in (4, 5)]
        booked(dates[0], card("Iga", "Sól"), card("Ida", "Sól"))
    rows = table(page_of(director), "booked")
    assert [row[2:] for row in rows] == [["0", "9"], ["3", "6"], ["2", "2"], ["3", "11"]]


@pytest.mark.parametrize(
    ("key", "numbers"),
    [
        ("hours", ["15", "9", "0", "24"]),
        ("volunteers", ["6", "0", "0", "6"]),
        ("asked", ["10", "3", "0", "13"]),
        ("met", ["8", "0", "0", "8"]),
    ],
)
def test_help_is_counted_without_projects(
    key: str, numbers: list[str], director: SiteClient, spring: Spring
) -> None:
    assert [row[1:] for row in table(page_of(director), key)] == [[one] for one in numbers]


@pytest.mark.parametrize("key", ["attended", "hours", "met"])
def test_picture_table_and_file_say_the_same(
    key: str, director: SiteClient, spring: Spring
) -> None:
    page = page_of(director)
    rows = table(page, key)
    wanted = [f"{month}: {numbers[-1]}" for month, *numbers in rows[:-1] if numbers[-1] != "0"]
    assert [bar.replace("\xa0", " ") for bar in bars(page, key)] == wanted
    heading, *lines, total = file(director, key)
    assert [line[0] for line in lines] == [f"{YEAR}-03", f"{YEAR}-04", f"{YEAR}-05"]
    assert [line[1:] for line in [*lines, total]] == [row[1:] for row in rows]
    assert len(heading) == len(rows[0])


def test_a_download_is_written_down(director: SiteClient, srem: Tenant, spring: Spring) -> None:
    file(director, "attended")
    with bind(srem):
        entry = AuditEntry.objects.get(action="figures.exported")
        assert entry.details == {"figure": "attended", "entries": 4}
    assert director.get(f"{ADDRESS}people.csv").status_code == 404


def test_an_office_that_has_done_nothing_is_told_what_to_do(director: SiteClient) -> None:
    page = page_of(director, "")
    assert page.count("Nothing yet in these months.") == 6
    assert '<svg class="bar chart"' not in page


def test_years_fit(director: SiteClient, spring: Spring) -> None:
    page = page_of(director, f"okres=dni&od={YEAR - 3}-01-01&do={YEAR}-12-31")
    assert len(table(page, "attended")) == 48 + 1
    assert 'viewBox="0 0 480 100"' in page


@pytest.mark.parametrize(
    ("query", "first", "last"),
    [
        ("", None, None),
        ("okres=rok", timezone.localdate().replace(month=1, day=1), None),
        ("okres=razem", date(YEAR, 3, 1), date(YEAR, 12, 1)),
    ],
)
def test_the_time_is_chosen(
    query: str, first: date | None, last: date | None, director: SiteClient, spring: Spring
) -> None:
    rows = table(page_of(director, query), "attended") if query == "okres=razem" else None
    page = page_of(director, query)
    now = timezone.localdate().replace(day=1)
    wanted_first = first or (
        date(now.year - 1, now.month + 1, 1) if now.month < 12 else now.replace(month=1)
    )
    assert f"{wanted_first:%B %Y}" in page
    assert f"{last or now:%B %Y}" in page
    if rows is not None:
        assert len(rows) == 10 + 1


@pytest.mark.parametrize(
    ("query", "problem"),
    [
        ("okres=dni", "Write the first day."),
        ("okres=dni&od=2025-05-01&do=2025-04-01", "This day comes before the first one."),
        ("okres=dni&od=1990-01-01&do=2025-04-01", "Choose at most 66 months."),
        ("okres=dni&od=wczoraj", "Enter a valid date."),
        ("okres=zawsze", "Select a valid choice."),
    ],
)
def test_nonsense_is_said_in_words_and_kept(query: str, problem: str, director: SiteClient) -> None:
    page = page_of(director, query)
    assert problem in page
    assert "<title>Error:" in page


@pytest.mark.parametrize(
    ("role", "status"), [("director", 200), ("dpo", 200), ("osl", 403), ("editor", 403)]
)
def test_who_sees_figures(role: str, status: int, srem: Tenant) -> None:
    visitor = SiteClient(srem)
    visitor.log_in(role)
    assert visitor.get(ADDRESS).status_code == status
    assert visitor.get(f"{ADDRESS}hours.csv").status_code == status
    assert ("/panel/liczby/" in visitor.get("/en/panel/").content.decode()) == (status == 200)


def test_thousands_cost_what_ten_do(director: SiteClient, srem: Tenant, spring: Spring) -> None:
    page_of(director)
    with CaptureQueriesContext(connection) as few:
        page_of(director)
    with bind(srem):
        crowd(2000, spring)
    with CaptureQueriesContext(connection) as many:
        page = page_of(director)
    assert table(page, "attended")[2] == [f"May {YEAR}", "2000", "0", "2000"]
    assert len(many) == len(few)
    assert len(many) <= 34


def crowd(size: int, spring: Spring) -> None:
    """So many people at one date in May."""
    session = make_session(
        make_activity("Festyn", project=spring.project.pk), starts_at=at(5, 31, 23), capacity=size
    )
    people = Person.objects.bulk_create(
        Person(first_name="Gość", last_name=f"N{number}") for number in range(size)
    )
    bookings = Booking.objects.bulk_create(
        Booking(pool=session.pool, booker=one, code=new_code(), idempotency_key=uuid4())
        for one in people
    )
    places = Participation.objects.bulk_create(
        Participation(
            booking=booking, person=booking.booker, pool=session.pool, place=session.pool,
            status="confirmed",
        )
        for booking in bookings
    )  # fmt: skip
    Attendance.objects.bulk_create(
        Attendance(participation=place, session=session, state="attended") for place in places
    )


def test_months_of_the_page_are_those_of_the_form(director: SiteClient, spring: Spring) -> None:
    """Days are widened to whole months."""
    assert f"from March {YEAR} to May {YEAR}: 3 of them" in page_of(director, MONTHS)
