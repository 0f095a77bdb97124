"""One date: added, moved, skipped, cancelled, with another number of places."""

from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

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
    Told,
    WaitlistEntry,
)
from portal.notifications.models import Delivery, Message
from portal.places.models import Place, Room
from tenants.binding import bind
from tenants.models import Tenant
from tests.conftest import SiteClient
from tests.events.editing.doors import places_of, reread
from tests.events.editing.test_activities import one, page
from tests.events.making import in_days, make_activity, make_place, make_session
from tests.events.running.evening import booked, card
from tests.jobs import do_due_jobs

WARSAW = ZoneInfo("Europe/Warsaw")


def date_of(session: Session, rest: str = "") -> str:
    return f"/en/panel/wydarzenia/data/{session.pk}/{rest}"


def typed(moment: datetime, place: Place | None = None, room: Room | None = None) -> dict[str, Any]:
    local = moment.astimezone(WARSAW)
    where = f"room:{room.pk}" if room else f"place:{place.pk}" if place else ""
    return {
        "day": local.date().isoformat(), "starts": f"{local:%H:%M}",
        "ends": f"{local + timedelta(hours=2):%H:%M}", "where": where,
    }  # fmt: skip


PLACES = {"capacity": "12", "waitlist_limit": "", "desk": "0", "wheelchair": "0"}


@pytest.fixture
def full(srem: Tenant) -> Session:
    """Public, three places, all taken: Anna and Jan by SMS, Zofia by letter; Ola waits."""
    with bind(srem):
        session = make_session(
            make_activity("Pierogi", kind="one_off"), capacity=3, place=make_place()
        )
        booked(
            session,
            card("Anna", "Łącka", phone="+48600100200", channel="sms"),
            card("Jan", "Łącki"),
        )
        booked(
            session,
            card(
                "Zofia", "Żak", channel="letter", street="Polna 1", postcode="63-100", city="Śrem"
            ),
        )
        ola = card("Ola", "Maj", phone="+48600100300", channel="phone")
        booked(session, ola, status="waiting")
        return reread(session)


def told(srem: Tenant, kind: str) -> list[str]:
    """Who was told something, after the jobs that are due."""
    do_due_jobs()
    with bind(srem):
        copies = Delivery.objects.filter(message__kind__startswith=kind).exclude(channel="inbox")
        return sorted(copies.values_list("person__first_name", flat=True))


# Adding


def test_a_date_is_added_once(srem: Tenant, office: SiteClient) -> None:
    with bind(srem):
        activity, place = make_activity("Szachy"), make_place()
    form = {**typed(in_days(9), place), **PLACES, "has_captions": "on", "wheelchair": "2"}
    for _ in range(2):
        assert office.post(one(activity, "termin/"), form).status_code == 302
    with bind(srem):
        session = activity.sessions.get()
        assert (session.status, session.starts_at, session.has_captions) == (
            "published",
            in_days(9),
            True,
        )
        assert session.pool is not None
        assert session.pool.reserved.get().capacity == 2
    assert "Szachy" in page(SiteClient(srem).get("/wydarzenia/"))


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({"starts": "12:00", "ends": "10:00"}, "The end comes before the beginning."),
        ({"day": "2020-05-12"}, "This time has passed already."),
        ({"capacity": "100000"}, "Write a number from 1 to 2000."),
        ({"day": ""}, "Write the date."),
    ],
)
def test_a_date_that_cannot_be_is_refused_in_words(
    more: dict[str, str], words: str, srem: Tenant, office: SiteClient
) -> None:
    with bind(srem):
        activity, place = make_activity(), make_place("Remiza pod lasem")
    form = {**typed(in_days(9), place), **PLACES, "waitlist_limit": "7", **more}
    answer = office.post(one(activity, "termin/"), form)
    assert answer.status_code == 422
    assert page(answer).count(words) == 2
    assert 'value="7"' in page(answer)
    assert f'value="place:{place.pk}" selected' in page(answer)


