"""What a block of the Today page is made of."""

from dataclasses import dataclass, field
from typing import TypeVar

from django.db.models import Model, QuerySet

M = TypeVar("M", bound=Model)
# Lines a block shows; the others are behind its link.
SHOWN = 5


@dataclass(frozen=True, slots=True)
class Line:
    """One thing to do: since when it waits, of what kind it is, what it is, where it is done."""

    due: str
    kind: str
    title: str
    url: str
    note: str = ""
    is_late: bool = False


@dataclass(frozen=True, slots=True)
class Block:
    """``lines`` are the first of ``count``; ``url`` leads to all of them."""

    key: str
    heading: str
    count: int
    url: str
    lines: list[Line] = field(default_factory=list)

    @property
    def more(self) -> int:
        return self.count - len(self.lines)


def first_of(rows: QuerySet[M], most: int = SHOWN) -> tuple[list[M], int]:
    """The first rows and how many there are: one query unless there are more."""
    shown = list(rows[: most + 1])
    return shown[:most], len(shown) if len(shown) <= most else rows.count()
