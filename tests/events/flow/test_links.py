"""Links that are over, and how to get a new one without telling who has booked."""

import pytest

from events.links import new_link_version
from events.models import (
    Booking,
)
from portal.notifications.models import Delivery
from tenants.binding import bind
from tenants.models import Tenant
from tests.conftest import SiteClient
from tests.events.flow.booker import Booker, link, title, told, words


def test_a_link_that_is_over_offers_a_new_one(
    srem: Tenant, kety: Tenant, as_site: type[SiteClient], holder: SiteClient, booking: Booking
) -> None:
    old = link(srem, booking)
    with bind(srem):
        new_link_version(booking)
    for client, address in (
        (holder, old),
        (holder, f"{old}anuluj/"),
        (holder, "/en/wydarzenia/zgloszenie/ABCDEF/abcdefghijklmnop/"),
        (as_site(kety), link(srem, booking)),
    ):
        response = client.get(address)
        said = told(response, 410, "link_expired", "This link is no longer valid.")
        assert "Send me a new link" in said
        assert "Halina" not in said
    assert holder.get(link(srem, booking)).status_code == 200


@pytest.mark.parametrize("wanted", ["code", "600 200", "nobody@example.pl", "ABCDEF"])
def test_a_new_link_is_sent_and_the_answer_is_always_the_same(
    wanted: str, srem: Tenant, holder: SiteClient, guest: Booker, booking: Booking
) -> None:
    typed = {"code": booking.readable_code.lower(), "600 200": guest.phone}.get(wanted, wanted)
    response = holder.post("/en/wydarzenia/link/", {"wanted": typed})
    assert response.headers["Location"] == "/en/wydarzenia/link/?wyslane=1"
    page = holder.get(response.headers["Location"])
    assert "If we know such a booking, a new link to it is on its way" in words(page)
    with bind(srem):
        sent = Delivery.objects.filter(message__kind="events/link")
        known = wanted in {"code", "600 200"}
        assert [str(one.person) for one in sent] == (["Halina Nowak"] if known else [])
        before = booking.link_version
        booking.refresh_from_db()
        assert booking.link_version == before + known


def test_new_links_are_not_asked_for_without_end(
    srem: Tenant, holder: SiteClient, booking: Booking
) -> None:
    answers = [
        holder.post("/en/wydarzenia/link/", {"wanted": booking.code}).status_code
        for _try in range(11)
    ]
    assert answers == [302] * 10 + [429]
    with bind(srem):
        assert Delivery.objects.filter(message__kind="events/link").count() == 5
    empty = holder.post("/en/wydarzenia/link/", {"wanted": ""})
    assert empty.status_code == 422
    assert title(empty).startswith("Error:")
