"""A week and a day before; once each, to whoever wants to be reminded and did not just book."""

from datetime import timedelta
from typing import Any, Protocol

import pytest
from django.utils import timezone

from events.models import Activity, Offer, Session, Told
from events.reminders import send_reminders
from events.tasks import remind
from portal.accounts.models import User
from portal.notifications.models import Delivery
from portal.notifications.preferences import choose
from tenants.binding import bind
from tenants.models import Tenant
from tests.events.making import in_days, make_activity, make_session
from tests.events.telling.lists import book, companion, copies, pool_of, reader, text_of, told


class Night(Protocol):
    def __call__(self, days: int = 0) -> None: ...


@pytest.fixture
def at_night(monkeypatch: pytest.MonkeyPatch) -> Night:
    """What the duty does at two o'clock of the night that many days ahead."""

    def remind(days: int = 0) -> None:
        moment = in_days(days, 2)
        with monkeypatch.context() as patch:
            patch.setattr(timezone, "now", lambda: moment)
            send_reminders()

    return remind


@pytest.mark.parametrize("days", [1, 7])
def test_reminder_says_everything_again_with_the_link(
    here: Tenant, days: int, at_night: Night
) -> None:
    booking = book(make_session(starts_at=in_days(days)), reader(), companion("Jan Nowak"))
    at_night()
    [copy] = copies("events/reminder")
    text = text_of(copy)
    for words in ("We remind you", "When: ", "Anna Nowak, Jan Nowak", booking.readable_code,
                  "/en/wydarzenia/zgloszenie/"):  # fmt: skip
        assert words in text
    assert copy.message.expires_at == in_days(days)


@pytest.mark.parametrize("days", [2, 3, 5, 8, 9])
def test_no_reminder_on_other_days(here: Tenant, days: int, at_night: Night) -> None:
    book(make_session(starts_at=in_days(days)), reader())
    at_night()
    assert copies() == []


def test_every_night_from_booking_to_the_day_there_are_two_reminders(
    here: Tenant, at_night: Night
) -> None:
    book(make_session(starts_at=in_days(10)), reader())
    sent = []
    for night in range(11):
        at_night(night)
        at_night(night)
        sent.append(Delivery.objects.count())
    assert sent == [0, 0, 0, 1, 1, 1, 1, 1, 1, 2, 2]
    assert set(Told.objects.values_list("about", flat=True)) == {"week", "day"}


def test_night_that_was_missed_is_made_up_for_the_next(here: Tenant, at_night: Night) -> None:
    book(make_session(starts_at=in_days(8)), reader())
    at_night(2)
    assert len(copies()) == 1
    at_night(8)
    assert len(copies()) == 2


def test_whoever_booked_within_the_week_gets_no_late_reminder_of_the_week(
    here: Tenant, at_night: Night
) -> None:
    book(make_session(starts_at=in_days(6)), reader("Anna Późna"), days_ago=0)
    book(make_session(starts_at=in_days(6)), reader("Ewa Wczesna"), days_ago=5)
    at_night()
    assert told("events/reminder") == ["Ewa Wczesna"]


def test_whoever_booked_on_the_day_before_needs_no_reminder(here: Tenant, at_night: Night) -> None:
    book(make_session(starts_at=in_days(1)), reader(), days_ago=0)
    at_night()
    at_night(1)
    assert copies() == []


def test_whoever_got_a_place_from_the_line_within_the_week_knows(
    here: Tenant, at_night: Night
) -> None:
    session = make_session(starts_at=in_days(6))
    booking = book(session, reader(), status="waiting")
    pool = pool_of(session)
    booking.participations.update(status="confirmed", place=pool)
    offer = Offer.objects.create(
        entry=booking.entry, pool=pool, number=1, state="accepted", expires_at=in_days(1)
    )
    at_night()
    assert copies() == []
    Offer.objects.filter(pk=offer.pk).update(made_at=timezone.now() - timedelta(days=9))
    at_night()
    assert told() == ["Anna Nowak"]


def test_only_who_has_a_place_for_certain_is_reminded(here: Tenant, at_night: Night) -> None:
    session = make_session(starts_at=in_days(1))
    for status in ("waiting", "unverified", "pending_approval", "cancelled_by_participant"):
        book(session, reader(f"Anna {status.capitalize()}"), status=status)
    at_night()
    assert copies() == []


