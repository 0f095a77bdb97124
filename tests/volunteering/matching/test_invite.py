"""The rules of inviting, one by one."""

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from math import exp
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from volunteering.matching.invite import (
    Candidate,
    Policy,
    activity,
    after_quiet,
    next_wave,
    next_wave_at,
    p_fill,
    p_hat,
)

WARSAW = ZoneInfo("Europe/Warsaw")
POLICY = Policy()


def person(number: int, **facts: Any) -> Candidate:
    someone = Candidate(
        id=number,
        score=500,
        accepted=0,
        invited=0,
        invitations_last_7_days=0,
        days_since_last_invitation=None,
        has_had_task=True,
    )
    return replace(someone, **facts)


def test_chance_of_a_yes() -> None:
    assert p_hat(0, 0, 1.0) == 1 / 8
    assert p_hat(3, 8, 0.5) == 4 / 16 * 0.5
    assert p_hat(50, 50, 1.4) == 1.0
    assert p_hat(0, 0, -1.0) == 0.0


def test_attention_returns() -> None:
    assert activity(None) == 1.0
    assert activity(0) == pytest.approx(1 - exp(-0.0625))
    assert activity(4) == pytest.approx(1 - exp(-1.0625))


def test_at_least_one_says_yes() -> None:
    assert p_fill([]) == 0
    assert p_fill([0.5, 0.5]) == 0.75
    assert p_fill([0.2, 1.0]) == 1


def test_a_wave_is_as_small_as_is_likely_enough() -> None:
    """Three times 1/8 make 0.33, two only 0.23."""
    assert next_wave([person(n) for n in range(10)], POLICY, 1) == (0, 1, 2)
    assert next_wave([person(n) for n in range(2)], POLICY, 1) == (0, 1)
    assert next_wave([], POLICY, 1) == ()


def test_likelier_and_better_suited_people_come_first_and_ties_go_by_id() -> None:
    people = [
        person(4), person(3), person(2, score=900), person(1, accepted=2, invited=2),
        person(5, distance_factor=0.4),
    ]  # fmt: skip
    everybody = replace(POLICY, fill_share=1.0)
    assert next_wave(people, everybody, 1) == (1, 2, 3, 4, 5)
    assert next_wave(people[::-1], everybody, 1) == (1, 2, 3, 4, 5)


def test_one_place_is_for_somebody_who_has_had_no_task() -> None:
    known = [person(n, accepted=3, invited=4) for n in range(5)]
    newcomers = [person(9, has_had_task=False), person(8, has_had_task=False)]
    assert next_wave(known + newcomers, POLICY, 1) == (0, 8)
    assert next_wave(known, POLICY, 1) == (0,)


@pytest.mark.parametrize(
    ("facts", "may_be_asked"),
    [
        ({"days_since_last_invitation": 1.9}, False),
        ({"days_since_last_invitation": 2.0}, True),
        ({"days_since_last_invitation": 2.5, "invitations_last_7_days": 2}, True),
        ({"days_since_last_invitation": 2.5, "invitations_last_7_days": 3}, False),
    ],
)
def test_nobody_is_asked_too_often(facts: dict[str, float], may_be_asked: bool) -> None:
    assert bool(next_wave([person(1, **facts)], POLICY, 1)) is may_be_asked
    assert bool(next_wave([person(1, **facts)], POLICY, 1, urgent=True)) is may_be_asked


def test_six_waves_and_no_more() -> None:
    assert next_wave([person(1)], POLICY, 6) == (1,)
    assert next_wave([person(1)], POLICY, 7) == ()
    with pytest.raises(ValueError, match="from 1"):
        next_wave([person(1)], POLICY, 0)


def test_an_urgent_first_wave_is_larger() -> None:
    people = [person(n) for n in range(20)]
    assert len(next_wave(people, POLICY, 1, urgent=True)) == 7
    assert len(next_wave(people, POLICY, 2, urgent=True)) == 3


def warsaw(year: int, month: int, day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(year, month, day, hour, minute, tzinfo=WARSAW)


@pytest.mark.parametrize(
    ("now", "lead", "due"),
    [
        (warsaw(2026, 5, 4, 10), timedelta(days=3), warsaw(2026, 5, 4, 12)),
        (warsaw(2026, 5, 4, 10), timedelta(hours=8), warsaw(2026, 5, 4, 11)),
        (warsaw(2026, 5, 4, 17, 59), timedelta(days=3), warsaw(2026, 5, 4, 19, 59)),
        (warsaw(2026, 5, 4, 18), timedelta(days=3), warsaw(2026, 5, 5, 8)),
        (warsaw(2026, 5, 4, 23), timedelta(days=3), warsaw(2026, 5, 5, 8)),
        (warsaw(2026, 5, 5, 5), timedelta(days=3), warsaw(2026, 5, 5, 8)),
        (warsaw(2026, 5, 5, 6), timedelta(days=3), warsaw(2026, 5, 5, 8)),
        (warsaw(2026, 5, 5, 7), timedelta(days=3), warsaw(2026, 5, 5, 9)),
    ],
)
def test_the_next_wave_comes_after_a_gap_and_not_at_night(
    now: datetime, lead: timedelta, due: datetime
) -> None:
    assert next_wave_at(now, lead, POLICY) == due


def test_two_hours_in_the_night_the_clocks_change_are_two_hours() -> None:
    awake = replace(POLICY, quiet_from=time(1), quiet_until=time(1))
    before = warsaw(2026, 3, 29, 1, 30)
    due = next_wave_at(before, timedelta(days=3), awake)
    assert due.astimezone(UTC) - before.astimezone(UTC) == timedelta(hours=2)
    assert (due.hour, due.minute) == (4, 30)
    assert next_wave_at(warsaw(2026, 3, 28, 19), timedelta(days=3), POLICY).hour == 8


def test_quiet_hours_within_a_day() -> None:
    siesta = replace(POLICY, quiet_from=time(12), quiet_until=time(14))
    assert after_quiet(warsaw(2026, 5, 4, 12), siesta) == warsaw(2026, 5, 4, 14)
    assert after_quiet(warsaw(2026, 5, 4, 14), siesta) == warsaw(2026, 5, 4, 14)
    assert after_quiet(warsaw(2026, 5, 4, 3), siesta) == warsaw(2026, 5, 4, 3)


def test_a_moment_without_a_zone_or_a_task_in_the_past_is_refused() -> None:
    naive = datetime(2026, 5, 4, 10)  # noqa: DTZ001
    with pytest.raises(ValueError, match="zone"):
        next_wave_at(naive, timedelta(days=1), POLICY)
    with pytest.raises(ValueError, match="zone"):
        after_quiet(naive, POLICY)
    with pytest.raises(ValueError, match="over"):
        next_wave_at(warsaw(2026, 5, 4, 10), timedelta(days=-1), POLICY)
