"""Nobody but the holder of the link learns who is on a list: a guest who types somebody's name and
phone sees what everybody sees."""

import re

import pytest

from events.models import Activity, Booking, Session
from events.views.booking.journey import Journey
from events.views.booking.sent import Sent
from portal.notifications.models import Delivery
from tenants.binding import bind
from tenants.models import Tenant
from tests.conftest import SiteClient
from tests.events.flow.booker import Booker, pool_of, words


def shown(guest: Booker, step: str = "gotowe") -> str:
    """Without what differs between any two bookings."""
    page = words(guest.look(step)).replace(guest.phone.replace(" ", "\u00a0"), "PHONE")
    page = page.replace(guest.phone, "PHONE")
    return re.sub(r"[A-HJ-NP-Z2-9]{3}-[A-HJ-NP-Z2-9]{3}", "CODE", page)


@pytest.fixture
def curious(srem: Tenant, as_site: type[SiteClient], guest: Booker) -> Booker:
    """Somebody who knows Halina's name and phone, and asks whether she comes."""
    curious = Booker(as_site(srem), guest.activity)
    curious.phone = guest.phone
    return curious


def test_the_confirmation_is_the_same(
    srem: Tenant, as_site: type[SiteClient], guest: Booker, curious: Booker, session: Session
) -> None:
    guest.book(session)
    curious.book(session)
    stranger = Booker(as_site(srem), guest.activity)
    stranger.book(session)
    assert shown(curious) == shown(stranger)
    assert shown(curious, "odwolaj") == shown(stranger, "odwolaj")
    for one in (curious, stranger):
        slip = one.client.get(one.url("kartka.pdf").rstrip("/"))
        assert slip.content.startswith(b"%PDF-")
        one.client.post(one.url("odwolaj"))
    assert "You have given the places back" in words(curious.look())
    assert shown(curious) == shown(stranger)
    with bind(srem):
        # Halina has her place, and has heard of it; what the other form took is free again.
        assert pool_of(session).taken == 1
        told = Delivery.objects.filter(message__kind="events/already_booked")
        assert [str(one.person) for one in told] == ["Halina Nowak"]


def test_the_slip_names_whom_the_form_named(
    srem: Tenant, guest: Booker, curious: Booker, session: Session
) -> None:
    guest.book(session)
    booking = curious.book(session)
    with bind(srem):
        assert not booking.participations.exists()
        words_of_slip = Sent(Journey(curious.draft), booking)._slip_words()
        assert words_of_slip["who"] == ["Halina Nowak"]
        assert words_of_slip["state"] == ""


def test_too_late_to_cancel_is_said_to_both(
    srem: Tenant, as_site: type[SiteClient], guest: Booker, curious: Booker, session: Session
) -> None:
    guest.book(session)
    curious.book(session)
    stranger = Booker(as_site(srem), guest.activity)
    stranger.book(session)
    with bind(srem):
        Activity.objects.update(cancel_hours_before=24 * 30)
    answers = [one.client.post(one.url("odwolaj")).status_code for one in (curious, stranger)]
    assert answers == [403, 403]
    with bind(srem):
        assert Booking.objects.count() == 3


def test_where_a_link_must_confirm_both_are_told_to(
    srem: Tenant, as_site: type[SiteClient], guest: Booker, curious: Booker, session: Session
) -> None:
    guest.book(session)
    with bind(srem):
        Activity.objects.update(must_confirm=True)
    curious.book(session)
    stranger = Booker(as_site(srem), guest.activity)
    stranger.book(session)
    assert "Almost done: confirm the booking" in shown(curious)
    assert shown(curious) == shown(stranger)
