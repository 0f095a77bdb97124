from typing import Any
from xml.etree import ElementTree

from pytest_django import DjangoAssertNumQueries

from tenants.binding import bind
from tenants.models import Tenant
from tests.conftest import SiteClient
from tests.events.making import in_days, make_activity, make_session

RSS = "/en/wydarzenia/rss.xml"


def items(response: Any) -> list[dict[str, str]]:
    channel = ElementTree.fromstring(response.content).find("channel")  # noqa: S314 (our own)
    assert channel is not None
    return [{child.tag: child.text or "" for child in item} for item in channel.iter("item")]


def test_each_coming_activity_is_told_of_once_newest_first(
    srem: Tenant, as_site: type[SiteClient]
) -> None:
    with bind(srem):
        weekly = make_activity("Joga & <oddech>")
        for day in (2, 9, 16):
            make_session(weekly, starts_at=in_days(day, 10))
        make_session(make_activity("Szachy"), starts_at=in_days(1))
    response = as_site(srem).get(RSS)
    assert response.headers["Content-Type"] == "application/rss+xml; charset=utf-8"
    found = items(response)
    assert [item["title"] for item in found] == ["Szachy", "Joga & <oddech>"]
    assert found[1]["link"] == f"http://srem.localhost/en/wydarzenia/{weekly.slug}/"
    assert found[1]["guid"] == found[1]["link"]
    assert found[1]["description"].startswith("Uczymy się dzwonić z wideo. Next date: ")
    assert found[1]["description"].endswith(", 10:00.")


def test_what_is_over_cancelled_or_not_public_is_not_news(
    srem: Tenant, as_site: type[SiteClient]
) -> None:
    with bind(srem):
        make_session(make_activity("Było"), starts_at=in_days(-3))
        make_session(make_activity("Tajne", status="draft"))
        make_session(make_activity("Odwołane"), status="cancelled", cancelled_at=in_days(-1))
        make_activity("Bez terminu")
    assert items(as_site(srem).get(RSS)) == []


def test_two_requests_get_the_same_bytes_also_of_an_empty_feed(
    srem: Tenant, kety: Tenant, as_site: type[SiteClient]
) -> None:
    with bind(srem):
        make_session()
    for tenant in (srem, kety):
        client = as_site(tenant)
        first, second = client.get(RSS), client.get(RSS)
        assert first.content == second.content
        assert client.get(RSS, HTTP_IF_NONE_MATCH=first.headers["ETag"]).status_code == 304


def test_it_takes_the_same_queries_for_many_activities(
    srem: Tenant, as_site: type[SiteClient], django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    with bind(srem):
        for number in range(12):
            make_session(make_activity(f"Zajęcia {number}"))
    client = as_site(srem)
    client.get(RSS)
    with django_assert_max_num_queries(4):
        assert len(items(client.get(RSS))) == 12