def test_what_ends_after_midnight_is_added(srem: Tenant, office: SiteClient) -> None:
    with bind(srem):
        activity, place = make_activity(), make_place()
    form = {**typed(in_days(9, hour=20), place), **PLACES, "ends": "01:00"}
    office.post(one(activity, "termin/"), form)
    with bind(srem):
        session = activity.sessions.get()
    assert session.ends_at - session.starts_at == timedelta(hours=5)


def test_a_taken_room_is_said_in_words(srem: Tenant, office: SiteClient) -> None:
    with bind(srem):
        place = make_place()
        room = Room.objects.create(place=place, name="sala 3")
        make_session(make_activity("Próba chóru"), starts_at=in_days(9), place=place, room=room)
        activity = make_activity("Szachy")
    form = {**typed(in_days(9, hour=11), room=room), **PLACES}
    answer = office.post(one(activity, "termin/"), form)
    assert answer.status_code == 422
    assert "Something else takes place in this room then: Próba chóru" in page(answer)
    with bind(srem):
        assert not activity.sessions.exists()
    # Right after it, the room is free.
    assert office.post(one(activity, "termin/"), {**form, "starts": "12:00"}).status_code == 302


# Moving


def test_moving_shows_whom_it_concerns_before_it_is_done(
    srem: Tenant, office: SiteClient, full: Session
) -> None:
    form = {**typed(full.starts_at + timedelta(days=1), full.place), "note": "Trener zachorował"}
    text = page(office.post(date_of(full, "przenies/sprawdz/"), form))
    assert "3 people will be told." in text
    for way in ("SMS: 1", "Phone call: 1", "Letter: 1", "Zofia Żak", "Trener zachorował"):
        assert way in text
    with bind(srem):
        assert reread(full).starts_at == full.starts_at
    editor = SiteClient(srem)
    editor.log_in("editor")
    text = page(editor.post(date_of(full, "przenies/sprawdz/"), form))
    assert "3 people will be told." in text
    assert "Zofia" not in text  # who takes part is not an editor's business


def test_a_move_keeps_bookings_and_is_told_once(
    srem: Tenant, office: SiteClient, full: Session
) -> None:
    new = full.starts_at + timedelta(days=1, hours=1)
    form = {**typed(new, full.place), "note": "Trener zachorował"}
    for _ in range(2):  # sent twice
        assert office.post(date_of(full, "przenies/zrob/"), form).status_code == 302
    with bind(srem):
        moved = reread(full)
        assert (moved.starts_at, moved.previous_start) == (new, full.starts_at)
        assert (moved.sequence, moved.status, moved.uid) == (1, "rescheduled", full.uid)
        assert (moved.note, places_of(moved).taken) == ("Trener zachorował", 3)
        assert Participation.objects.with_a_place().filter(pool=full.pool).count() == 3
    assert told(srem, "events/moved") == ["Anna", "Ola", "Zofia"]
    with bind(srem):
        assert Told.objects.filter(about="moved").count() == 3


def test_another_place_at_the_same_time_is_told_too(
    srem: Tenant, office: SiteClient, full: Session
) -> None:
    with bind(srem):
        other = make_place("Remiza")
    office.post(date_of(full, "przenies/zrob/"), typed(full.starts_at, other))
    with bind(srem):
        moved = reread(full)
        assert (moved.place, moved.sequence, moved.previous_start) == (other, 1, None)
        assert moved.status == "published"
    assert told(srem, "events/moved") == ["Anna", "Ola", "Zofia"]


def test_a_draft_is_moved_without_a_word(srem: Tenant, office: SiteClient) -> None:
    with bind(srem):
        session = make_session(make_activity(status="draft"), status="draft", place=make_place())
    form = typed(session.starts_at + timedelta(days=1), session.place)
    assert "nobody has to be told" in page(office.post(date_of(session, "przenies/sprawdz/"), form))
    office.post(date_of(session, "przenies/zrob/"), form)
    with bind(srem):
        moved = reread(session)
        assert (moved.status, moved.previous_start) == ("draft", None)
        assert moved.starts_at == session.starts_at + timedelta(days=1)


