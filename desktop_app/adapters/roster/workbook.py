"""Workbooks (.xlsx, .xls) into rows of words."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from pathlib import Path

from python_calamine import CalamineError, CalamineWorkbook

from desktop_app.adapters.roster.limits import Refused

Cell = tuple[str, bool]
_EXACT = 2**53
_UNREADABLE = ("表格文件读不出来", "用表格软件打开后另存为 .xlsx")


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

    def rows(self, name: str) -> Sequence[Sequence[object]]:
        """Every row of a sheet from its very first on. Raises Refused."""
        try:
            return self._book.get_sheet_by_name(name).to_python(skip_empty_area=False)
        except CalamineError as damage:
            raise Refused(*_UNREADABLE) from damage


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
