"""The demo's calendar: something of every kind, on whatever day it is started."""

from collections import Counter
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.utils import timezone

from events.availability import State, availability
from events.models import (
    AccessNeed,
    Activity,
    ActivityText,
    Attendance,
    Booking,
    CapacityPool,
    Offer,
    Participation,
    Session,
    TransportRequest,
    WaitlistEntry,
)
from events.reconcile import drifted_pools
from events.recurrence import Span
from portal.accounts.models import Consent, ConsentPurpose, User
from portal.demo.event_days import content, days_of
from portal.demo.installation import settle
from portal.notifications.models import Delivery, Message
from portal.places.models import Place
from tenants.binding import bind
from tenants.models import ListedSession, Tenant
from tests.conftest import SiteClient
from tests.events.making import make_activity, make_session

MODELS = (
    Activity, ActivityText, Session, CapacityPool, Booking, Participation, WaitlistEntry, Offer,
    AccessNeed, TransportRequest, Attendance, Place, ListedSession,
)  # fmt: skip


@pytest.fixture
def settled(srem: Tenant) -> Tenant:
    with bind(srem):
        settle(srem)
    return srem


def start_on(monkeypatch: pytest.MonkeyPatch, tenant: Tenant, *, days: int) -> datetime:
    """Start the demo again, so many days from now."""
    later = timezone.now() + timedelta(days=days)
    with monkeypatch.context() as clock, bind(tenant):
        clock.setattr(timezone, "now", lambda: later)
        settle(tenant)
    return later


def states() -> Counter[State]:
    """Of every public date: what a visitor can do."""
    sessions = Session.objects.public().with_everything()
    waiting = {session.pk: vars(session)["people_waiting"] for session in sessions}
    return Counter(availability(session, waiting=waiting[session.pk]).state for session in sessions)


# What there is


def test_there_are_about_forty_dates_around_today(settled: Tenant) -> None:
    with bind(settled):
        around = Session.objects.public().filter(starts_at__gt=timezone.now() - timedelta(days=30))
        assert 38 <= around.count() <= 48
        assert around.upcoming().count() >= 30
        assert around.filter(starts_at__lt=timezone.now()).count() >= 5
        days = {timezone.localdate(date) for date in around.values_list("starts_at", flat=True)}
        week = {timezone.localdate() + timedelta(days=ahead) for ahead in range(7)}
        assert len(days & week) >= 6


def test_every_pool_counts_exactly_what_its_rows_say(settled: Tenant) -> None:
    with bind(settled):
        assert CapacityPool.objects.filter(taken__gt=0).count() >= 20
        assert drifted_pools() == []
        assert not Participation.objects.with_a_place().filter(pool__in=_cancelled_pools()).exists()


def _cancelled_pools() -> Any:
    return Session.objects.filter(status="cancelled").values("pool")


def test_something_is_in_every_state(settled: Tenant) -> None:
    with bind(settled):
        found = states()
        for state in (
            State.OPEN, State.FULL, State.NOT_OPEN, State.NO_BOOKING, State.CANCELLED, State.OVER,
        ):  # fmt: skip
            assert found[state] >= 1, state
        assert Session.objects.get(status="rescheduled").previous_start
        assert Session.objects.filter(status="cancelled").exclude(note="").exists()
        assert Activity.objects.published().filter(kind="course").count() == 2
        assert Activity.objects.published().exclude(organisation=None).count() == 2
        assert Activity.objects.to_review().count() == 1
        assert Activity.objects.get(status="changes_requested").review_note
        assert Participation.objects.filter(status="pending_approval").count() == 3


def test_lines_and_offers_are_as_the_engine_makes_them(settled: Tenant) -> None:
    with bind(settled):
        offers = list(Offer.objects.select_related("entry__booking__booker", "pool"))
        assert {offer.entry.booking.booker.channel for offer in offers} >= {"phone"}
        resident = User.objects.get(email__startswith="mieszkaniec@").person
        assert resident.pk in {offer.entry.booking.booker_id for offer in offers}
        for offer in offers:
            assert offer.entry.state == WaitlistEntry.State.OFFERED
            assert timezone.now() < offer.expires_at
            assert 8 <= timezone.localtime(offer.expires_at).hour < 21
        for entry in WaitlistEntry.objects.select_related("booking"):
            waiting = entry.booking.participations.filter(status="waiting").count()
            assert entry.size == waiting
        first = WaitlistEntry.objects.order_by("joined_at").values_list("joined_at", flat=True)
        assert first.count() >= 6
        assert all(joined < timezone.now() for joined in first)


