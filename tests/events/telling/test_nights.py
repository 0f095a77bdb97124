"""What the night does besides: dates that are over, places that must add up, the public index."""

import logging
from typing import Any

import pytest
from django.utils import timezone

from events.listing import listing_changed
from events.models import ActivityText, CapacityPool, Session
from events.reconcile import drifted_pools
from events.tasks import (
    PoolsDrifted,
    check_places,
    close_what_is_over,
    expire_offers_of,
    free_lapsed_holds,
    lapse_unconfirmed,
    look_after_places_and_listing,
    refresh_listing,
)
from tenants.binding import bind
from tenants.models import ListedSession, Tenant
from tests.events.making import in_days, make_activity, make_place, make_session
from tests.events.telling.lists import (
    book,
    copies,
    free,
    offered,
    pool_of,
    reader,
    text_of,
    told,
)
from tests.jobs import waiting_jobs


def test_dates_that_have_ended_have_taken_place(here: Tenant) -> None:
    ended, running, cancelled, draft = (
        make_session(starts_at=in_days(-1)),
        make_session(starts_at=timezone.now()),
        make_session(starts_at=in_days(-1), status="cancelled", cancelled_at=in_days(-2)),
        make_session(starts_at=in_days(-1), status="draft"),
    )
    close_what_is_over()
    statuses = dict(Session.objects.values_list("pk", "status"))
    assert [statuses[one.pk] for one in (ended, running, cancelled, draft)] == [
        "held", "published", "cancelled", "draft",
    ]  # fmt: skip


def test_places_that_add_up_are_no_news(here: Tenant) -> None:
    session = make_session()
    book(session, reader())
    offered(book(session, reader("Jan Nowak"), status="waiting"))
    make_session(capacity=0)
    check_places()


@pytest.mark.parametrize("taken", [0, 3])
def test_drift_is_told_by_a_failed_job_and_not_hidden(
    here: Tenant, caplog: Any, taken: int
) -> None:
    session = make_session()
    book(session, reader(), reader("Jan Nowak"))
    make_session()
    CapacityPool.objects.filter(pk=pool_of(session).pk).update(taken=taken)
    with caplog.at_level(logging.ERROR), pytest.raises(PoolsDrifted):
        check_places()
    assert f"pool {session.pool_id}: taken {taken}, counted 2" in caplog.text
    assert [(drift.taken, drift.counted) for drift in drifted_pools()] == [(taken, 2)]


def test_night_checks_places_in_a_job_of_its_own(srem: Tenant, kety: Tenant) -> None:
    with bind(srem):
        look_after_places_and_listing()
        look_after_places_and_listing()
    names = [job["task"] for job in waiting_jobs(srem)]
    assert sorted(names) == ["events.check_places", "events.refresh_listing"]
    assert waiting_jobs(kety) == []


def test_offer_without_an_answer_goes_to_the_next_when_its_job_runs(here: Tenant) -> None:
    session = make_session(capacity=1)
    slow = book(session, reader("Anna Milczy"), status="waiting", days_ago=9)
    book(session, reader("Jan Czeka"), status="waiting", days_ago=8)
    offered(slow, until=timezone.now())
    expire_offers_of(pool=str(session.pool_id))
    assert told("events/offer_over") == ["Anna Milczy"]
    assert told("events/offer") == ["Jan Czeka"]
    [copy] = copies("events/offer_over")
    assert "got no answer in time" in text_of(copy)
    assert slow.readable_code not in text_of(copy)
    free_lapsed_holds(pool=str(session.pool_id))
    assert len(copies()) == 2


def test_unconfirmed_booking_lapses_when_its_job_runs_and_not_before(here: Tenant) -> None:
    session = make_session()
    late = book(session, reader("Anna Nie"), status="unverified", confirm_by=timezone.now())
    in_time = book(session, reader("Ewa Tak"), status="unverified", confirm_by=in_days(1))
    for booking in (late, in_time, late):
        lapse_unconfirmed(booking=str(booking.pk))
    assert told("events/given_back") == ["Anna Nie"]
    assert free(session) == 11
    [copy] = copies("events/given_back")
    assert "Nobody confirmed the booking in time" in text_of(copy)


def test_job_for_what_is_gone_does_nothing(here: Tenant) -> None:
    gone = "00000000-0000-7000-8000-000000000000"
    expire_offers_of(pool=gone)
    free_lapsed_holds(pool=gone)
    lapse_unconfirmed(booking=gone)
    assert copies() == []


# The public index


def listed(tenant: Tenant) -> list[tuple[str, bool]]:
    rows = ListedSession.objects.filter(tenant=tenant).order_by("starts_at")
    return [(row.title, row.is_cancelled) for row in rows]


def test_index_says_what_the_calendar_says(srem: Tenant, kety: Tenant) -> None:
    with bind(srem):
        activity = make_activity("Ceramika", audience="seniors", fee=10)
        session = make_session(activity, place=make_place("Świetlica"))
        make_session(activity, starts_at=in_days(11), status="draft")
        make_session(activity, starts_at=in_days(-1))
        make_session(activity, starts_at=in_days(200))
        make_session(make_activity(status="draft"))
        refresh_listing()
    [row] = ListedSession.objects.filter(tenant=srem)
    assert (row.session, row.title, row.place, row.audience, row.is_free, row.path) == (
        session.pk, "Ceramika", "Świetlica", "seniors", False, f"/wydarzenia/{activity.slug}/",
    )  # fmt: skip
    assert listed(kety) == []
    with bind(kety):
        make_session(make_activity("Szachy"))
        refresh_listing()
    assert (listed(srem), listed(kety)) == ([("Ceramika", False)], [("Szachy", False)])


def test_index_follows_a_cancellation_a_new_title_and_the_end(srem: Tenant) -> None:
    with bind(srem):
        session = make_session(make_activity("Ceramika"))
        refresh_listing()
        Session.objects.update(status="cancelled", cancelled_at=timezone.now())
        ActivityText.objects.update(title="Glina")
        refresh_listing()
        assert listed(srem) == [("Glina", True)]
        Session.objects.update(starts_at=in_days(-2), ends_at=in_days(-1))
        refresh_listing()
        assert listed(srem) == []
        assert session.pk


def test_index_that_is_right_makes_no_leaders_page_anew(
    srem: Tenant, monkeypatch: pytest.MonkeyPatch, django_assert_max_num_queries: Any
) -> None:
    with bind(srem):
        for days in range(2, 12):
            make_session(starts_at=in_days(days))
        refresh_listing()
        with django_assert_max_num_queries(8):
            refresh_listing()


def test_change_makes_pages_anew_and_the_index_later(srem: Tenant) -> None:
    with bind(srem):
        before = Tenant.objects.get(pk=srem.pk).content_version
        listing_changed()
        assert Tenant.objects.get(pk=srem.pk).content_version != before
    assert [job["task"] for job in waiting_jobs(srem)] == ["events.refresh_listing"]
