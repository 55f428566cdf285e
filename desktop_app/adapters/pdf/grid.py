"""Ruled grids: where a cell stands, and which rules are drawn between cells."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Any

from desktop_app.domain.forms import Line

Span = tuple[int, int, int, int]
#: Words keep this far from the rules above and below them, in millimetres.
_AIR = 0.4


@dataclass(frozen=True)
class Grid:
    """A grid at (x, y) with column widths and row heights in millimetres."""

    x: float
    y: float
    columns: tuple[float, ...]
    rows: tuple[float, ...]

    def area(self, span: Span, padding: float) -> dict[str, Any]:
        """Where the cell at (row, column, rows, columns), from 1, lets words stand."""
        row, column, tall, wide = span
        return {
            "x": self.x + sum(self.columns[: column - 1]) + padding,
            "y": self.y + sum(self.rows[: row - 1]) + _AIR,
            "width": sum(self.columns[column - 1 : column - 1 + wide]) - 2 * padding,
            "height": sum(self.rows[row - 1 : row - 1 + tall]) - 2 * _AIR,
        }


def rules(grid: Grid, spans: Sequence[Span], outer: float, weight: float) -> list[Line]:
    """The rules of a grid whose ``spans`` are merged cells: long lines, none inside a cell.

    The frame is four lines of the ``outer`` weight; a weight of 0 leaves the inner rules out.
    """
    xs = [grid.x, *(grid.x + width for width in accumulate(grid.columns))]
    ys = [grid.y, *(grid.y + height for height in accumulate(grid.rows))]
    left, right, top, bottom = xs[0], xs[-1], ys[0], ys[-1]
    frame = [
        (left, top, right, top),
        (left, bottom, right, bottom),
        (left, top, left, bottom),
        (right, top, right, bottom),
    ]
    lines = [Line(*ends, outer) for ends in frame if outer]
    if not weight:
        return lines
    owner = _owners(spans, len(grid.rows), len(grid.columns))
    for row in range(1, len(grid.rows)):
        cut = [owner[row - 1][column] != owner[row][column] for column in range(len(grid.columns))]
        lines += [Line(xs[a], ys[row], xs[b], ys[row], weight) for a, b in _runs(cut)]
    for column in range(1, len(grid.columns)):
        cut = [owner[row][column - 1] != owner[row][column] for row in range(len(grid.rows))]
        lines += [Line(xs[column], ys[a], xs[column], ys[b], weight) for a, b in _runs(cut)]
    return lines


def _owners(spans: Sequence[Span], rows: int, columns: int) -> list[list[int]]:
    owner = [[-1 - row * columns - column for column in range(columns)] for row in range(rows)]
    for number, (row, column, tall, wide) in enumerate(spans):
        for r in range(row - 1, row - 1 + tall):
            for c in range(column - 1, column - 1 + wide):
                owner[r][c] = number
    return owner


def _runs(flags: Sequence[bool]) -> list[tuple[int, int]]:
    runs: list[tuple[int, int]] = []
    start: int | None = None
    for index, flag in enumerate([*flags, False]):
        if flag and start is None:
            start = index
        elif not flag and start is not None:
            runs.append((start, index))
            start = None
    return runs
