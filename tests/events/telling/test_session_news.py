"""A date is moved or cancelled: whoever booked is told once, all of them or, if it goes wrong,
nobody."""

from datetime import datetime, time, timedelta
from functools import partial
from typing import Any

import pytest
from django.utils import timezone
from icalendar import Calendar

from events import telling
from events.models import Session, Told
from events.tasks import tell_people_of_session
from portal.accounts.actions.merge_people import merge_people
from portal.accounts.models import User
from portal.notifications.promise import promise
from tenants.binding import bind
from tenants.formats import day
from tenants.models import Tenant
from tests.accounts.at_once import at_once
from tests.events.making import in_days, make_activity, make_place, make_session
from tests.events.telling.lists import book, companion, copies, reader, text_of, told
from tests.jobs import do_due_jobs, waiting_jobs


def move(session: Session, **fields: Any) -> None:
    """As staff would, without telling."""
    later = {"starts_at": in_days(11, 14), "ends_at": in_days(11, 16)}
    for name, value in {**later, "previous_start": session.starts_at, **fields}.items():
        setattr(session, name, value)
    session.status = "rescheduled"
    session.sequence += 1
    session.save()


def cancel(session: Session) -> None:
    session.status, session.cancelled_at = "cancelled", timezone.now()
    session.sequence += 1
    session.save()


def tell(session: Session, about: str = "moved", sequence: int | None = None) -> None:
    tell_people_of_session(
        session=str(session.pk), about=about,
        sequence=session.sequence if sequence is None else sequence,
    )  # fmt: skip


@pytest.fixture
def hour(monkeypatch: pytest.MonkeyPatch) -> Any:
    """``hour(22)``: it is that hour of today."""

    def at(hour: int) -> datetime:
        moment = timezone.make_aware(datetime.combine(timezone.localdate(), time(hour)))
        monkeypatch.setattr(timezone, "now", lambda: moment)
        return moment

    return at


def test_message_says_what_was_and_what_will_be(here: Tenant) -> None:
    session = make_session(place=make_place("Świetlica"))
    booking = book(session, reader(), companion("Staś Nowak"))
    before = session.starts_at
    move(session, note="Remont sali.")
    tell(session)
    [copy] = copies("events/moved")
    text = text_of(copy)
    for words in (
        f"Before, it was planned for: {before:%A}, {day(timezone.localdate(before))}, 10:00.",
        f"When: {session.starts_at:%A}, {day(timezone.localdate(session.starts_at))}, 14:00–16:00",
        "Remont sali.", "Anna Nowak, Staś Nowak", booking.readable_code, "Your place is kept.",
    ):  # fmt: skip
        assert words in text
    [file] = copy.message.attachments.all()
    [event] = Calendar.from_ical(bytes(file.content)).events
    assert (event["uid"], event["sequence"], event.start) == (session.uid, 1, session.starts_at)


def test_two_runs_are_one_message(here: Tenant) -> None:
    session = make_session()
    book(session, reader())
    move(session)
    tell(session)
    tell(session)
    assert told("events/moved") == ["Anna Nowak"]


def test_run_that_comes_again_after_a_small_change_says_nothing_new(here: Tenant) -> None:
    """A worker that died right after its work does it again; meanwhile a note was changed."""
    session = make_session()
    book(session, reader())
    move(session)
    tell(session)
    session.sequence += 1
    session.save()
    tell(session, sequence=1)
    assert told("events/moved") == ["Anna Nowak"]


def test_moved_twice_at_once_is_told_once_moved_again_later_is_told_again(here: Tenant) -> None:
    session = make_session()
    book(session, reader())
    move(session)
    move(session, starts_at=in_days(12), ends_at=in_days(12, 12))
    tell(session, sequence=1)
    tell(session, sequence=2)
    [copy] = copies("events/moved")
    assert day(timezone.localdate(in_days(12))) in text_of(copy)
    move(session, starts_at=in_days(13), ends_at=in_days(13, 12))
    tell(session)
    assert len(copies("events/moved")) == 2