def test_whoever_was_there_is_written_down(settled: Tenant) -> None:
    with bind(settled):
        over = Session.objects.filter(status="held")
        for session in over.select_related("pool", "activity__pool"):
            places = session.places
            assert places is not None
            had_a_place = Participation.objects.with_a_place().filter(pool=places).count()
            assert session.attendances.count() == had_a_place
            assert session.ends_at < timezone.now()
        assert set(Attendance.objects.values_list("state", flat=True)) == set(Attendance.State)
        assert not Attendance.objects.filter(session__starts_at__gt=timezone.now()).exists()


def test_needs_rest_on_consent_and_transport_has_every_answer(settled: Tenant) -> None:
    with bind(settled):
        agreed = set(
            Consent.objects.valid()
            .filter(purpose=ConsentPurpose.NEEDS)
            .values_list("person", flat=True)
        )
        people = set(AccessNeed.objects.values_list("participation__person", flat=True))
        assert people
        assert people == agreed
        requests = TransportRequest.objects.all()
        assert {request.state for request in requests} == set(TransportRequest.State)
        for request in requests:
            assert request.street
            assert request.city
            assert (request.decided_at is None) == (request.state == "requested")


def test_ages_suit_the_activities(settled: Tenant) -> None:
    with bind(settled):
        sessions = Session.objects.exclude(pool=None).select_related("activity")
        for session in sessions:
            for participation in Participation.objects.filter(pool=session.pool):
                if session.activity.has_ages:
                    assert session.activity.admits(participation.age or 0)
                else:
                    assert participation.age is None


def test_every_row_is_as_forms_would_have_it(settled: Tenant) -> None:
    with bind(settled):
        for model in (Activity, ActivityText, Session, TransportRequest):
            for row in model.objects.all():
                row.full_clean()


# What it does not do


def test_nobody_is_told_anything(settled: Tenant) -> None:
    with bind(settled):
        assert Booking.objects.count() > 100
        assert not Message.objects.filter(kind__startswith="events/").exists()
        assert not Delivery.objects.filter(message__kind__startswith="events/").exists()


def test_halls_do_not_become_offices(settled: Tenant, as_site: type[SiteClient]) -> None:
    page = as_site(settled).get("/kontakt/").content.decode()
    with bind(settled):
        hall = Place.objects.filter(name__contains="Kasztanem").get()
        assert hall.name not in page
        hall.is_main = True
        hall.save()
    assert hall.name in as_site(settled).get("/kontakt/").content.decode()


def test_it_takes_few_statements(srem: Tenant, django_assert_max_num_queries: Any) -> None:
    with bind(srem):
        settle(srem)
        for model in (
            Attendance, TransportRequest, AccessNeed, Offer, WaitlistEntry, Participation, Booking,
            Session, Activity,
        ):  # fmt: skip
            model.objects.all().delete()
        CapacityPool.objects.filter(shift=None).delete()
        with django_assert_max_num_queries(100):
            settle(srem)
        assert Session.objects.count() > 38


# Another start


def test_second_start_changes_nothing(settled: Tenant) -> None:
    def rows() -> list[list[Any]]:
        return [list(model.objects.order_by("pk").values()) for model in MODELS]

    with bind(settled):
        before = rows()
        settle(settled)
        assert rows() == before


def test_next_day_brings_a_date_and_leaves_the_others_alone(
    settled: Tenant, monkeypatch: pytest.MonkeyPatch
) -> None:
    with bind(settled):
        moved = Session.objects.filter(activity__slug="klub-malucha").in_order()[1]
        moved.note = "Przenieśliśmy do biblioteki."
        moved.save()
        before = {row["id"]: row for row in Session.objects.values()}
        booked = {row["id"]: row for row in Booking.objects.values()}
    start_on(monkeypatch, settled, days=7)
    with bind(settled):
        after = {row["id"]: row for row in Session.objects.values()}
        assert after.items() >= before.items()
        assert 8 <= len(after) - len(before) <= 12
        assert {row["id"]: row for row in Booking.objects.values()}.items() >= booked.items()
        assert drifted_pools() == []