@pytest.mark.parametrize(
    "change",
    [
        {"status": "cancelled", "cancelled_at": timezone.now()},
        {"status": "draft"},
        {"status": "held"},
    ],
)
def test_nobody_is_reminded_of_what_does_not_take_place(
    here: Tenant, change: Any, at_night: Night
) -> None:
    session = make_session(starts_at=in_days(1))
    book(session, reader())
    Session.objects.filter(pk=session.pk).update(**change)
    at_night()
    assert copies() == []


def test_nobody_is_reminded_of_an_activity_taken_down(here: Tenant, at_night: Night) -> None:
    session = make_session(starts_at=in_days(1))
    book(session, reader())
    Activity.objects.update(status="withdrawn")
    at_night()
    assert copies() == []


def test_moved_date_is_reminded_of_anew(here: Tenant, at_night: Night) -> None:
    session = make_session(starts_at=in_days(1))
    book(session, reader())
    at_night()
    Session.objects.filter(pk=session.pk).update(
        starts_at=in_days(8), ends_at=in_days(8, 12), sequence=1, status="rescheduled"
    )
    for night in range(1, 9):
        at_night(night)
    assert [row.about for row in Told.objects.order_by("told_at")] == ["day", "week", "day"]
    assert len(copies("events/reminder")) == 3


def test_note_that_was_changed_is_no_reason_to_remind_again(here: Tenant, at_night: Night) -> None:
    session = make_session(starts_at=in_days(1))
    book(session, reader())
    at_night()
    Session.objects.filter(pk=session.pk).update(sequence=1)
    at_night()
    at_night(1)
    assert len(copies()) == 1


def test_whoever_wants_no_reminders_gets_none(here: Tenant, at_night: Night) -> None:
    session = make_session(starts_at=in_days(1))
    refuses = reader("Anna Nie")
    choose(refuses, "reminders", False)  # type: ignore[arg-type]
    book(session, refuses)
    book(session, reader("Ewa Tak"))
    at_night()
    assert told("events/reminder") == ["Ewa Tak"]


def test_each_is_reminded_by_their_channel_a_letter_only_a_week_ahead(
    here: Tenant, at_night: Night
) -> None:
    tomorrow, next_week = (make_session(starts_at=in_days(days)) for days in (1, 7))
    for channel in ("email", "sms", "phone", "letter"):
        person = reader(
            f"Anna {channel.capitalize()}", channel=channel, postcode="63-100", city="Śrem"
        )
        book(tomorrow, person)
        book(next_week, person)
    book(tomorrow, reader("Nikt Nieznany", channel="", email="", phone=""))
    at_night()
    by_week: dict[bool, set[str]] = {True: set(), False: set()}
    for copy in copies():
        by_week[copy.message.expires_at == in_days(7)].add(copy.channel)
    assert by_week == {True: {"email", "sms", "call", "letter"}, False: {"email", "sms", "call"}}


def test_reminders_wait_for_the_morning_and_skip_what_begins_before_it(
    here: Tenant, at_night: Night
) -> None:
    early, late = make_session(starts_at=in_days(0, 7)), make_session(starts_at=in_days(0, 17))
    book(early, reader("Anna Wczesna"))
    book(late, reader("Ewa Późna"))
    at_night()
    assert told("events/reminder") == ["Ewa Późna"]


def test_course_has_one_weeks_notice_and_a_reminder_before_each_date(
    here: Tenant, at_night: Night
) -> None:
    course = make_activity(kind="course")
    first = make_session(course, starts_at=in_days(7))
    make_session(course, starts_at=in_days(14))
    book(first, reader())
    for night in range(14):
        at_night(night)
    assert sorted(Told.objects.values_list("about", flat=True)) == ["day", "day", "week"]


def test_duty_of_one_gmina_reminds_nobody_of_the_other(srem: Tenant, kety: Tenant) -> None:
    for tenant in (srem, kety):
        with bind(tenant):
            book(make_session(starts_at=in_days(7)), reader())
    with bind(srem):
        remind()
        assert told("events/reminder") == ["Anna Nowak"]
    with bind(kety):
        assert copies() == []


def test_whoever_has_an_account_finds_the_reminder_there_too(here: Tenant, at_night: Night) -> None:
    resident = User.objects.get(email=f"resident@{here.schema_name}.example").person
    book(make_session(starts_at=in_days(1)), resident)
    at_night()
    inbox = Delivery.objects.inbox_of(resident)
    assert [copy.message.kind for copy in inbox] == ["events/reminder"]
