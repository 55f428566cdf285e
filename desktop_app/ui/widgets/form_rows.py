"""How the fields of one block stand: in rows of columns, with room beneath for what is said."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from PySide6.QtCore import QMargins, Qt
from PySide6.QtWidgets import QGridLayout

from desktop_app.ui.widgets.field import FieldEditor
from desktop_app.ui.widgets.plain import PlainLabel
from desktop_app.ui.widgets.section import Section

_LONG = 4
_NEAR = 3
"""From a field to what is said of it, in pixels."""


@dataclass(frozen=True)
class Cell:
    """One field as it was asked for: how many columns, and whether it begins a row."""

    editor: FieldEditor
    label: PlainLabel
    span: int
    new_row: bool


@dataclass(frozen=True)
class Place:
    """Where a cell stands: row, first column and how many columns, counted in fields."""

    cell: Cell
    row: int
    column: int
    span: int


def speaks(editor: FieldEditor) -> bool:
    """Whether something is said of a field that is in sight."""
    return editor.message() is not None and not editor.isHidden()


def places_of(cells: Sequence[Cell], columns: int, usual: int) -> list[Place]:
    """Cells in rows; the last of several in a row goes on to the edge.

    In the ``usual`` number of columns each takes what it asked for; in fewer, one column, and
    the long ones all of them.
    """
    places: list[Place] = []
    row = column = 0
    for cell in cells:
        span = min(cell.span, columns)
        if columns != usual:
            span = columns if cell.span >= _LONG else 1
        if column and (cell.new_row or column + span > columns):
            _fill_row(places, columns)
            row, column = row + 1, 0
        places.append(Place(cell, row, column, span))
        column += span
    _fill_row(places, columns)
    return places


def _fill_row(places: list[Place], columns: int) -> None:
    if places and places[-1].column:
        places[-1] = replace(places[-1], span=columns - places[-1].column)


class FormRows:
    """One section and its fields in reading order. Even rows of the grid have the fields, odd
    ones what is said of them; ``gap`` is the room between two rows of fields, in pixels."""

    def __init__(self, section: Section, columns: int, gap: int) -> None:
        self.section, self._columns, self._now, self._gap = section, columns, columns, gap
        self.cells: list[Cell] = []
        self._places: list[Place] = []
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(8)
        self._grid.setVerticalSpacing(_NEAR)
        section.body.addLayout(self._grid)

    def add(self, cell: Cell) -> None:
        """Take a cell; its message stands where there is room. ``place`` shows it."""
        cell.editor.give_message_line().setParent(self.section)
        self.cells.append(cell)

    def place(self, columns: int) -> None:
        """Put all cells into so many columns."""
        while self._grid.takeAt(0) is not None:
            pass
        self._now = columns
        for column in range(self._columns):
            self._grid.setColumnStretch(2 * column + 1, 1 if column < columns else 0)
        self._places = places_of(self.cells, columns, self._columns)
        top = Qt.AlignmentFlag.AlignTop
        for place in self._places:
            row, left = 2 * place.row, 2 * place.column
            self._grid.addWidget(place.cell.label, row, left, top | Qt.AlignmentFlag.AlignRight)
            self._grid.addWidget(
                place.cell.editor, row, left + 1, 1, 2 * place.span - 1, top
            )
        self.space_rows()
        self.place_messages()

    def space_rows(self) -> None:
        """Beneath each row in sight but the last there is a gap, where messages may stand."""
        rows = sorted({p.row for p in self._places if not p.cell.editor.isHidden()})
        for row in range(self._grid.rowCount()):
            self._grid.setRowMinimumHeight(row, 0)
        for row in rows[:-1]:
            self._grid.setRowMinimumHeight(2 * row + 1, self._gap - _NEAR)

    def place_messages(self) -> None:
        """What is said of a field stands in the row beneath, as far as the next such words."""
        for row in {place.row for place in self._places}:
            told = [p for p in self._places if p.row == row and speaks(p.cell.editor)]
            for number, place in enumerate(told):
                left = 2 * place.column + 1
                after = told[number + 1:]
                end = 2 * (after[0].column if after else self._now)
                line = place.cell.editor.message_line
                self._grid.addWidget(line, 2 * row + 1, left, 1, max(end - left, 1))

    # ---- measures

    def first_labels(self) -> list[PlainLabel]:
        """The labels at the left edge."""
        return [place.cell.label for place in self._places if place.column == 0]

    def set_label_width(self, width: int) -> None:
        """How wide the labels at the left edge are, so that all blocks begin on one line."""
        self._grid.setColumnMinimumWidth(0, width)

    def forget_sizes(self) -> None:
        """Measure anew; Qt would answer from before."""
        self._grid.invalidate()

    def least_width(self) -> int:
        """Least width of the block as Qt knows it."""
        layout = self.section.layout()
        edges = layout.contentsMargins() if layout is not None else QMargins()
        return self._grid.minimumSize().width() + edges.left() + edges.right()
