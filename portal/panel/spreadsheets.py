"""CSV that a spreadsheet opens as text: a cell that begins like a formula stays what it says."""

import csv
from collections.abc import Iterable, Sequence
from io import StringIO

_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")


def neutral(cell: str) -> str:
    """``=1+1`` → ``'=1+1``; spaces in front hide nothing."""
    return f"'{cell}" if cell.lstrip(" ").startswith(_FORMULA) else cell


def csv_text(rows: Iterable[Sequence[str]]) -> str:
    """With the mark by which spreadsheets know UTF-8."""
    text = StringIO("\ufeff")
    text.seek(0, 2)
    csv.writer(text).writerows([neutral(cell) for cell in row] for row in rows)
    return text.getvalue()