def test_somebody_with_two_bookings_gets_one_message_with_both(here: Tenant) -> None:
    session = make_session()
    anna = reader("Anna Nowak")
    own = book(session, anna)
    neighbour = book(session, reader("Ewa Kowal"), companion("Jan Nowak"))
    neighbour.booker = anna
    neighbour.save()
    move(session)
    tell(session)
    assert told("events/moved") == ["Anna Nowak"]
    [copy] = copies("events/moved")
    assert own.readable_code in text_of(copy)
    assert neighbour.readable_code in text_of(copy)
    assert "Jan Nowak" in text_of(copy)


def test_those_in_line_are_told_those_who_gave_back_are_not(here: Tenant) -> None:
    session = make_session()
    book(session, reader("Anna Ma"))
    book(session, reader("Ewa Czeka"), status="waiting")
    book(session, reader("Jan Oddał"), status="cancelled_by_participant")
    move(session)
    tell(session)
    assert told("events/moved") == ["Anna Ma", "Ewa Czeka"]
    [waits] = [copy for copy in copies() if str(copy.person) == "Ewa Czeka"]
    assert "You are still on the waiting list." in text_of(waits)
    assert "Your place is kept" not in text_of(waits)


def test_whoever_is_reached_by_phone_becomes_a_call_to_make(here: Tenant) -> None:
    session = make_session()
    book(session, reader(channel="phone"))
    move(session)
    tell(session)
    [copy] = copies("events/moved")
    assert (copy.channel, copy.state) == ("call", "waiting")
    assert "14:00–16:00" in text_of(copy)


def test_job_that_breaks_in_the_middle_has_told_nobody_and_tells_all_when_it_runs_again(
    here: Tenant, monkeypatch: pytest.MonkeyPatch
) -> None:
    session = make_session()
    for name in ("Anna A", "Ewa B", "Jan C", "Zofia D"):
        book(session, reader(name))
    move(session)
    done: list[str] = []

    class WorkerDied(Exception): ...

    def promise_two(key: str, **given: Any) -> None:
        if len(done) == 2:
            raise WorkerDied
        promise(key, **given)
        done.append(key)

    monkeypatch.setattr(telling, "promise", promise_two)
    with pytest.raises(WorkerDied):
        tell(session)
    assert len(done) == 2
    assert (copies(), Told.objects.count()) == ([], 0)
    monkeypatch.undo()
    tell(session)
    assert told("events/moved") == ["Anna A", "Ewa B", "Jan C", "Zofia D"]


def test_cancelled_date_is_told_to_those_whose_places_fell_with_it(here: Tenant) -> None:
    session = make_session()
    book(session, reader("Jan Odmowa"), status="cancelled_by_organiser")
    cancel(session)
    fell = book(session, reader("Anna Nowak"), status="cancelled_by_organiser")
    fell.participations.update(cancelled_at=session.cancelled_at)
    session.note = "Prowadząca jest chora."
    session.save()
    tell(session, "cancelled")
    assert told("events/cancelled") == ["Anna Nowak"]
    [copy] = copies("events/cancelled")
    text = text_of(copy)
    assert "this will not take place" in text
    assert "Prowadząca jest chora." in text
    assert "Anna Nowak" in text
    assert "/en/wydarzenia/\n" in text
    [file] = copy.message.attachments.all()
    [event] = Calendar.from_ical(bytes(file.content)).events
    assert event["status"] == "CANCELLED"


def test_one_cancelled_date_of_a_course_leaves_the_others(here: Tenant) -> None:
    course = make_activity(kind="course")
    first, second = make_session(course), make_session(course, starts_at=in_days(17))
    book(first, reader())
    cancel(first)
    tell(first, "cancelled")
    [copy] = copies("events/cancelled")
    text = text_of(copy)
    assert f"- {second.starts_at:%A}, {day(timezone.localdate(second.starts_at))}" in text
    assert "The other dates take place as planned" in text


def test_whole_course_cancelled_is_one_message_with_all_its_dates(here: Tenant) -> None:
    course = make_activity(kind="course")
    first, second = make_session(course), make_session(course, starts_at=in_days(17))
    book(first, reader())
    for session in (first, second):
        cancel(session)
    second.cancelled_at = first.cancelled_at
    second.save()
    tell(first, "cancelled")
    [copy] = copies("events/cancelled")
    for session in (first, second):
        assert day(timezone.localdate(session.starts_at)) in text_of(copy)
    assert "as planned" not in text_of(copy)


