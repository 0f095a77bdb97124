"""One date: added, removed, with another number of places."""

from datetime import timedelta

import pytest

from events.models import (
    Offer,
    Session,
)
from portal.notifications.models import Message
from portal.places.models import Room
from tenants.binding import bind
from tenants.models import Tenant
from tests.conftest import SiteClient
from tests.events.editing.doors import places_of, reread
from tests.events.editing.pages import PLACES, date_of, one, page, typed
from tests.events.making import in_days, make_activity, make_place, make_session
from tests.jobs import do_due_jobs


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
