"""Who is driven: asked for, arranged with an hour, refused with words; each answer told once."""

import pytest

from events.models import TransportRequest
from portal.audit.models import AuditEntry
from portal.notifications.models import Message
from tenants.binding import bind
from tenants.models import Tenant
from tests.conftest import SiteClient
from tests.events.running.evening import Evening

State = TransportRequest.State


def told(tenant: Tenant) -> list[str]:
    with bind(tenant):
        return [
            message.content["pl"]["text"] + message.content["pl"]["sms"]
            for message in Message.objects.filter(kind="events/transport").order_by("id")
        ]


def address(evening: Evening, rest: str = "") -> str:
    return f"/en/panel/wydarzenia/dowoz/{evening.transport.pk}/{rest}"


@pytest.fixture
def ways(srem: Tenant, evening: Evening) -> tuple[str, str]:
    with bind(srem):
        return address(evening), address(evening, "odmow/")


def test_the_list_says_whom_from_where(clerk: SiteClient, evening: Evening) -> None:
    page = clerk.get(evening.url("dowoz/")).content.decode()
    for words in ("Anna Łącka", "ul. Polna 1, Krzyszkowo", "za sklepem", "2 people", "Asked for"):
        assert words in page, words
    pdf = clerk.get(evening.url("dowoz/lista.pdf"))
    assert pdf.content.startswith(b"%PDF")


def test_it_is_arranged_with_an_hour_and_told_once(
    clerk: SiteClient, srem: Tenant, evening: Evening, ways: tuple[str, str]
) -> None:
    assert (
        "An hour looks like this: 9:15."
        in clerk.post(ways[0], {"pickup_at": "rano"}).content.decode()
    )
    for _time in range(2):
        page = clerk.post(ways[0], {"pickup_at": "9.15"}, follow=True).content.decode()
        assert "Anna Łącka is told." in page
    assert "9:15" in page
    with bind(srem):
        request = evening.transport
        assert (request.state, f"{request.pickup_at:%H:%M}") == (State.ARRANGED, "09:15")
        assert AuditEntry.objects.filter(action="transport.decided").count() == 1
    [words] = told(srem)
    assert "9:15" in words
    clerk.post(ways[0], {"pickup_at": "9:30"})
    assert len(told(srem)) == 2


def test_it_is_refused_with_words(
    clerk: SiteClient, srem: Tenant, evening: Evening, ways: tuple[str, str]
) -> None:
    assert "This field is required." in clerk.post(ways[1], {"words": ""}).content.decode()
    page = clerk.post(ways[1], {"words": "Autobus 5 jedzie o 9:10."}, follow=True).content.decode()
    assert "is told that it is not possible" in page
    with bind(srem):
        assert evening.transport.state == State.DECLINED
    [words] = told(srem)
    assert words.count("Autobus 5 jedzie o 9:10.") == 2


def test_nobody_is_driven_who_gave_the_place_back(
    clerk: SiteClient, srem: Tenant, evening: Evening, ways: tuple[str, str]
) -> None:
    with bind(srem):
        evening.anna.participations.update(status="cancelled_by_participant", place=None)
    page = clerk.post(ways[0], {"pickup_at": "9:15"}, follow=True).content.decode()
    assert "have been given back" in page
    assert "Nobody asked to be driven" in page
    assert told(srem) == []
