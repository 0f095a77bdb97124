"""What a block of the Today page is made of."""

from dataclasses import dataclass, field
from typing import TypeVar
from zlib import crc32

from django.db.models import Count, Model, QuerySet, Window

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

    @property
    def named_lines(self) -> list[tuple[str, Line]]:
        """Each with the id of its link, which stays with it when others come before it: whoever
        stands on it still does after the page has been brought up to date."""
        named: dict[str, Line] = {}
        for line in self.lines:
            name = f"{self.key}-{crc32(f'{line.url} {line.title}'.encode()):x}"
            while name in named:
                name += "-"
            named[name] = line
        return list(named.items())


def first_of(rows: QuerySet[M], most: int = SHOWN) -> tuple[list[M], int]:
    """The first rows and how many there are in all: one query, however many."""
    shown = list(rows.annotate(in_all=Window(Count("*")))[:most])
    return shown, shown[0].in_all if shown else 0  # type: ignore[attr-defined]
