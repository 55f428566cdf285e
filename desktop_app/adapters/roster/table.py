"""A plain table for a school as a workbook: words only, no formula, no number."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from desktop_app.adapters.roster.sheet import WordSheet

_NARROWEST, _WIDEST = 8, 60


def write_rows(
    path: Path, title: str, headings: Sequence[str], rows: Sequence[Sequence[str]]
) -> None:
    """Write the workbook whole or not at all. Raises Unavailable."""
    sheet = WordSheet(title)
    for column, heading in enumerate(headings):
        longest = max((len(row[column]) for row in rows), default=0)
        width = min(max(longest, len(heading)) * 2, _WIDEST)
        sheet.widen(column, max(width, _NARROWEST))
        sheet.write(0, column, heading, bold=True)
    for number, row in enumerate(rows, start=1):
        for column, text in enumerate(row):
            sheet.write(number, column, text)
    sheet.hold(1)
    sheet.save(path)
