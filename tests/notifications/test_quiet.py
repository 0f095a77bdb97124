"""Nobody is woken: 20:00 to 8:00 of the clock in Poland, also on the nights it changes."""

from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from portal.notifications.quiet import is_quiet, next_waking_moment

moments = st.datetimes(
    datetime(2025, 1, 1), datetime(2027, 12, 31), timezones=st.just(UTC)  # noqa: DTZ001
)  # fmt: skip


def in_poland(text: str) -> datetime:
    return timezone.make_aware(datetime.fromisoformat(text))


@pytest.mark.parametrize(
    ("at", "goes_out"),
    [
        ("2026-05-14 07:59", "2026-05-14 08:00"),
        ("2026-05-14 08:00", "2026-05-14 08:00"),
        ("2026-05-14 19:59", "2026-05-14 19:59"),
        ("2026-05-14 20:00", "2026-05-15 08:00"),
        ("2026-12-31 23:30", "2027-01-01 08:00"),
        # The clock is set forward at two, and back at three.
        ("2026-03-28 22:00", "2026-03-29 08:00"),
        ("2026-10-24 22:00", "2026-10-25 08:00"),
        ("2026-10-25 02:30", "2026-10-25 08:00"),
    ],
)
def test_message_waits_for_the_morning(at: str, goes_out: str) -> None:
    assert next_waking_moment(in_poland(at)) == in_poland(goes_out)


def test_night_of_the_changed_clock_is_an_hour_longer_or_shorter() -> None:
    for day, hours in (("2026-03-28", 9), ("2026-05-14", 10), ("2026-10-24", 11)):
        evening = in_poland(f"{day} 22:00").astimezone(UTC)
        assert next_waking_moment(evening) - evening == timedelta(hours=hours)


@given(moments)
def test_waking_moment_is_the_first_that_is_not_quiet(moment: datetime) -> None:
    wakes = next_waking_moment(moment)
    assert wakes >= moment
    assert not is_quiet(wakes)
    assert wakes == moment or is_quiet(wakes - timedelta(seconds=1))
    assert wakes - moment <= timedelta(hours=13)