def test_move_of_what_is_cancelled_or_over_is_told_to_nobody(here: Tenant) -> None:
    session, gone = make_session(), make_session(starts_at=in_days(-2))
    book(session, reader())
    book(gone, reader())
    move(session)
    cancel(session)
    tell(session, "moved", sequence=1)
    tell(gone, "moved", sequence=0)
    assert copies() == []


def test_merged_card_is_told_once_under_the_name_that_stays(here: Tenant) -> None:
    session = make_session()
    kept, merged = reader("Ewa Nowak"), reader("Ewa Nowakowa")
    book(session, merged)
    osl = User.objects.get(email=f"osl@{here.schema_name}.example")
    merge_people(kept=kept, merged=merged, acting_user=osl)
    move(session)
    tell(session)
    assert told("events/moved") == ["Ewa Nowak"]


@pytest.mark.parametrize(
    ("now", "starts", "kind"),
    [(22, 9, "events/cancelled_now"), (22, 17, "events/cancelled"), (15, 9, "events/cancelled")],
)
def test_late_in_the_evening_only_what_is_early_next_morning_does_not_wait(
    here: Tenant, hour: Any, now: int, starts: int, kind: str
) -> None:
    session = make_session(starts_at=in_days(1, starts))
    book(session, reader(channel="sms"))
    moment = hour(now)
    cancel(session)
    tell(session, "cancelled")
    [copy] = copies()
    assert copy.message.kind == kind
    assert (copy.due_at == moment) is (kind == "events/cancelled_now" or now == 15)
    assert copy.words is not None
    assert copy.words["sms"].startswith("Cancelled: Smartfon bez strachu, ")


def test_job_of_one_gmina_tells_nobody_of_the_other(srem: Tenant, kety: Tenant) -> None:
    sessions = {}
    for tenant in (srem, kety):
        with bind(tenant):
            sessions[tenant] = make_session(make_activity(f"W {tenant.name}"))
            book(sessions[tenant], reader(f"Anna {tenant.schema_name.capitalize()}"))
            move(sessions[tenant])
    with bind(srem):
        tell(sessions[kety])
        tell_people_of_session.defer(
            session=str(sessions[srem].pk), about="moved", sequence=1
        )  # fmt: skip
    assert [job["task"] for job in waiting_jobs(kety)] == []
    do_due_jobs()
    with bind(srem):
        assert told("events/moved") == [f"Anna {srem.schema_name.capitalize()}"]
    with bind(kety):
        assert copies() == []


def test_told_of_many_costs_the_same_for_each(
    here: Tenant, django_assert_max_num_queries: Any
) -> None:
    session = make_session(capacity=40)
    for number in range(20):
        book(session, reader(f"Anna Numer{number}"))
    move(session)
    with django_assert_max_num_queries(15 + 20 * 10):
        tell(session)
    assert len(copies("events/moved")) == 20
    assert session.starts_at - timedelta(days=1) > timezone.now()


def test_later_date_of_a_course_promises_no_giving_back_that_the_site_would_refuse(
    here: Tenant,
) -> None:
    course = make_activity(kind="course")
    begun = make_session(course, starts_at=in_days(-7))
    second = make_session(course, starts_at=in_days(7))
    book(begun, reader())
    move(second)
    tell(second)
    [copy] = copies("events/moved")
    assert "can be given back there" not in text_of(copy)
    assert "If you cannot come after all, please call us" in text_of(copy)


def test_many_workers_at_once_tell_everybody_once(own_database: str) -> None:
    srem = Tenant.objects.get(domains__domain="srem.localhost")
    with bind(srem):
        session = make_session()
        for name in ("Anna A", "Ewa B", "Jan C"):
            book(session, reader(name))
        move(session)
        results = at_once(srem, *[partial(tell, session)] * 4)
        assert results == [None] * 4
        assert told("events/moved") == ["Anna A", "Ewa B", "Jan C"]
