"""A plain table for a school as a workbook: words only, no formula, no number."""

from __future__ import annotations

import io
from collections.abc import Sequence
from pathlib import Path

import xlsxwriter

from desktop_app.adapters.roster.files import write_whole

_PLAIN = {"in_memory": True, "strings_to_formulas": False, "strings_to_numbers": False,
          "strings_to_urls": False}
_NARROWEST, _WIDEST = 8, 60


def write_rows(
    path: Path, title: str, headings: Sequence[str], rows: Sequence[Sequence[str]]
) -> None:
    """Write the workbook whole or not at all. Raises Unavailable."""
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream, _PLAIN)
    bold = book.add_format({"bold": True})
    sheet = book.add_worksheet(title)
    for column, heading in enumerate(headings):
        longest = max((len(row[column]) for row in rows), default=0)
        width = min(max(longest, len(heading)) * 2, _WIDEST)
        sheet.set_column(column, column, max(width, _NARROWEST))
        sheet.write_string(0, column, heading, bold)
    for number, row in enumerate(rows, start=1):
        for column, text in enumerate(row):
            sheet.write_string(number, column, text)
    sheet.freeze_panes(1, 0)
    book.close()
    write_whole(path, stream.getvalue())
