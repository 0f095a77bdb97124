"""Tables that a spreadsheet opens as text: a cell that begins like a formula stays what it says."""

import csv
from collections.abc import Iterable, Sequence
from io import BytesIO, StringIO

from openpyxl import Workbook  # type: ignore[import-untyped]
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE  # type: ignore[import-untyped]

_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")
_LONGEST_SHEET_NAME = 31


def neutral(cell: str) -> str:
    """``=1+1`` → ``'=1+1``; spaces in front hide nothing."""
    return f"'{cell}" if cell.lstrip(" ").startswith(_FORMULA) else cell


def csv_text(rows: Iterable[Sequence[str]]) -> str:
    """With the mark by which spreadsheets know UTF-8."""
    text = StringIO("\ufeff")
    text.seek(0, 2)
    csv.writer(text).writerows([neutral(cell) for cell in row] for row in rows)
    return text.getvalue()


def xlsx_bytes(rows: Iterable[Sequence[str]], *, sheet: str) -> bytes:
    """A workbook of one sheet, its first row in sight while one scrolls."""
    book = Workbook(write_only=True)
    page = book.create_sheet(_sheet_name(sheet))
    page.freeze_panes = "A2"
    for row in rows:
        page.append([neutral(ILLEGAL_CHARACTERS_RE.sub("", cell)) for cell in row])
    file = BytesIO()
    book.save(file)
    return file.getvalue()


def _sheet_name(text: str) -> str:
    """Excel refuses longer names, and some signs in them."""
    return "".join(" " if sign in "[]:*?/\\'" else sign for sign in text)[:_LONGEST_SHEET_NAME]
