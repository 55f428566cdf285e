"""Tables for schools: words stay words, and a table is written whole or not at all."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

from desktop_app.adapters.roster.table import write_rows
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


def test_a_table_that_cannot_be_written_leaves_nothing_behind(tmp_path: Path) -> None:
    with pytest.raises(Unavailable):
        write_rows(tmp_path / "none" / "a.xlsx", "问题行", ("行",), [("1",)])
    assert list(tmp_path.iterdir()) == []