def test_a_move_into_a_taken_room_is_refused_at_both_steps(
    srem: Tenant, office: SiteClient, full: Session
) -> None:
    with bind(srem):
        room = Room.objects.create(place=full.place, name="sala 3")
        make_session(
            make_activity("Próba chóru"), starts_at=full.starts_at, place=full.place, room=room
        )
    form = {**typed(full.starts_at, room=room), "note": "Zostaje"}
    for step in ("sprawdz/", "zrob/"):
        answer = office.post(date_of(full, f"przenies/{step}"), form)
        assert answer.status_code == 422
        assert "Something else takes place in this room then: Próba chóru" in page(answer)
        assert "Zostaje" in page(answer)
    with bind(srem):
        assert reread(full).sequence == 0


@pytest.mark.parametrize("fate", ["over", "cancelled"])
def test_what_is_over_or_cancelled_does_not_move(
    fate: str, srem: Tenant, office: SiteClient
) -> None:
    with bind(srem):
        session = make_session(
            starts_at=in_days(-2 if fate == "over" else 5), place=make_place(),
            status="cancelled" if fate == "cancelled" else "published",
            cancelled_at=timezone.now() if fate == "cancelled" else None,
        )  # fmt: skip
    answer = office.post(date_of(session, "przenies/zrob/"), typed(in_days(9), session.place))
    assert answer.status_code == 422
    words = {"over": "This date has passed", "cancelled": "the state is “cancelled”"}
    assert words[fate] in page(answer)
    assert "Move" not in page(office.get(date_of(session))).partition('class="acts screen"')[2]


# Skipping and cancelling


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


# Places and details


def test_fewer_places_than_are_taken_are_refused_in_words(
    srem: Tenant, office: SiteClient, full: Session
) -> None:
    form = {**PLACES, "capacity": "2", "waitlist_limit": "9", "desk": "4"}
    answer = office.post(date_of(full, "miejsca/"), form)
    assert answer.status_code == 422
    assert page(answer).count("People booked: 3. The limit cannot be lower.") == 2
    assert 'value="9"' in page(answer)
    with bind(srem):
        pool = places_of(full)
        assert (pool.capacity, pool.waitlist_limit, pool.reserved.count()) == (3, None, 0)


def test_more_places_go_to_whoever_waits(srem: Tenant, office: SiteClient, full: Session) -> None:
    form = {**PLACES, "capacity": "5", "desk": "1"}
    assert office.post(date_of(full, "miejsca/"), form).status_code == 302
    with bind(srem):
        pool = places_of(full)
        assert (pool.capacity, pool.taken) == (5, 4)  # one is offered to Ola
        assert pool.reserved.get().capacity == 1
        assert Offer.objects.get().entry.booking.booker.first_name == "Ola"
    office.post(date_of(full, "miejsca/"), {**form, "desk": "0"})
    with bind(srem):
        assert pool.reserved.get().capacity == 0


def test_places_are_said_where_nobody_has_said_them_yet(srem: Tenant, office: SiteClient) -> None:
    with bind(srem):
        session = make_session(capacity=None)
        course = make_activity(kind="course", pool=None)
    assert "Number of places not set" in page(office.get(date_of(session)))
    office.post(date_of(session, "miejsca/"), PLACES)
    office.post(one(course, "miejsca/"), {**PLACES, "capacity": "8"})
    with bind(srem):
        course.refresh_from_db()
        assert places_of(reread(session)).capacity == 12
        assert places_of(course).capacity == 8


def test_help_on_the_day_and_a_note_raise_the_sequence_and_tell_nobody(
    srem: Tenant, office: SiteClient, full: Session
) -> None:
    form = {"note": "Weź fartuch", "has_sign_language": "on"}
    for _ in range(2):
        office.post(date_of(full, "popraw/"), form)
    with bind(srem):
        changed = reread(full)
        assert (changed.sequence, changed.note, changed.has_sign_language) == (
            1,
            "Weź fartuch",
            True,
        )
    do_due_jobs()
    with bind(srem):
        assert not Message.objects.exists()
    assert "Weź fartuch" in page(SiteClient(srem).get(f"/wydarzenia/{full.activity.slug}/"))
