"""The grid and the windows: one and the same, written twice."""

from itertools import pairwise
from random import Random

from volunteering.week import SLOTS, Window, slots_of, week_in_words, windows_of


def test_parts_that_meet_are_one_window() -> None:
    assert windows_of(["0-dzien", "0-rano", "2-wieczor"]) == [(0, 480, 960), (2, 960, 1200)]
    assert windows_of(["0-rano", "0-wieczor"]) == [(0, 480, 720), (0, 960, 1200)]
    assert windows_of(["6-wieczor", "0-rano"]) == [(0, 480, 720), (6, 960, 1200)]
    assert windows_of([]) == []


def test_every_grid_comes_back_as_it_went() -> None:
    random = Random(5)  # noqa: S311 (a repeatable one is wanted)
    for _round in range(300):
        ticked = {slot for slot in SLOTS if random.random() < 0.5}
        windows = windows_of(ticked)
        assert set(slots_of(windows)) == ticked
        assert all(a.weekday < b.weekday or a.ends < b.starts for a, b in pairwise(windows))


def test_a_window_that_covers_half_a_part_ticks_nothing() -> None:
    assert slots_of([Window(0, 480, 600), Window(1, 400, 1300)]) == [
        "1-rano", "1-dzien", "1-wieczor",
    ]  # fmt: skip


def test_the_week_in_words() -> None:
    assert week_in_words([Window(0, 480, 960), Window(0, 1000, 1200)])[0].endswith(
        ": 8–16, 16:40–20"
    )
