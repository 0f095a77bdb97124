"""What is printed and downloaded: neutral cells, needs for few, an entry in the audit."""

import csv
from io import BytesIO, StringIO

import pytest
from openpyxl import load_workbook  # type: ignore[import-untyped]

from portal.audit.models import AuditEntry
from portal.panel.participants.papers import names
from portal.panel.spreadsheets import xlsx_bytes
from tenants.binding import bind
from tenants.models import Tenant
from tests.conftest import SiteClient
from tests.events.running.evening import Evening, booked, card, user_of


def rows_of(visitor: SiteClient, evening: Evening, ending: str) -> list[list[str]]:
    answer = visitor.get(evening.url(f"uczestnicy/plik.{ending}"))
    assert answer.status_code == 200
    assert answer.headers["Content-Disposition"].startswith('attachment; filename="lista-')
    if ending == "csv":
        return list(csv.reader(StringIO(answer.content.decode("utf-8-sig"))))
    sheet = load_workbook(BytesIO(answer.content)).active
    assert sheet is not None
    return [[str(cell or "") for cell in row] for row in sheet.iter_rows(values_only=True)]


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_everybody_is_in_the_table_with_their_state(
    ending: str, clerk: SiteClient, srem: Tenant, evening: Evening
) -> None:
    headings, *rows = rows_of(clerk, evening, ending)
    by_name = {row[1]: dict(zip(headings, row, strict=True)) for row in rows}
    assert len(rows) == 8
    assert by_name["Anna"]["State"] == "booked"
    assert by_name["Anna"]["Phone"] == "600 100 200"
    assert by_name["Anna"]["Needs"] == "a way in without steps"
    assert by_name["Anna"]["Transport"] == "asked for"
    assert by_name["Jan"]["Booked by"] == "Anna Łącka"
    assert by_name["Zofia"]["State"] == "to be confirmed by the office"
    assert by_name["Ola"]["State"] == "on the waiting list"
    # Those with a place first, each group in the order of the Polish alphabet.
    assert [row[1] for row in rows][3:5] == ["Anna", "Jan"]
    assert [row[1] for row in rows][-2:] == ["Ewa", "Ola"]


def test_who_downloaded_it_is_written_down(
    clerk: SiteClient, srem: Tenant, evening: Evening
) -> None:
    rows_of(clerk, evening, "csv")
    with bind(srem):
        entry = AuditEntry.objects.get(action="participants.exported")
        assert entry.object_id == evening.session.pk
        assert entry.details == {"entries": 8}
        assert entry.actor == user_of(srem, "osl").pk
        seen = AuditEntry.objects.filter(action="person.viewed", actor=entry.actor)
        assert seen.count() == 8


def test_the_column_of_needs_is_for_those_who_may_know(srem: Tenant, evening: Evening) -> None:
    visitor = SiteClient(srem)
    visitor.log_in("dpo")
    text = str(rows_of(visitor, evening, "csv"))
    assert "Needs" not in text
    assert "without steps" not in text


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_no_cell_is_a_formula(
    ending: str, clerk: SiteClient, srem: Tenant, evening: Evening
) -> None:
    with bind(srem):
        booked(evening.other, card("=1+1", "@SUM(A1)"), note="+48 | cmd")
    answer = clerk.get(f"/en/panel/wydarzenia/termin/{evening.other.pk}/uczestnicy/plik.{ending}")
    if ending == "csv":
        text = answer.content.decode()
        assert "'=1+1" in text
        assert "'@SUM(A1)" in text
        assert "'+48 | cmd" in text
    else:
        sheet = load_workbook(BytesIO(answer.content)).active
        assert sheet is not None
        cells = [cell for row in sheet.iter_rows() for cell in row]
        assert {"'=1+1", "'@SUM(A1)"} <= {cell.value for cell in cells}
        assert {cell.data_type for cell in cells if cell.value} == {"s"}


def test_a_sheet_takes_any_title_and_any_sign() -> None:
    book = load_workbook(BytesIO(xlsx_bytes([["a\x07b"]], sheet="Kurs [1/2]: " + "x" * 40)))
    [sheet] = book.worksheets
    assert sheet.title.startswith("Kurs  1 2")
    assert sheet["A1"].value == "ab"


def test_the_sheet_to_sign_is_a_pdf_with_those_who_have_a_place(
    clerk: SiteClient, srem: Tenant, evening: Evening
) -> None:
    answer = clerk.get(evening.url("uczestnicy/lista.pdf"))
    assert answer.headers["Content-Type"] == "application/pdf"
    assert answer.content.startswith(b"%PDF")
    with bind(srem):
        assert names(evening.session) == [
            "Bogdan Lis", "Celina Lis", "Daria Lis", "Anna Łącka", "Jan Łącki", "Zofia Żak",
        ]  # fmt: skip
