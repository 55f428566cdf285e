"""Code tables (GB/T, GA/T): rows of value, Chinese label and initials, each with its source."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property


@dataclass(frozen=True)
class CodeRow:
    """One code. ``initials`` are pinyin initials; ``note`` carries what the table adds.

    ``note`` is the sex that a kinship can have (1 or 2), or ``historic`` for an abolished region.
    """

    value: str
    label: str
    initials: str
    source: str
    note: str = ""


@dataclass(frozen=True)
class CodeTable:
    """A table as stored: one line a row, tab-separated value, label, initials, note.

    The text is split on first use: the national table of regions has thousands of lines and most
    runs of the command line never look into it.
    """

    id: str
    title: str
    standard: str
    source: str
    text: str

    @cached_property
    def rows(self) -> tuple[CodeRow, ...]:
        """All rows in the order of the table."""
        cells = (line.split("\t") for line in self.text.splitlines() if line)
        return tuple(
            CodeRow(cell[0], cell[1], cell[2], self.source, cell[3] if len(cell) > 3 else "")
            for cell in cells
        )

    @cached_property
    def by_value(self) -> Mapping[str, CodeRow]:
        """Rows by their code."""
        return {row.value: row for row in self.rows}
