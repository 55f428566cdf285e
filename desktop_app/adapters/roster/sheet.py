"""A sheet of words: whatever a school or a student put into a cell, no spreadsheet runs it."""

from __future__ import annotations

import io
from pathlib import Path

import xlsxwriter

from desktop_app.adapters.disk import write

#: Words stay words: no formula, no number, no link, whatever a name begins with.
_PLAIN = {"in_memory": True, "strings_to_formulas": False, "strings_to_numbers": False,
          "strings_to_urls": False}
#: What makes a spreadsheet read a cell as a formula once somebody types in it, or saves it as
#: text and opens that (OWASP, CSV injection).
_TRIGGERS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


class WordSheet:
    """One sheet under construction; ``write`` keeps every value as words."""

    def __init__(self, title: str) -> None:
        self._stream = io.BytesIO()
        self._book = xlsxwriter.Workbook(self._stream, _PLAIN)
        self._sheet = self._book.add_worksheet(title)
        self._bold = self._book.add_format({"bold": True})
        # The mark that a typed apostrophe leaves: the cell stays words when it is edited.
        self._quoted = self._book.add_format({"quote_prefix": True})

    def write(self, row: int, column: int, text: str, *, bold: bool = False) -> None:
        """One cell, row and column from 0."""
        quoted = self._quoted if text.lstrip(" ").startswith(_TRIGGERS) else None
        self._sheet.write_string(row, column, text, self._bold if bold else quoted)

    def widen(self, column: int, width: float) -> None:
        """The width of a column, in characters of half width."""
        self._sheet.set_column(column, column, width)

    def hold(self, rows: int) -> None:
        """Keep that many rows in sight above all others."""
        self._sheet.freeze_panes(rows, 0)

    def save(self, path: Path) -> None:
        """Write the workbook whole or not at all. Raises Unavailable."""
        self._book.close()
        write(path, self._stream.getvalue())
