"""The waiting list behind the link: the place in line, an offer, an answer."""

from datetime import timedelta

import pytest
from django.utils import timezone

from events import capacity
from events.actions.leave_waiting_list import leave_waiting_list
from events.models import (
    Activity,
    Booking,
    Offer,
    Participation,
    Session,
    WaitlistEntry,
)
from tenants.binding import bind
from tenants.models import Tenant
from tests.conftest import SiteClient
from tests.events.flow.booker import Booker, code, link, pool_of, resize, taken, told, words
from tests.events.making import in_days, make_activity, make_session


@pytest.fixture
def waiting(
    srem: Tenant,
    as_site: type[SiteClient],
    activity: Activity,
    booking: Booking,
    session: Session,
) -> Booking:
    """Another Halina, behind the two who have all the places."""
    resize(srem, session, 2)
    return Booker(as_site(srem), activity).book(session, waits="1")


def test_whoever_waits_sees_their_place_in_line_and_leaves(
    srem: Tenant, holder: SiteClient, waiting: Booking
) -> None:
    page = words(holder.get(link(srem, waiting)))
    assert "You are on the waiting list" in page
    assert "Your place in line 1" in page
    leave = link(srem, waiting, "opusc")
    assert "you are last in line" in words(holder.get(leave))
    done = words(holder.post(leave, follow=True))
    assert "You are no longer on the waiting list." in done
    with bind(srem):
        assert WaitlistEntry.objects.get().state == "left"
    assert holder.post(leave).status_code == 302


def test_an_offer_is_accepted(
    srem: Tenant, holder: SiteClient, booking: Booking, waiting: Booking, session: Session
) -> None:
    told(
        holder.post(link(srem, waiting, "przyjmij")), 410, "offer_expired",
        "The time to answer has passed and the place went to the next person in line.",
    )  # fmt: skip
    holder.post(link(srem, booking, "anuluj"))
    page = words(holder.get(link(srem, waiting)))
    assert "There is room for you" in page
    assert "1 place is kept for you" in page
    assert "Yes, I take the place" in page
    for _twice in range(2):
        done = holder.post(link(srem, waiting, "przyjmij"), follow=True)
        assert "The places are yours." in words(done)
    assert taken(srem, session) == 1
    with bind(srem):
        assert waiting.participations.get().status == "confirmed"


def test_an_offer_is_declined_after_being_asked(
    srem: Tenant, holder: SiteClient, booking: Booking, waiting: Booking, session: Session
) -> None:
    holder.post(link(srem, booking, "anuluj"))
    decline = link(srem, waiting, "odrzuc")
    assert "It goes to the next person in line at once" in words(holder.get(decline))
    assert taken(srem, session) == 1
    holder.post(decline)
    assert taken(srem, session) == 0
    told(holder.get(decline), 410, "offer_expired", "The time to answer has passed")


def test_an_offer_that_is_over(
    srem: Tenant, holder: SiteClient, booking: Booking, waiting: Booking
) -> None:
    holder.post(link(srem, booking, "anuluj"))
    with bind(srem):
        Offer.objects.update(expires_at=timezone.now() - timedelta(minutes=1))
    said = told(
        holder.post(link(srem, waiting, "przyjmij")), 410, "offer_expired",
        "The time to answer has passed and the place went to the next person in line.",
    )  # fmt: skip
    assert "Join the waiting list again" in said
    assert "Send me a new link" in said
    assert "The place has passed on to others" in words(holder.get(link(srem, waiting)))


def test_an_offer_at_a_time_when_they_are_elsewhere(
    srem: Tenant, holder: SiteClient, booking: Booking, waiting: Booking
) -> None:
    with bind(srem):
        other = make_activity("Szydełko")
        elsewhere = make_session(other, starts_at=in_days(10))
        pool = pool_of(elsewhere)
        Participation.objects.create(
            booking=booking, person=waiting.booker, pool=pool, place=pool, status="confirmed",
            ordinal=5,
        )  # fmt: skip
        capacity.take(pool.pk, 1)
        for one in booking.participations.filter(pool=booking.pool):
            holder.post(link(srem, booking, "anuluj", str(one.pk)))
    page = holder.get(link(srem, waiting))
    assert code(page) == "OpportunityIsInConflict"
    assert "You already have Szydełko at that time." in words(page)


def test_a_party_that_left_the_line_sees_so(
    srem: Tenant, holder: SiteClient, waiting: Booking
) -> None:
    with bind(srem):
        leave_waiting_list(entry=WaitlistEntry.objects.get(), acting_user=None)
    page = words(holder.get(link(srem, waiting)))
    assert "You can book again whenever there are places." in page
    for below in ("zmien/potrzeby", "zmien/uwagi", "zmien/termin", "anuluj"):
        assert holder.get(f"{link(srem, waiting)}{below}/").status_code == 302
