"""Bars as numbers for an SVG: a bar a month, drawn to the widest it may be. Words and numbers stand
beside it and in its table, as letters inside would shrink with it on a telephone."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from tenants.formats import month as month_in_words

HEIGHT = 100
STEP, GAP = 10, 2
# Fewer bars are as narrow as those of a year.
FEWEST = 12


@dataclass(frozen=True, slots=True)
class Bar:
    x: int
    y: int
    height: int
    month: str
    number: int


@dataclass(frozen=True, slots=True)
class Chart:
    """``highest`` is the bar that reaches the top; there is no chart of nothing."""

    bars: list[Bar]
    highest: Bar

    bar_width = STEP - GAP
    height = HEIGHT

    @property
    def width(self) -> int:
        return STEP * max(len(self.bars), FEWEST)

    @property
    def first(self) -> Bar:
        return self.bars[0]

    @property
    def last(self) -> Bar:
        return self.bars[-1]


def chart(numbers: Sequence[tuple[date, int]]) -> Chart | None:
    most = max((number for _month, number in numbers), default=0)
    if not most:
        return None
    bars = [_bar(place, *one, most) for place, one in enumerate(numbers)]
    return Chart(bars, next(bar for bar in bars if bar.number == most))


def _bar(place: int, month: date, number: int, most: int) -> Bar:
    """What is more than nothing is seen."""
    height = max(round(HEIGHT * number / most), 1) if number else 0
    return Bar(
        x=STEP * place + GAP // 2,
        y=HEIGHT - height,
        height=height,
        month=month_in_words(month),
        number=number,
    )
