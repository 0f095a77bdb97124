"""Until when people may answer."""

from datetime import datetime, timedelta
from itertools import product

import pytest
from django.utils import timezone

from events.deadlines import OFFERS_STOP, answer_by, answer_by_hand
from portal.accounts.models import Person
from portal.notifications.quiet import is_quiet, next_waking_moment

BY_SMS = Person(channel="sms")
BY_LETTER = Person(channel="letter")


def at(day: int, hour: int, minute: int = 0) -> datetime:
    """In May 2026, by the clock in Poland."""
    return timezone.make_aware(datetime(2026, 5, day, hour, minute))  # noqa: DTZ001 (made aware)


@pytest.mark.parametrize("person", [BY_SMS, BY_LETTER])
def test_never_at_night_never_in_the_last_hours_never_too_short(person: Person) -> None:
    """Every half hour of a day, for what begins in an hour up to a fortnight."""
    made = 0
    for half_hour, ahead in product(range(48), (1, 2, 3, 4, 6, 9, 12, 16, 20, 26, 40, 100, 336)):
        now = at(12, half_hour // 2, 30 * (half_hour % 2))
        starts_at = now + timedelta(hours=ahead)
        ends_at = answer_by(person, starts_at, now)
        if ends_at is None:
            continue
        made += 1
        assert not is_quiet(ends_at), (now, starts_at, ends_at)
        assert ends_at <= starts_at - OFFERS_STOP, (now, starts_at, ends_at)
        assert ends_at - next_waking_moment(now) >= timedelta(hours=1), (now, starts_at, ends_at)
    assert made > 300


@pytest.mark.parametrize(
    ("now", "starts_at", "by_sms", "by_letter"),
    [
        # A day to answer, three where somebody of the office has to call.
        (at(4, 12), at(30, 10), at(5, 12), at(7, 12)),
        # What would end late or early ends in the morning.
        (at(4, 19, 30), at(30, 10), at(5, 19, 30), at(7, 19, 30)),
        (at(4, 22), at(30, 10), at(6, 10), at(8, 10)),
        # Near the day a third of what is left, so that the next in line has a chance.
        (at(4, 10), at(5, 18), at(4, 20), at(4, 20)),
        (at(4, 8), at(4, 16), at(4, 10), at(4, 10)),
        # Overnight there is nobody to answer.
        (at(4, 21), at(5, 9), None, None),
        (at(4, 21), at(5, 10, 30), None, None),
        (at(4, 21), at(5, 12), at(5, 10), at(5, 10)),
        (at(4, 15), at(4, 16), None, None),
    ],
)
def test_how_long(
    now: datetime, starts_at: datetime, by_sms: datetime | None, by_letter: datetime | None
) -> None:
    def by_day(moment: datetime | None) -> datetime | None:
        local = moment and timezone.localtime(moment)
        if local and local.hour >= 19:
            return at(local.day + 1, 10)
        return moment

    assert answer_by(BY_SMS, starts_at, now) == by_day(by_sms)
    assert answer_by(BY_LETTER, starts_at, now) == by_day(by_letter)


def test_by_hand_until_the_start() -> None:
    assert answer_by_hand(BY_SMS, at(4, 16), at(4, 15)) == at(4, 16)
    assert answer_by_hand(BY_SMS, at(30, 10), at(4, 12)) == at(5, 12)
