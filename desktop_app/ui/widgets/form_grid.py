"""Fields in blocks on six columns, and where Enter goes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from PySide6.QtCore import QEvent, QMargins, QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from desktop_app.ui.widgets.field import FieldEditor
from desktop_app.ui.widgets.messages import Level
from desktop_app.ui.widgets.plain import PlainLabel
from desktop_app.ui.widgets.section import Section

COLUMNS = 6
_FEWER = (3, 2, 1)
_LONG = 4
_EDGES = 42
_NEAR = 3
"""From a field to what is said of it, in pixels."""


@dataclass(frozen=True)
class _Cell:
    """One field as it was asked for: how many columns, and whether it begins a row."""

    editor: FieldEditor
    label: PlainLabel
    span: int
    new_row: bool


@dataclass(frozen=True)
class _Place:
    """Where a cell stands: row, first column and how many columns, counted in fields."""

    cell: _Cell
    row: int
    column: int
    span: int


@dataclass
class _Block:
    """One section and its fields in reading order."""

    section: Section
    grid: QGridLayout
    cells: list[_Cell] = field(default_factory=list)
    labels: list[PlainLabel] = field(default_factory=list)
    places: list[_Place] = field(default_factory=list)


def _width_of(block: _Block) -> int:
    """Least width of a block as Qt knows it."""
    layout = block.section.layout()
    edges = layout.contentsMargins() if layout is not None else QMargins()
    return block.grid.minimumSize().width() + edges.left() + edges.right()


def _speaks(editor: FieldEditor) -> bool:
    """Whether something is said of a field that is in sight."""
    return editor.message() is not None and not editor.isHidden()


class FormGrid(QWidget):
    """Editors in sections. Labels stand right-aligned to the left of their field.

    Enter goes to the next *empty* field, Shift+Enter to the one before, ``next_section`` to the
    next block. After the last empty field ``finished`` comes. ``committed`` and ``changed``
    repeat what the editors say; ``field_entered`` carries the id of the focused field.
    Where the width does not do for ``columns``, fewer fields stand side by side.
    """

    committed = Signal(object)
    changed = Signal(object)
    finished = Signal()
    field_entered = Signal(str)

    def __init__(
        self, *, columns: int = COLUMNS, gap: int = 10, parent: QWidget | None = None
    ) -> None:
        """``gap`` is the room between two rows of fields, in pixels."""
        super().__init__(parent)
        self._gap = gap
        self._columns = self._side_by_side = columns
        self._blocks: dict[str, _Block] = {}
        self._editors: dict[str, FieldEditor] = {}
        self._labels: dict[str, PlainLabel] = {}
        self._home: dict[str, str] = {}
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(12)
        self._column.addStretch(1)

    # ---- building

    def begin_section(self, section_id: str, title: str = "", *, number: str = "") -> Section:
        """Open a block; the fields added next belong to it."""
        section = Section(title, number=number, parent=self)
        grid = QGridLayout()
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(_NEAR)
        section.body.addLayout(grid)
        self._column.insertWidget(self._column.count() - 1, section)
        self._blocks[section_id] = _Block(section, grid)
        return section

    def add(
        self, editor: FieldEditor, *, span: int = 2, new_row: bool = False
    ) -> FieldEditor:
        """Put an editor into the block at hand, over ``span`` of the columns.

        Raises ValueError for an id that is already in the grid.
        """
        if editor.field_id in self._editors:
            raise ValueError(editor.field_id)
        if not self._blocks:
            self.begin_section("")
        section_id, block = list(self._blocks.items())[-1]
        label = self._label(editor)
        line = editor.give_message_line()
        line.setParent(block.section)
        block.cells.append(_Cell(editor, label, max(span, 1), new_row))
        self._register(editor, label, section_id)
        self._place(block, self._side_by_side)
        self._align_first_column()
        return editor

    # ---- fitting the width

    def columns_now(self) -> int:
        """How many columns there are at this width."""
        return self._side_by_side

    def _place(self, block: _Block, columns: int) -> None:
        grid = block.grid
        while grid.takeAt(0) is not None:
            pass
        for column in range(self._columns):
            grid.setColumnStretch(2 * column + 1, 1 if column < columns else 0)
        block.places = self._places(block, columns)
        block.labels = [place.cell.label for place in block.places if place.column == 0]
        top = Qt.AlignmentFlag.AlignTop
        for place in block.places:
            row, left = 2 * place.row, 2 * place.column
            grid.addWidget(place.cell.label, row, left, top | Qt.AlignmentFlag.AlignRight)
            grid.addWidget(place.cell.editor, row, left + 1, 1, 2 * place.span - 1, top)
        self._space_rows(block)
        self._place_messages(block)

    def _space_rows(self, block: _Block) -> None:
        """Beneath each row in sight but the last there is a gap, where messages may stand."""
        rows = sorted({p.row for p in block.places if not p.cell.editor.isHidden()})
        for row in range(block.grid.rowCount()):
            block.grid.setRowMinimumHeight(row, 0)
        for row in rows[:-1]:
            block.grid.setRowMinimumHeight(2 * row + 1, self._gap - _NEAR)

    def _places(self, block: _Block, columns: int) -> list[_Place]:
        """Cells in rows; the last of several in a row goes on to the edge."""
        places: list[_Place] = []
        row = column = 0
        for cell in block.cells:
            span = self._span(cell, columns)
            if column and (cell.new_row or column + span > columns):
                self._fill_row(places, columns)
                row, column = row + 1, 0
            places.append(_Place(cell, row, column, span))
            column += span
        self._fill_row(places, columns)
        return places

    @staticmethod
    def _fill_row(places: list[_Place], columns: int) -> None:
        if places and places[-1].column:
            places[-1] = replace(places[-1], span=columns - places[-1].column)

    def _place_messages(self, block: _Block) -> None:
        """What is said of a field stands in the row beneath, as far as the next such words."""
        for row in {place.row for place in block.places}:
            told = [p for p in block.places if p.row == row and _speaks(p.cell.editor)]
            for number, place in enumerate(told):
                left = 2 * place.column + 1
                after = told[number + 1:]
                end = 2 * (after[0].column if after else self._side_by_side)
                line = place.cell.editor.message_line
                block.grid.addWidget(line, 2 * row + 1, left, 1, max(end - left, 1))

    def _span(self, cell: _Cell, columns: int) -> int:
        """As asked for, or one of two or three even columns, the long ones over all of them."""
        if columns == self._columns:
            return min(cell.span, columns)
        return columns if cell.span >= _LONG else 1

    def _fit(self) -> None:
        """Take as many columns as the width allows."""
        for columns in (self._columns, *(n for n in _FEWER if n < self._columns)):
            if columns != self._side_by_side:
                self._side_by_side = columns
                for block in self._blocks.values():
                    self._place(block, columns)
                self._align_first_column()
            for block in self._blocks.values():
                block.grid.invalidate()  # else Qt would answer from before
            if self._needed_width() <= self.width():
                return

    def _needed_width(self) -> int:
        return max(
            (_width_of(block) for block in self._blocks.values()
             if not block.section.isHidden()), default=0,
        )

    def minimumSizeHint(self) -> QSize:
        """As narrow as one field beside its label."""
        cells = [c for b in self._blocks.values() for c in b.cells if not c.editor.isHidden()]
        label = max((cell.label.sizeHint().width() for cell in cells), default=0)
        line = max((cell.editor.minimumSizeHint().width() for cell in cells), default=0)
        return QSize(label + line + _EDGES, super().minimumSizeHint().height())

    def event(self, event: QEvent) -> bool:
        """Fields that were added or shown may need more room than there is.

        Nothing may be invalidated here: that asks for a layout, and so for this again, for ever.
        """
        done = super().event(event)
        crowded = event.type() == QEvent.Type.LayoutRequest and self._side_by_side > 1
        if crowded and self._needed_width() > self.width():
            self._fit()
        return done

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the new width."""
        super().resizeEvent(event)
        if event.oldSize().width() != event.size().width():
            self._fit()

    def _align_first_column(self) -> None:
        """Fields at the left edge stand in one line down all blocks."""
        first = [label for block in self._blocks.values() for label in block.labels]
        widest = max((label.sizeHint().width() for label in first), default=0)
        for block in self._blocks.values():
            block.grid.setColumnMinimumWidth(0, widest)

    def _label(self, editor: FieldEditor) -> PlainLabel:
        words = f"{editor.label}（选填）" if editor.optional else editor.label
        label = PlainLabel(words, role="label", parent=self)
        label.setProperty("beside", True)
        label.setBuddy(editor.line)
        return label

    def _register(self, editor: FieldEditor, label: PlainLabel, section_id: str) -> None:
        name = editor.field_id
        self._editors[name], self._labels[name], self._home[name] = editor, label, section_id
        editor.committed.connect(self.committed)
        editor.changed.connect(self.changed)
        editor.accepted.connect(self._on_accepted)
        editor.back.connect(self._on_back)
        editor.entered.connect(self._on_entered)
        editor.message_changed.connect(self._on_message)

    def _on_message(self) -> None:
        sender = self.sender()
        if isinstance(sender, FieldEditor):
            sender.message_line.setVisible(_speaks(sender))
            self._place_messages(self._blocks[self._home[sender.field_id]])

    def clear(self) -> None:
        """Take all blocks and fields away."""
        for block in self._blocks.values():
            block.section.hide()  # else Qt may still show it, as a window
            block.section.setParent(None)
            block.section.deleteLater()
        self._blocks, self._editors, self._labels, self._home = {}, {}, {}, {}
        self._side_by_side = self._columns

    # ---- asking

    def editors(self) -> tuple[FieldEditor, ...]:
        """All editors in reading order."""
        return tuple(self._editors.values())

    def editor(self, field_id: str) -> FieldEditor:
        """One editor. Raises KeyError."""
        return self._editors[field_id]

    def section(self, section_id: str) -> Section:
        """One block. Raises KeyError."""
        return self._blocks[section_id].section

    def has(self, field_id: str) -> bool:
        """Whether the grid has this field."""
        return field_id in self._editors

    def texts(self) -> dict[str, str]:
        """Raw words by field."""
        return {name: editor.text() for name, editor in self._editors.items()}

    def errors(self) -> tuple[tuple[str, str], ...]:
        """(field id, words) of every field that needs changing, in reading order."""
        return tuple(
            (name, message.text) for name, editor in self._editors.items()
            if (message := editor.message()) is not None and message.level is Level.ERROR
            and not editor.isHidden()
        )

    # ---- showing

    def set_texts(self, texts: Mapping[str, str]) -> None:
        """Show known words in the fields named; others stay."""
        for name, text in texts.items():
            if name in self._editors:
                self._editors[name].set_text(text)

    def set_message(self, field_id: str, level: Level, text: str) -> None:
        """Say something beneath a field. Raises KeyError."""
        self._editors[field_id].set_message(level, text)

    def set_field_shown(self, field_id: str, on: bool) -> None:
        """Show or hide a field with its label. Raises KeyError."""
        editor = self._editors[field_id]
        editor.setVisible(on)
        editor.message_line.setVisible(_speaks(editor))
        self._labels[field_id].setVisible(on)
        self._space_rows(self._blocks[self._home[field_id]])

    def changeEvent(self, event: QEvent) -> None:
        """A new text size moves the line on which the fields begin."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._align_first_column()
            self._fit()

    def settle(self) -> None:
        """Finish the edit in hand, wherever it is."""
        for editor in self._editors.values():
            if editor.line.hasFocus():
                editor.settle()

    # ---- moving

    def focus_field(self, field_id: str) -> None:
        """Put the keyboard into a field. Raises KeyError."""
        self._editors[field_id].focus_line()

    def focus_first_empty(self) -> bool:
        """Go to the first empty field that is not optional; False when there is none."""
        first = next(filter(self._due, self._editors.values()), None)
        if first is not None:
            first.focus_line()
        return first is not None

    def next_section(self) -> bool:
        """Go to the first field of the next block; False after the last."""
        current = self._current()
        homes = list(self._blocks)
        here = homes.index(self._home[current]) if current else -1
        for home in homes[here + 1:]:
            for name, editor in self._editors.items():
                if self._home[name] == home and self._open(editor):
                    editor.focus_line()
                    return True
        return False

    def _current(self) -> str | None:
        return next((n for n, e in self._editors.items() if e.line.hasFocus()), None)

    @staticmethod
    def _open(editor: FieldEditor) -> bool:
        return not editor.isHidden() and editor.isEnabled()

    def _due(self, editor: FieldEditor) -> bool:
        return self._open(editor) and editor.is_empty() and not editor.line.isReadOnly()

    def _on_accepted(self) -> None:
        sender = self.sender()
        order = list(self._editors.values())
        here = order.index(sender) if isinstance(sender, FieldEditor) else -1
        for editor in order[here + 1:]:
            if self._due(editor):
                editor.focus_line()
                return
        self.finished.emit()

    def _on_back(self) -> None:
        sender = self.sender()
        order = list(self._editors.values())
        here = order.index(sender) if isinstance(sender, FieldEditor) else 0
        for editor in reversed(order[:here]):
            if self._open(editor):
                editor.focus_line()
                return

    def _on_entered(self) -> None:
        sender = self.sender()
        if isinstance(sender, FieldEditor):
            self.field_entered.emit(sender.field_id)
