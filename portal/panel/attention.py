"""What a block of the Today page is made of."""

from dataclasses import dataclass, field

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
