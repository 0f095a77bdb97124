"""What leaves the gmina: months that are over, and no number under five, whatever one computes."""

from datetime import date

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from events.models import Activity
from portal.accounts.actions.grant_role import grant_role
from portal.accounts.models import User
from portal.accounts.roles import Role
from portal.panel.figures.counting import Cell
from portal.panel.figures.suppression import told
from portal.panel.tasks import publish_figures, publish_figures_at_night
from tenants.binding import bind
from tenants.models import MonthFigure, Tenant
from tests.conftest import SiteClient
from tests.events.making import make_activity
from tests.events.running.evening import card
from tests.jobs import do_due_jobs
from tests.panel.figures.reading import ADDRESS, bars, file, page_of, table
from tests.panel.figures.spring import MARCH, YEAR, Spring, at, gave, meeting
from volunteering.models import HoursEntry, VolunteerProfile


def publish(gmina: Tenant) -> None:
    with bind(gmina):
        publish_figures()


def told_of(gmina: Tenant) -> dict[tuple[str, str, bool], int | None]:
    """Month, figure, whether of a project."""
    return {
        (f"{row.month:%m}", row.figure, row.project is not None): row.number
        for row in MonthFigure.objects.filter(tenant=gmina)
    }


def test_what_is_told_of_the_spring(srem: Tenant, spring: Spring) -> None:
    publish(srem)
    assert told_of(srem) == {
        # Seven came of nine who booked: two stayed away, so the seven would tell of two.
        ("03", "attended", True): None,
        ("03", "booked", True): 9,
        ("04", "attended", True): None,
        ("04", "booked", True): None,
        ("04", "attended", False): None,
        ("04", "booked", False): None,
        ("03", "volunteers", False): 6,
        ("03", "hours", False): 15,
        # Nine hours of one volunteer are that volunteer's.
        ("04", "hours", False): None,
        # Eight of ten were met, so the eight would tell of two.
        ("03", "asked", False): 10,
        ("03", "met", False): None,
        ("04", "asked", False): None,
    }


def test_a_three_is_seen_by_staff_and_nowhere_at_the_leader(
    director: SiteClient, of_leader: SiteClient, srem: Tenant, spring: Spring
) -> None:
    assert table(page_of(director), "asked")[1] == [f"April {YEAR}", "3"]
    assert file(director, "asked")[2] == [f"{YEAR}-04", "3"]
    publish(srem)
    assert not MonthFigure.objects.filter(number__range=(1, 4)).exists()
    page = page_of(of_leader)
    for key in ("attended", "booked", "hours", "volunteers", "asked", "met"):
        cells = [cell for row in table(page, key) for cell in row[1:]]
        cells += [cell for row in file(of_leader, key)[1:] for cell in row[1:]]
        numbers = [cell.removeprefix("at least ") for cell in cells]
        assert not {"1", "2", "3", "4"} & set(numbers), key
        assert not [bar for bar in bars(page, key) if bar.rpartition(": ")[2] in {"1", "2", "3"}]
    assert table(page, "asked") == [
        [f"March {YEAR}", "10", "10"],
        [f"April {YEAR}", "not told", "not told"],
        [f"May {YEAR}", "0", "0"],
        ["All the months, added up", "at least 10", "at least 10"],
    ]


def test_the_leader_reads_sums_of_what_was_told(
    of_leader: SiteClient, srem: Tenant, spring: Spring
) -> None:
    publish(srem)
    page = page_of(of_leader)
    assert table(page, "overview") == [
        ["Gmina Śrem", "not told", "at least 9", "at least 15", "6", "at least 10", "not told"],
        ["All together", "not told", "at least 9", "at least 15", "6", "at least 10", "not told"],
    ]
    assert bars(page, "hours") == [f"March {YEAR}: 15"]
    assert file(of_leader, "hours")[1:] == [
        [f"{YEAR}-03", "15", "15"],
        [f"{YEAR}-04", "not told", "not told"],
        [f"{YEAR}-05", "0", "0"],
        ["All the months, added up", "at least 15", "at least 15"],
    ]


def test_the_analyst_of_a_leader_reads_them(srem: Tenant, kety: Tenant, spring: Spring) -> None:
    publish(srem)
    with bind(kety):
        user = User.objects.create_user(email=f"analyst@{kety.schema_name}.example")
        grant_role(user=user, role=Role.ANALYST, acting_user=None)
    analyst = SiteClient(kety)
    analyst.log_in("analyst")
    assert table(page_of(analyst), "hours")[0][1:] == ["15", "15"]
    assert file(analyst, "hours")[1][1:] == ["15", "15"]
    analyst.log_in("editor")
    assert analyst.get(ADDRESS).status_code == 403


