"""Dates that do not take place: skipped, cancelled, a whole course at once."""

from datetime import timedelta

import pytest
from django.utils import timezone

from events.models import (
    Activity,
    BookingDraft,
    CapacityPool,
    Hold,
    Offer,
    Participation,
    Series,
    Session,
    WaitlistEntry,
)
from portal.notifications.models import Message
from tenants.binding import bind
from tenants.models import Tenant
from tests.conftest import SiteClient
from tests.events.editing.doors import places_of, reread
from tests.events.editing.pages import PLACES, WARSAW, date_of, one, page, told, typed
from tests.events.making import in_days, make_activity, make_place, make_session
from tests.events.running.evening import booked, card


def test_cancelling_ends_the_bookings_and_nobody_gets_the_places(
    srem: Tenant, office: SiteClient, full: Session
) -> None:
    with bind(srem):
        waits = WaitlistEntry.objects.get()
        assert waits.state == "waiting"
    confirm = page(office.get(date_of(full, "odwolaj/")))
    assert "3 people will be told." in confirm
    assert "This cannot be undone." in confirm
    for _ in range(2):  # pressed twice
        answer = office.post(date_of(full, "odwolaj/"), {"note": "Sala zalana"})
        assert answer.status_code == 302
    with bind(srem):
        cancelled = reread(full)
        assert (cancelled.status, cancelled.sequence, cancelled.note) == (
            "cancelled",
            1,
            "Sala zalana",
        )
        fallen = Participation.objects.filter(status="cancelled_by_organiser", place=None)
        assert fallen.count() == Participation.objects.count() == 4
        waits.refresh_from_db()
        assert waits.state == "left"
        assert not Offer.objects.exists()
        pool = places_of(full)
        assert (pool.taken, pool.capacity, pool.waitlist_limit) == (0, 0, 0)
    assert told(srem, "events/cancelled") == ["Anna", "Ola", "Zofia"]
    assert not told(srem, "events/offer")
    public = page(SiteClient(srem).get(f"/en/wydarzenia/{full.activity.slug}/"))
    assert "Cancelled" in public
    assert "Sala zalana" in public


def test_cancelling_lets_go_of_forms_and_offers_too(
    srem: Tenant, office: SiteClient, full: Session
) -> None:
    with bind(srem):
        pool = full.pool
        assert pool is not None
        CapacityPool.objects.filter(pk=pool.pk).update(capacity=6, taken=6)
        entry = WaitlistEntry.objects.get()
        entry.state = "offered"
        entry.save()
        offer = Offer.objects.create(
            entry=entry, pool=pool, number=1, expires_at=timezone.now() + timedelta(hours=5)
        )
        form = BookingDraft.objects.create(
            client="x", slot=1, activity=full.activity, pool=pool,
            held_until=timezone.now() + timedelta(minutes=9),
        )  # fmt: skip
        Hold.objects.create(draft=form, pool=pool, number=2)
    office.post(date_of(full, "odwolaj/"), {"note": ""})
    with bind(srem):
        pool.refresh_from_db()
        assert pool.taken == 0
        assert not Hold.objects.exists()
        form.refresh_from_db()
        assert (form.slot, form.held_until) == (None, None)
        offer.refresh_from_db()
        assert offer.state == "withdrawn"


def test_skipping_one_date_of_a_series_leaves_the_others(srem: Tenant, office: SiteClient) -> None:
    with bind(srem):
        activity, place = make_activity("Gimnastyka"), make_place()
    days = [in_days(9), in_days(16)]
    form = {
        **typed(days[0], place), **PLACES, "rhythm": "weekly", "until": "", "number": "2",
        "which": "", "key": "01a20231-a86a-7cef-893e-6aedec33cb67",
        "on": [day.astimezone(WARSAW).date().isoformat() for day in days],
    }  # fmt: skip
    office.post(one(activity, "seria/utworz/"), form)
    with bind(srem):
        first, second = activity.sessions.order_by("starts_at")
        for session, name in ((first, "Anna"), (second, "Ola")):
            booked(session, card(name, "Lis", phone="+48600100200", channel="sms"))
    assert "Skip this date" in page(office.get(date_of(first)))
    assert "The other dates, and who is booked on them" in page(
        office.get(date_of(first, "pomin/"))
    )
    office.post(date_of(first, "pomin/"), {"note": ""})
    with bind(srem):
        first, second = reread(first), reread(second)
        assert (first.status, second.status) == ("cancelled", "published")
        assert [day.isoformat() for day in Series.objects.get().skipped_on] == [form["on"][0]]
        assert Participation.objects.get(pool=second.pool).status == "confirmed"
        assert places_of(second).taken == 1
    assert told(srem, "events/cancelled") == ["Anna"]


@pytest.fixture
def course(srem: Tenant) -> Activity:
    with bind(srem):
        activity = make_activity("Kurs pierogów", kind="course", capacity=5)
        for number in (3, 10, 17):
            date = make_session(activity, starts_at=in_days(number), place=make_place())
        booked(date, card("Anna", "Łącka", phone="+48600100200", channel="sms"))
        return activity


def test_cancelling_one_date_never_cancels_the_course(
    srem: Tenant, office: SiteClient, course: Activity
) -> None:
    with bind(srem):
        first = course.sessions.order_by("starts_at")[0]
    assert "The course goes on" in page(office.get(date_of(first, "odwolaj/")))
    office.post(date_of(first, "odwolaj/"), {"note": ""})
    with bind(srem):
        assert reread(first).status == "cancelled"
        assert Participation.objects.get().status == "confirmed"
        pool = places_of(course)
        assert (pool.taken, pool.capacity) == (1, 5)
    assert told(srem, "events/cancelled") == ["Anna"]


def test_cancelling_the_whole_course_is_told_once(
    srem: Tenant, office: SiteClient, course: Activity
) -> None:
    confirm = page(office.get(one(course, "odwolaj/")))
    assert "1 person will be told." in confirm
    assert "The whole course is cancelled." in confirm
    answer = office.post(
        one(course, "odwolaj/"), {"note": "The whole course is cancelled."}, follow=True
    )
    assert "3 dates are cancelled." in page(answer)
    with bind(srem):
        assert set(course.sessions.values_list("status", flat=True)) == {"cancelled"}
        assert Participation.objects.get().status == "cancelled_by_organiser"
        pool = places_of(course)
        assert (pool.taken, pool.capacity) == (0, 0)
    assert told(srem, "events/cancelled") == ["Anna"]
    with bind(srem):
        message = Message.objects.get(kind__startswith="events/cancelled")
        assert "The whole course is cancelled." in message.content["pl"]["text"]


def test_only_a_date_nobody_has_seen_is_removed(srem: Tenant, office: SiteClient) -> None:
    with bind(srem):
        secret = make_session(make_activity(status="draft"), status="draft")
        public = make_session()
    assert "nobody has to be told" in page(office.get(date_of(secret, "usun/")))
    office.post(date_of(secret, "usun/"))
    office.post(date_of(public, "usun/"))
    with bind(srem):
        assert list(Session.objects.all()) == [public]
        assert list(CapacityPool.objects.all()) == [public.pool]
