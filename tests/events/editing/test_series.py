"""Many dates at once: what will be made is shown first."""

import re
from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import timezone

from events.holidays import holiday_on
from events.models import Activity, CapacityPool, Series, Session
from portal.places.models import Room
from tenants.binding import bind
from tenants.models import Tenant
from tests.conftest import SiteClient
from tests.events.editing.doors import places_of
from tests.events.editing.pages import WARSAW, one, page
from tests.events.making import in_days, make_activity, make_place, make_session


def coming(weekday: int, *, after: int = 7) -> date:
    """The next Monday (1) … Sunday (7), a week from now or later."""
    day = timezone.localdate() + timedelta(days=after)
    return day + timedelta(days=(weekday - day.isoweekday()) % 7)


@pytest.fixture
def activity(srem: Tenant) -> Activity:
    with bind(srem):
        return make_activity("Gimnastyka", kind="open_series", status="draft")


def asked(srem: Tenant, **more: Any) -> dict[str, Any]:
    """Ten Tuesdays, 10:00–12:00."""
    if "where" not in more:
        with bind(srem):
            more["where"] = f"place:{make_place().pk}"
    return {
        "rhythm": "weekly", "day": coming(2).isoformat(), "starts": "10:00", "ends": "12:00",
        "until": "", "number": "10", "which": "", "capacity": "12", "waitlist_limit": "",
        "desk": "0", "wheelchair": "0", **more,
    }  # fmt: skip


def shown(answer: Any) -> tuple[list[str], list[str], str]:
    """The dates of the list, those that are ticked, and the key of the form."""
    text = page(answer)
    boxes = re.findall(
        r'<input type="checkbox" name="on" value="([\d-]+)"( checked| disabled)?', text
    )
    key = re.search(r'name="key" value="([0-9a-f-]+)"', text)
    assert key is not None, text[:4000]
    return [day for day, _ in boxes], [day for day, how in boxes if how == " checked"], key[1]


def starts(srem: Tenant) -> list[Any]:
    with bind(srem):
        return [one.starts_at.astimezone(WARSAW) for one in Session.objects.in_order()]


def test_what_will_be_made_is_shown_before_it_is_made(
    srem: Tenant, office: SiteClient, activity: Activity
) -> None:
    form = asked(srem)
    answer = office.post(one(activity, "seria/sprawdz/"), form)
    days, ticked, key = shown(answer)
    first = coming(2)
    assert days == [(first + timedelta(weeks=week)).isoformat() for week in range(10)]
    assert ticked == days
    assert page(answer).count("<small>10:00–12:00") == 10
    assert starts(srem) == []
    chosen = days[:3] + days[4:]
    for _ in range(2):  # sent twice
        done = office.post(
            one(activity, "seria/utworz/"), {**form, "key": key, "on": chosen}, follow=True
        )
        assert "9 dates are made." in page(done)
    made = starts(srem)
    assert [moment.date().isoformat() for moment in made] == chosen
    assert {moment.strftime("%H:%M") for moment in made} == {"10:00"}
    with bind(srem):
        series = Series.objects.get()
        assert series.rrule == "FREQ=WEEKLY;BYDAY=TU;COUNT=10"
        assert [day.isoformat() for day in series.skipped_on] == [days[3]]
        assert set(Session.objects.values_list("status", flat=True)) == {"draft"}
        assert CapacityPool.objects.filter(capacity=12).count() == 9
        assert all(one.original_start == one.starts_at for one in Session.objects.all())


def test_the_list_goes_back_to_the_form_with_the_answers(
    srem: Tenant, office: SiteClient, activity: Activity
) -> None:
    form = asked(srem, has_sign_language="on", weekdays=["2", "4"], number="7")
    text = page(office.post(one(activity, "seria/popraw/"), form))
    assert 'value="7"' in text
    assert text.count("checked") == 4  # how often, two days, the interpreter
    assert "There is a problem" not in text


def test_dates_of_a_public_activity_are_public_at_once(srem: Tenant, office: SiteClient) -> None:
    with bind(srem):
        public = make_activity("Szachy")
    form = asked(srem, number="2", desk="3", wheelchair="1", waitlist_limit="0")
    answer = office.post(one(public, "seria/sprawdz/"), form)
    assert "everybody sees the dates at once" in page(answer)
    days, _, key = shown(answer)
    office.post(one(public, "seria/utworz/"), {**form, "key": key, "on": days})
    assert "Szachy" in page(SiteClient(srem).get("/wydarzenia/"))
    with bind(srem):
        pool = places_of(Session.objects.in_order()[0])
        assert (pool.capacity, pool.waitlist_limit) == (12, 0)
        assert dict(pool.reserved.values_list("purpose", "capacity")) == {
            "desk": 3,
            "wheelchair": 1,
        }


def test_holidays_are_marked(srem: Tenant, office: SiteClient, activity: Activity) -> None:
    day = timezone.localdate() + timedelta(days=1)
    while holiday_on(day) != "Constitution Day":
        day += timedelta(days=1)
    answer = page(
        office.post(one(activity, "seria/sprawdz/"), asked(srem, day=day.isoformat(), number="2"))
    )
    assert answer.count("Public holiday: Constitution Day") == 1