def test_after_two_months_it_is_full_of_life_again(
    settled: Tenant, monkeypatch: pytest.MonkeyPatch
) -> None:
    later = start_on(monkeypatch, settled, days=60)
    with bind(settled):
        coming = Session.objects.public().upcoming(later)
        assert coming.count() >= 18
        assert Offer.objects.filter(expires_at__gt=later).count() == 2
        assert Attendance.objects.filter(session__starts_at__gt=timezone.now()).exists()
        assert drifted_pools() == []


@pytest.mark.parametrize("number", range(10))
def test_no_two_meet_in_one_room(number: int) -> None:
    """Whatever the gmina's order of working days, whenever the demo is started."""
    tenant = Tenant(schema_name=f"g{number}", name="Gmina")
    lines = [line for line in content()["activities"] if "room" in line]
    for today in (timezone.localdate() + timedelta(days=days) for days in range(7)):
        taken: dict[str, list[Span]] = {}
        for day in (day for line in lines for day in days_of(line, today, tenant)):
            span = day.span(moved_by=day.plan.get("moved_by", 0))
            others = taken.setdefault(day.line["room"], [])
            for other in others:
                assert span.ends_at <= other.starts_at or other.ends_at <= span.starts_at, day.name
            others.append(span)


@pytest.mark.parametrize("days", range(1, 7))
def test_any_day_of_the_week_will_do(
    srem: Tenant, monkeypatch: pytest.MonkeyPatch, days: int
) -> None:
    later = start_on(monkeypatch, srem, days=days)
    with bind(srem):
        assert Session.objects.public().upcoming(later).count() >= 29
        assert WaitlistEntry.objects.count() >= 6
        assert Session.objects.filter(place=None).count() == 0
        room_gone = Session.objects.filter(room=None).exclude(
            activity__slug__in=[
                "spacer-razem-razniej", "marsz-z-kijkami", "piknik-rodzinny",
                "wycieczka-do-ogrodu-botanicznego",
            ]
        )  # fmt: skip
        assert not room_gone.exists()
        assert drifted_pools() == []


# What people have done meanwhile


def test_room_that_somebody_has_taken_stays_theirs(
    settled: Tenant, monkeypatch: pytest.MonkeyPatch
) -> None:
    with bind(settled):
        last = Session.objects.filter(activity__slug="klub-malucha").order_by("starts_at").last()
        assert last is not None
        week_after = last.starts_at + timedelta(days=7)
        theirs = make_session(starts_at=week_after, place=last.place, room=last.room)
    start_on(monkeypatch, settled, days=7)
    with bind(settled):
        ours = Session.objects.get(activity__slug="klub-malucha", starts_at=week_after)
        assert ours.room is None
        assert ours.place == theirs.place
        assert Session.objects.get(pk=theirs.pk).room == last.room
        assert drifted_pools() == []


def test_address_that_somebody_has_taken_stays_theirs(srem: Tenant) -> None:
    with bind(srem):
        theirs = make_activity("Nasz piknik", slug="piknik-rodzinny")
        settle(srem)
        assert Activity.objects.get(slug="piknik-rodzinny") == theirs
        assert not theirs.sessions.exists()
        assert Session.objects.count() > 38


def test_each_gmina_has_its_own(settled: Tenant, kety: Tenant) -> None:
    with bind(kety):
        assert not Session.objects.exists()
        settle(kety)
        there = set(Session.objects.values_list("pk", flat=True))
        codes = set(Booking.objects.values_list("code", flat=True))
    with bind(settled):
        assert not there & set(Session.objects.values_list("pk", flat=True))
        assert not codes & set(Booking.objects.values_list("code", flat=True))


# What visitors see


def test_calendar_is_full_in_three_languages(settled: Tenant, as_site: type[SiteClient]) -> None:
    visitor = as_site(settled)
    for prefix, title in (
        ("", "Smartfon bez strachu"), ("/en", "Smartphone without fear"),
        ("/uk", "Смартфон без страху"),
    ):  # fmt: skip
        assert title in visitor.get(f"{prefix}/wydarzenia/").content.decode()
        assert visitor.get(f"{prefix}/wydarzenia/smartfon-bez-strachu/").status_code == 200
    with bind(settled):
        slugs = Activity.objects.published().values_list("slug", flat=True)
        for slug in slugs:
            assert visitor.get(f"/wydarzenia/{slug}/").status_code == 200


def test_leaders_index_is_fed(settled: Tenant) -> None:
    with bind(settled):
        coming = set(Session.objects.public().upcoming().values_list("pk", flat=True))
    listed = set(ListedSession.objects.filter(tenant=settled).values_list("session", flat=True))
    assert listed
    assert listed <= coming
