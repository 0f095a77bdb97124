"""The waiting list: places kept by hand, and answers given on the telephone."""

from dataclasses import dataclass

import pytest

from events.models import Booking, CapacityPool, Offer, Participation, Session, WaitlistEntry
from tenants.binding import bind
from tenants.models import Tenant
from tests.conftest import SiteClient
from tests.events.making import make_session
from tests.events.running.evening import booked, booking_url, card, pool_of

Status = Participation.Status


@dataclass(frozen=True, slots=True)
class Line:
    """Ola and Ewa wait together for a date in ten days; nothing is free."""

    session: Session
    party: Booking

    @property
    def page(self) -> str:
        return f"/en/panel/wydarzenia/termin/{self.session.pk}/rezerwowa/"

    def url(self, part: str) -> str:
        return f"/en/panel/wydarzenia/kolejka/{self.party.entry.pk}/{part}"

    def free(self) -> int:
        return pool_of(self.session).free

    def grow(self) -> None:
        """Two places that were offered to nobody, as shortly before the beginning."""
        CapacityPool.objects.filter(pk=pool_of(self.session).pk).update(capacity=3)


@pytest.fixture
def line(srem: Tenant) -> Line:
    with bind(srem):
        session = make_session(capacity=1)
        booked(session, card("Adam", "Kos"))
        ola = card("Ola", "Maj", phone="+48600100300", channel="phone")
        return Line(session, booked(session, ola, card("Ewa", "Maj"), status="waiting"))


def offered(tenant: Tenant, line: Line, clerk: SiteClient) -> Offer:
    with bind(tenant):
        line.grow()
        address = line.url("zaproponuj/")
    clerk.post(address)
    with bind(tenant):
        return Offer.objects.get(entry__booking=line.party)


def answer(made: Offer, word: str) -> str:
    return f"/en/panel/wydarzenia/propozycja/{made.pk}/{word}/"


def test_a_party_stands_with_its_size_and_position(
    clerk: SiteClient, srem: Tenant, line: Line
) -> None:
    with bind(srem):
        booked(line.session, card("Iga", "Sól"), status="waiting")
    page = clerk.get(line.page).content.decode()
    assert page.index("Ola Maj, Ewa Maj") < page.index("Iga Sól")
    for words in ("No. 1", "No. 2", "together: 2", "600 100 300", "Keep 2 places"):
        assert words in page, words


def test_places_are_kept_for_one_party_by_hand(clerk: SiteClient, srem: Tenant, line: Line) -> None:
    with bind(srem):
        line.grow()
        address = line.url("zaproponuj/")
    page = clerk.post(address, follow=True).content.decode()
    assert "Kept for Ola Maj until" in page
    assert "They take it" in page
    with bind(srem):
        assert Offer.objects.get().made_by is not None
        assert line.free() == 0
    again = clerk.post(address, follow=True).content.decode()
    assert "Somebody has changed this meanwhile." in again


def test_nothing_is_kept_where_nothing_is_free(clerk: SiteClient, srem: Tenant, line: Line) -> None:
    with bind(srem):
        address = line.url("zaproponuj/")
    assert "No places are left." in clerk.post(address, follow=True).content.decode()
    with bind(srem):
        assert not Offer.objects.exists()


def test_yes_on_the_telephone(clerk: SiteClient, srem: Tenant, line: Line) -> None:
    made = offered(srem, line, clerk)
    assert "Do they take them?" in clerk.get(booking_url(line.party.pk)).content.decode()
    for _time in range(2):
        page = clerk.post(answer(made, "przyjmij"), follow=True).content.decode()
        assert "Ola Maj has the place." in page
    with bind(srem):
        statuses = line.party.participations.values_list("status", flat=True)
        assert set(statuses) == {Status.CONFIRMED}


def test_no_on_the_telephone_is_asked_once_more(
    clerk: SiteClient, srem: Tenant, line: Line
) -> None:
    made = offered(srem, line, clerk)
    asked = clerk.get(answer(made, "odrzuc")).content.decode()
    assert "the next in line is asked" in asked
    with bind(srem):
        made.refresh_from_db()
        assert made.state == Offer.State.OPEN
    page = clerk.post(answer(made, "odrzuc"), follow=True).content.decode()
    assert "does not take the place" in page
    with bind(srem):
        assert line.free() == 2
        entry = WaitlistEntry.objects.get(booking=line.party)
        assert entry.state == WaitlistEntry.State.DECLINED


def test_a_place_that_expired_cannot_be_taken(clerk: SiteClient, srem: Tenant, line: Line) -> None:
    made = offered(srem, line, clerk)
    with bind(srem):
        Offer.objects.filter(pk=made.pk).update(expires_at=made.made_at)
    page = clerk.post(answer(made, "przyjmij"), follow=True).content.decode()
    assert "The time to answer has passed" in page


def test_a_party_leaves_the_line(clerk: SiteClient, srem: Tenant, line: Line) -> None:
    with bind(srem):
        address = line.url("opusc/")
    assert "2 people lose the place in line" in clerk.get(address).content.decode()
    page = clerk.post(address, follow=True).content.decode()
    assert "Ola Maj is off the waiting list." in page
    assert "Nobody is waiting" in page
    with bind(srem):
        assert not line.party.participations.active().exists()