def test_a_taken_room_is_said_and_left_out(
    srem: Tenant, office: SiteClient, activity: Activity
) -> None:
    with bind(srem):
        place = make_place()
        room = Room.objects.create(place=place, name="sala 3")
        taken = in_days((coming(2) - timezone.localdate()).days + 7, hour=11)
        make_session(make_activity("Próba chóru"), starts_at=taken, place=place, room=room)
    form = asked(srem, where=f"room:{room.pk}", number="3")
    answer = office.post(one(activity, "seria/sprawdz/"), form)
    days, ticked, key = shown(answer)
    assert "The room is taken: Próba chóru, Tuesday, 11:00–13:00" in page(answer)
    assert ticked == [days[0], days[2]]
    refused = office.post(one(activity, "seria/utworz/"), {**form, "key": key, "on": days})
    assert refused.status_code == 422
    assert "Something else takes place in this room then: Próba chóru" in page(refused)
    with bind(srem):
        assert not activity.sessions.exists()  # all of them or none
    office.post(one(activity, "seria/utworz/"), {**form, "key": key, "on": ticked})
    with bind(srem):
        assert activity.sessions.count() == 2


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"number": "10000"}, "A series has at most 200 dates, this one would have 10000."),
        ({"number": "", "until": "9999-01-01"}, "more than three years ahead"),
        ({"number": "", "until": ""}, "Write the last date or the number of dates"),
        ({"until": "2027-01-01"}, "one of them"),
        ({"number": "0"}, "A series has at least one date."),
        ({"starts": "12:00", "ends": "10:00"}, "The end comes before the beginning."),
        ({"starts": "25:00"}, "An hour looks like this: 9:30."),
        ({"day": "2020-01-07"}, "This time has passed already."),
        ({"day": "31.02.2027"}, "A date looks like this"),
        ({"capacity": "0"}, "Write a number from 1 to 2000."),
        ({"where": ""}, "Choose where it takes place."),
        ({"where": "place:nonsense"}, "Choose a place from the list."),
    ],
)
def test_slips_of_the_finger_are_refused_in_words(
    typed: dict[str, str], words: str, srem: Tenant, office: SiteClient, activity: Activity
) -> None:
    answer = office.post(one(activity, "seria/sprawdz/"), asked(srem, **typed))
    assert answer.status_code == 422
    assert words in page(answer)
    assert "There is a problem" in page(answer)
    assert f'value="{typed.get("capacity", "12")}"' in page(answer)
    assert starts(srem) == []


def test_a_last_date_makes_too_many_as_well(
    srem: Tenant, office: SiteClient, activity: Activity
) -> None:
    last = timezone.localdate() + timedelta(days=700)
    form = asked(srem, number="", until=last.isoformat(), weekdays=list("12345"))
    answer = office.post(one(activity, "seria/sprawdz/"), form)
    assert "A series has at most 200 dates, this one would have more." in page(answer)


def test_no_date_ticked_makes_nothing(srem: Tenant, office: SiteClient, activity: Activity) -> None:
    form = asked(srem, number="2")
    _, _, key = shown(office.post(one(activity, "seria/sprawdz/"), form))
    answer = office.post(one(activity, "seria/utworz/"), {**form, "key": key})
    assert answer.status_code == 422
    assert "Tick at least one date." in page(answer)


def test_the_key_of_another_activity_makes_nothing(
    srem: Tenant, office: SiteClient, activity: Activity
) -> None:
    form = asked(srem, number="2")
    days, _, key = shown(office.post(one(activity, "seria/sprawdz/"), form))
    with bind(srem):
        other = make_activity("Szachy", status="draft")
    for target in (activity, other):
        answer = office.post(
            one(target, "seria/utworz/"), {**form, "key": key, "on": days}, follow=True
        )
    assert "These dates were made already." in page(answer)
    with bind(srem):
        assert (activity.sessions.count(), other.sessions.count()) == (2, 0)


def test_dates_that_are_there_already_are_not_ticked_again(
    srem: Tenant, office: SiteClient, activity: Activity
) -> None:
    with bind(srem):
        make_session(
            activity, starts_at=in_days((coming(2) - timezone.localdate()).days), status="draft"
        )
    answer = office.post(one(activity, "seria/sprawdz/"), asked(srem, number="3"))
    days, ticked, _ = shown(answer)
    assert ticked == days[1:]
    assert "The activity has this date already" in page(answer)


def test_dates_of_a_course_share_its_places(srem: Tenant, office: SiteClient) -> None:
    with bind(srem):
        course = make_activity("Kurs", kind="course", status="draft", capacity=8)
    form = asked(srem, number="4")
    days, _, key = shown(office.post(one(course, "seria/sprawdz/"), form))
    office.post(one(course, "seria/utworz/"), {**form, "key": key, "on": days})
    with bind(srem):
        assert course.sessions.filter(pool=None).count() == 4
        assert {session.places for session in course.sessions.all()} == {course.pool}
