"""What an activity is like, as its organiser typed it: paragraphs and lists, no markup."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

_HYPHENS = ("- ", "– ", "— ", "* ", "• ")


@dataclass(frozen=True, slots=True)
class Passage:
    """A paragraph, or the items of a list."""

    is_list: bool
    lines: list[str]


def passages(text: str) -> list[Passage]:
    """An empty line begins a paragraph; a line that begins with a hyphen is of a list."""
    return list(_passages(text))


def _passages(text: str) -> Iterator[Passage]:
    lines = [line.strip() for line in text.splitlines()]
    kinds = (
        ("" if not line else "list" if line.startswith(_HYPHENS) else "text", line)
        for line in lines
    )
    for kind, group in groupby(kinds, key=lambda pair: pair[0]):
        if kind:
            found = [line[2:].strip() if kind == "list" else line for _kind, line in group]
            yield Passage(kind == "list", found)
