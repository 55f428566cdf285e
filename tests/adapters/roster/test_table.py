"""Tables for schools: words stay words, and a table is written whole or not at all."""

from __future__ import annotations

import re
import zipfile
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

from desktop_app.adapters.roster.reconciliation import XlsxReconciliation
from desktop_app.adapters.roster.table import write_rows
from desktop_app.domain.batch import (
    Batch,
    BatchKind,
    BatchRow,
    Outcome,
    Reconciliation,
    ReconciliationLine,
)
from desktop_app.domain.errors import Unavailable

ROWS = (("1", "=1+1", "210283199809010018"), ("2", "http://example.invalid", "007"))


def test_what_looks_like_a_formula_a_link_or_a_number_stays_words(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    write_rows(path, "问题行", ("行", "姓名", "号码"), ROWS)
    book = CalamineWorkbook.from_path(str(path))
    assert book.sheet_names == ["问题行"]
    assert book.get_sheet_by_index(0).to_python() == [["行", "姓名", "号码"], *map(list, ROWS)]
    with zipfile.ZipFile(path) as parts:
        sheet = parts.read("xl/worksheets/sheet1.xml").decode()
        assert "<f>" not in sheet
        assert "hyperlink" not in sheet


_BEFORE = ("=", "+", "-", "@", "\t", "\r", "\n=", "\0=", "＝", "＋", "－", "＠", " =", "'=", '"=',
           "")
_BODIES = ("1+1", "cmd|' /C calc'!A0", "SUM(A1:A9)", 'HYPERLINK("http://example.invalid")',
           'DDE("cmd";"/c";"x")')
PAYLOADS = tuple(before + body for before in _BEFORE for body in _BODIES)
EVIL = (*PAYLOADS, "0017", "1e9", "210283199809010018", "_x0041_", "{=1}")


def run_by_a_spreadsheet(path: Path) -> list[str]:
    """Cells that are more than words from the table of shared words."""
    with zipfile.ZipFile(path) as parts:
        sheet = parts.read("xl/worksheets/sheet1.xml").decode()
    assert "hyperlink" not in sheet
    cells = re.findall(r"<c [^>]*?(?:/>|>.*?</c>)", sheet)
    return [cell for cell in cells if "<f" in cell or ("<v>" in cell and ' t="s"' not in cell)]


def test_no_cell_of_a_table_is_run(tmp_path: Path) -> None:
    """R44."""
    assert len(PAYLOADS) == 80
    path = tmp_path / "a.xlsx"
    write_rows(path, "问题行", ("=1+1", "姓名"), [(text, text) for text in EVIL])
    _, *rows = CalamineWorkbook.from_path(str(path)).get_sheet_by_index(0).to_python()
    assert [tuple(row) for row in rows] == [(text, text) for text in EVIL]
    assert run_by_a_spreadsheet(path) == []


def test_no_cell_of_the_reconciliation_is_run(tmp_path: Path) -> None:
    """R44."""
    batch = Batch("b", BatchKind.ROSTER, "21999", "=学校", "=名册.xlsx", "", "", len(EVIL), "c",
                  datetime(2017, 9, 1, tzinfo=UTC), 2017)
    lines = tuple(
        ReconciliationLine(
            BatchRow("b", place, place + 2, "refused", text, text, text, text, "", text),
            Outcome.REFUSED, "", text,
        )
        for place, text in enumerate(EVIL)
    )
    path = tmp_path / "a.xlsx"
    XlsxReconciliation().write(
        Reconciliation(batch, "派出所", date(2017, 9, 1), "", lines,
                       dict.fromkeys(Outcome, 0) | {Outcome.REFUSED: len(EVIL)}), path
    )
    rows = CalamineWorkbook.from_path(str(path)).get_sheet_by_index(0).to_python()
    assert [row[3] for row in rows[-len(EVIL):]] == list(EVIL)
    assert run_by_a_spreadsheet(path) == []


def test_what_begins_like_a_formula_stays_words_when_it_is_edited(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    write_rows(path, "问题行", ("姓名", "问题"), [("=1+1", "试样")])
    with zipfile.ZipFile(path) as parts:
        styles = parts.read("xl/styles.xml").decode()
        sheet = parts.read("xl/worksheets/sheet1.xml").decode()
    formats = re.findall(r"<xf [^>]*>", styles.split("<cellXfs")[1].split("</cellXfs>")[0])
    quoted = [place for place, text in enumerate(formats) if 'quotePrefix="1"' in text]
    assert re.findall(r'<c r="(\w+)" s="(\d+)"', sheet)[-1] == ("A2", f"{quoted[0]}")


def test_a_table_that_cannot_be_written_leaves_nothing_behind(tmp_path: Path) -> None:
    with pytest.raises(Unavailable):
        write_rows(tmp_path / "none" / "a.xlsx", "问题行", ("行",), [("1",)])
    assert list(tmp_path.iterdir()) == []
