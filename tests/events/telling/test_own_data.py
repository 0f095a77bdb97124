"""What residents see and do about their data, now that bookings are among them."""

from uuid import uuid4

import pytest

from events.models import AccessNeed, Attendance, Booking, Offer, Session
from portal.accounts.actions.give_consent import give_consent
from portal.accounts.models import Person
from tenants.binding import bind
from tenants.models import Tenant
from tests.conftest import SiteClient
from tests.events.making import in_days, make_activity, make_session
from tests.events.telling.lists import book, reader
from tests.my_account.conftest import show_who_i_am
from tests.my_account.reading import words


@pytest.fixture
def resident(as_site: type[SiteClient], srem: Tenant) -> SiteClient:
    client = as_site(srem)
    client.log_in("resident")
    return client


def card(srem: Tenant) -> Person:
    return Person.objects.get(logins__email=f"resident@{srem.schema_name}.example")


def test_resident_reads_what_a_project_keeps_and_leaves(srem: Tenant, resident: SiteClient) -> None:
    with bind(srem):
        paid = make_session(make_activity(project=uuid4()), starts_at=in_days(-3))
        there = book(paid, card(srem)).participations.get()
        Attendance.objects.create(participation=there, session=paid, state="attended")
        coming = make_session(capacity=1)
        book(coming, card(srem))
        book(coming, reader("Jan Czeka"), status="waiting")
    page = words(resident.get("/en/konto/usun/"))
    assert "That you took part in activities paid for by a European project" in page
    assert "art. 82 of Regulation (EU) 2021/1060" in page
    show_who_i_am(resident)
    resident.get("/en/konto/usun/potwierdz/")
    after = resident.post("/en/konto/usun/potwierdz/", {"understood": "on"}, follow=True)
    assert "paid for by a European project" in words(after)
    with bind(srem):
        assert list(Booking.objects.filter(pool=paid.pool)) == [there.booking]
        assert str(Offer.objects.get().entry.booking.booker) == "Jan Czeka"


def test_resident_takes_back_the_consent_and_needs_are_gone(
    srem: Tenant, kety: Tenant, resident: SiteClient
) -> None:
    for tenant in (srem, kety):
        with bind(tenant):
            person = card(tenant)
            consent = give_consent(person=person, purpose="needs", means="online", acting_user=None)
            participation = book(make_session(), person).participations.get()
            AccessNeed.objects.create(participation=participation, need="lift")
            if tenant == srem:
                own = consent
    page = resident.post(f"/en/konto/zgody/{own.pk}/wycofaj/", follow=True)
    assert "Your consent is withdrawn." in words(page)
    with bind(srem):
        assert not AccessNeed.objects.exists()
        assert Session.objects.get()
    with bind(kety):
        assert AccessNeed.objects.count() == 1


def test_resident_without_bookings_is_told_of_no_lock(resident: SiteClient) -> None:
    assert "Nothing. It stays written down" in words(resident.get("/en/konto/usun/"))
