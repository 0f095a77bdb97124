"""Another time or place for a date: whom it concerns, bookings kept, everybody told once."""

from datetime import timedelta

import pytest
from django.utils import timezone

from events.models import (
    Participation,
    Session,
    Told,
)
from portal.places.models import Room
from tenants.binding import bind
from tenants.models import Tenant
from tests.conftest import SiteClient
from tests.events.editing.doors import places_of, reread
from tests.events.editing.pages import date_of, page, told, typed
from tests.events.making import in_days, make_activity, make_place, make_session


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