def test_nothing_of_projects_of_others_reaches_the_leader(
    of_leader: SiteClient, srem: Tenant, spring: Spring
) -> None:
    with bind(srem):
        Activity.objects.filter(project=spring.project.pk).update(
            project="0197f000-0000-7000-8000-000000000001"
        )
    publish(srem)
    assert table(page_of(of_leader), "booked")[0][1:] == ["0", "0"]


def test_a_partner_that_told_nothing_yet_is_named(of_leader: SiteClient, srem: Tenant) -> None:
    page = page_of(of_leader)
    assert "Nothing told yet:" in page
    assert "Gmina Śrem." in page
    assert "overview-table" not in page


def test_told_again_it_is_corrected_and_not_doubled(srem: Tenant, spring: Spring) -> None:
    """Only the last three months are: an old one does not change when somebody is erased."""
    publish(srem)
    before = told_of(srem)
    with bind(srem):
        HoursEntry.objects.all().delete()
        gave(VolunteerProfile.objects.first(), at(5, 1).date(), 600)
    publish(srem)
    after = told_of(srem)
    # May was not told yet; it is one volunteer's.
    assert after == {**before, ("05", "hours", False): None}
    publish(srem)
    assert told_of(srem) == after


def test_the_month_that_runs_is_not_told(
    director: SiteClient, srem: Tenant, of_leader: SiteClient
) -> None:
    with bind(srem):
        people = [card("Osoba", f"N{number}") for number in range(6)]
        meeting(make_activity("Dziś"), timezone.now(), people, came=people)
    publish(srem)
    assert table(page_of(director, ""), "attended")[-2][1:] == ["0", "6", "6"]
    assert told_of(srem) == {}


def test_the_night_tells_and_the_director_need_not_wait(
    director: SiteClient, of_leader: SiteClient, srem: Tenant, spring: Spring
) -> None:
    answer = director.post(f"{ADDRESS}przekaz/", follow=True)
    assert "sees the months that are over" in answer.content.decode()
    do_due_jobs()
    assert told_of(srem)
    MonthFigure.objects.all().delete()
    with bind(srem):
        publish_figures_at_night()
    do_due_jobs()
    assert told_of(srem)
    assert of_leader.post(f"{ADDRESS}przekaz/").status_code == 404
    visitor = SiteClient(srem)
    visitor.log_in("dpo")
    assert visitor.post(f"{ADDRESS}przekaz/").status_code == 403


def test_the_table_itself_takes_no_small_number(srem: Tenant) -> None:
    for number in (1, 4):
        with pytest.raises(IntegrityError), transaction.atomic():
            MonthFigure.objects.create(tenant=srem, month=MARCH, figure="met", number=number)


def test_more_partners_months_and_figures_cost_the_same(
    of_leader: SiteClient, srem: Tenant, spring: Spring
) -> None:
    publish(srem)
    page_of(of_leader)
    with CaptureQueriesContext(connection) as few:
        page_of(of_leader)
    with bind(of_leader.tenant):
        MonthFigure.objects.bulk_create(
            MonthFigure(tenant=srem, month=date(YEAR - 1, month, 1), figure=figure, number=50)
            for month in range(1, 13)
            for figure in ("asked", "hours", "met")
        )
    with CaptureQueriesContext(connection) as many:
        page_of(of_leader, f"okres=dni&od={YEAR - 1}-01-01&do={YEAR}-12-31")
    assert len(many) == len(few)
    assert len(many) <= 22


# The rule itself


@pytest.mark.parametrize(
    ("asked", "met", "known"),
    [
        ((0, 0), (0, 0), (0, 0)),
        ((4, 4), (0, 0), (None, None)),
        ((5, 5), (5, 5), (5, 5)),
        ((5, 5), (4, 4), (5, None)),
        # What is left would be one to four.
        ((10, 9), (9, 8), (10, None)),
        ((10, 9), (6, 6), (10, None)),
        ((10, 9), (5, 5), (10, 5)),
        # Many requests of few people are still about few people.
        ((12, 3), (6, 2), (None, None)),
    ],
)
def test_neither_a_part_nor_what_is_left_of_the_whole_is_told(
    asked: tuple[int, int], met: tuple[int, int], known: tuple[int | None, int | None]
) -> None:
    answer = told({"asked": Cell(*asked), "met": Cell(*met)}, {})
    assert (answer["asked"], answer["met"]) == known


def test_minutes_are_told_as_hours_or_not_at_all() -> None:
    assert told({"hours": Cell(600, 5)}, {"hours": 60}) == {"hours": 10}
    assert told({"hours": Cell(200, 9)}, {"hours": 60}) == {"hours": None}
    assert told({"hours": Cell(600, 4)}, {"hours": 60}) == {"hours": None}
