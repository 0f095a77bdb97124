"""A month as a sheet of a wall calendar."""

import re
from datetime import datetime

import pytest
from pytest_django import DjangoAssertNumQueries

from portal.places.hours import WARSAW
from tenants.binding import bind
from tenants.models import Tenant
from tests.conftest import SiteClient
from tests.events.making import make_activity, make_session
from tests.events.public.test_agenda import read

MONTH = "/en/wydarzenia/miesiac/2030-5/"


def at(day: int, hour: int = 10, month: int = 5) -> datetime:
    return datetime(2030, month, day, hour, tzinfo=WARSAW)


@pytest.fixture
def reader(srem: Tenant, as_site: type[SiteClient]) -> SiteClient:
    return as_site(srem)


def cell(text: str, day: int) -> str:
    [found] = re.findall(rf"<td[^>]*>(?:(?!</td>).)*?[>\s]{day}[<\s].*?</td>", text)
    return str(found)


def test_each_day_says_what_takes_place_and_leads_there(srem: Tenant, reader: SiteClient) -> None:
    with bind(srem):
        make_session(make_activity("Ranek", slug="ranek"), starts_at=at(7))
        make_session(make_activity("Wieczór"), starts_at=at(7, 18))
        make_session(
            make_activity("Odwołany"), starts_at=at(8), status="cancelled", cancelled_at=at(1)
        )
    text = read(reader, MONTH)
    seventh, eighth = cell(text, 7), cell(text, 8)
    assert 'href="/en/wydarzenia/?od=2030-05-07&amp;do=2030-05-07"' in seventh
    assert '2 <span class="hide">events</span>' in seventh
    assert 'href="/en/wydarzenia/ranek/"' in seventh
    assert seventh.index("Ranek") < seventh.index("Wieczór")
    assert "<s>Odwołany</s>" in eighth
    assert "event</span>" not in eighth, "what is cancelled does not count"


def test_red_days_and_holidays(reader: SiteClient) -> None:
    text = read(reader, MONTH)
    assert '<td class=" red">' in text
    assert "Constitution Day" in cell(text, 3)
    assert "Nothing takes place in this month." in text


def test_neighbouring_months_are_offered_where_there_is_something(
    srem: Tenant, reader: SiteClient
) -> None:
    with bind(srem):
        make_session(starts_at=at(7))
        make_session(starts_at=at(7, month=8))
    text = read(reader, MONTH)
    assert "/en/wydarzenia/miesiac/2030-6/" in text
    assert "/en/wydarzenia/miesiac/2030-4/" not in text
    assert "/en/wydarzenia/miesiac/2030-9/" not in read(reader, "/en/wydarzenia/miesiac/2030-8/")


def test_filters_go_along(srem: Tenant, reader: SiteClient) -> None:
    with bind(srem):
        make_session(make_activity("Seniorzy", audience="seniors"), starts_at=at(7))
        make_session(make_activity("Dzieci", audience="children"), starts_at=at(7, month=6))
    text = read(reader, f"{MONTH}?dla=seniors&kiedy=dzis")
    assert "Seniorzy" in text
    assert "?dla=seniors&amp;od=2030-05-07" in text
    assert "miesiac/2030-6/" not in text


@pytest.mark.parametrize("month", ["2030-13", "2030-0", "1999-12", "2101-1", "99999-1"])
def test_month_that_is_none_is_missing(reader: SiteClient, month: str) -> None:
    assert reader.get(f"/en/wydarzenia/miesiac/{month}/").status_code == 404


def test_month_costs_few_queries(
    srem: Tenant, reader: SiteClient, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    with bind(srem):
        for day in range(1, 30):
            make_session(make_activity(f"Dzień {day}"), starts_at=at(day))
    reader.get(MONTH)
    with django_assert_max_num_queries(8):
        assert "Dzień 29" in read(reader, MONTH)
