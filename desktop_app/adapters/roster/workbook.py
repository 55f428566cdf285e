"""Workbooks (.xlsx, .xls) into rows of words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path

from python_calamine import CalamineError, CalamineWorkbook

from desktop_app.adapters.roster.limits import HEADING_ROWS, Refused

Cell = tuple[str, bool]
_EXACT = 2**53
_UNREADABLE = ("表格文件读不出来", "用表格软件打开后另存为 .xlsx")


@dataclass(frozen=True)
class Sheet:
    """Every row of a sheet from its very first on, and the cells merged downwards.

    ``merged`` are (column, first row, last row), from 0; only the first row holds the words.
    """

    rows: Sequence[Sequence[object]]
    merged: Sequence[tuple[int, int, int]]


class Workbook:
    """An open workbook; hidden sheets are named and never read."""

    def __init__(self, path: Path) -> None:
        """Open it. Raises Refused for a damaged file."""
        try:
            self._book = CalamineWorkbook.from_path(str(path))
            # Charts and macro sheets hold no rows of a table.
            tables = [m for m in self._book.sheets_metadata if _last(m.typ) == "WorkSheet"]
        except CalamineError as damage:
            raise Refused(*_UNREADABLE) from damage
        self.shown = [meta.name for meta in tables if _last(meta.visible) == "Visible"]
        self.hidden = [meta.name for meta in tables if _last(meta.visible) != "Visible"]

    def sheet(self, name: str) -> Sheet:
        """A sheet whole. Raises Refused."""
        try:
            found = self._book.get_sheet_by_name(name)
            rows = found.to_python(skip_empty_area=False)
        except CalamineError as damage:
            raise Refused(*_UNREADABLE) from damage
        return Sheet(rows, [
            (column, first, last)
            for (first, column), (last, end) in found.merged_cell_ranges or ()
            if column == end and first < last
        ])

    def beginning(self, name: str) -> Sequence[Sequence[object]]:
        """The first rows of a sheet, none when it cannot be read."""
        try:
            found = self._book.get_sheet_by_name(name)
            return found.to_python(skip_empty_area=False, nrows=HEADING_ROWS)
        except CalamineError:
            return ()


def _last(state: object) -> str:
    """The last part of the name of a calamine constant."""
    return str(state).rsplit(".", 1)[-1]


def words(value: object) -> Cell:
    """A cell as words, and whether the spreadsheet had rounded a number of it.

    A number of more than fifteen digits has lost its last ones in the file; it comes back as
    digits all the same, so that the screen can show what was there.
    """
    if isinstance(value, str):
        return value.strip(), False
    if isinstance(value, bool):
        return ("是" if value else "否"), False
    if isinstance(value, float):
        return _number(value)
    if isinstance(value, int):
        return str(value), abs(value) >= 10**15
    if isinstance(value, datetime):
        return value.date().isoformat(), False
    if isinstance(value, date):
        return value.isoformat(), False
    if isinstance(value, time | timedelta):
        return str(value), False
    return "", False


def _number(value: float) -> Cell:
    if value != value or value in (float("inf"), float("-inf")):
        return "", False
    if value.is_integer():
        return f"{value:.0f}", abs(value) >= 10**15
    return f"{value:.10g}", abs(value) > _EXACT
