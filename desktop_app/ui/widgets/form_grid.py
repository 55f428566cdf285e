"""Fields in blocks on six columns, and where Enter goes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from PySide6.QtCore import QEvent, QSize, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop_app.ui.widgets.field import FieldEditor
from desktop_app.ui.widgets.form_rows import Cell, FormRows, speaks
from desktop_app.ui.widgets.messages import Level
from desktop_app.ui.widgets.plain import PlainLabel
from desktop_app.ui.widgets.section import Section

COLUMNS = 6
_FEWER = (3, 2, 1)
_EDGES = 42
_BAR, _TRIES = 16, 3
"""More than a scroll bar takes, in pixels; how often in one turn columns may be added."""


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
        self._blocks: dict[str, FormRows] = {}
        self._editors: dict[str, FieldEditor] = {}
        self._labels: dict[str, PlainLabel] = {}
        self._home: dict[str, str] = {}
        self._filling = False
        self._grown = 0
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(12)
        self._column.addStretch(1)

    # ---- building

    @contextmanager
    def filling(self) -> Iterator[None]:
        """Add many fields: they are put into their places once, at the end."""
        self._filling = True
        try:
            yield
        finally:
            self._filling = False
            for block in self._blocks.values():
                block.place(self._side_by_side)
            self._align_first_column()

    def begin_section(self, section_id: str, title: str = "", *, number: str = "") -> Section:
        """Open a block; the fields added next belong to it."""
        section = Section(title, number=number, parent=self)
        self._column.insertWidget(self._column.count() - 1, section)
        self._blocks[section_id] = FormRows(section, self._columns, self._gap)
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
        block.add(Cell(editor, label, max(span, 1), new_row))
        self._register(editor, label, section_id)
        if not self._filling:
            block.place(self._side_by_side)
            self._align_first_column()
        return editor

    # ---- fitting the width

    def columns_now(self) -> int:
        """How many columns there are at this width."""
        return self._side_by_side

    def _fit(self) -> None:
        """Take as many columns as the width allows.

        A scroll bar may come and go with the columns, and they with it, for ever: so after some
        times in one turn only as many as would have their room beside the bar.
        """
        before = self._side_by_side
        for columns in (self._columns, *(n for n in _FEWER if n < self._columns)):
            if columns != self._side_by_side:
                self._side_by_side = columns
                for block in self._blocks.values():
                    block.place(columns)
                self._align_first_column()
            for block in self._blocks.values():
                block.forget_sizes()
            spare = _BAR if columns > before and self._grown >= _TRIES else 0
            if self._needed_width() + spare <= self.width():
                if columns > before:
                    self._note_growth()
                return

    def _note_growth(self) -> None:
        if not self._grown:
            QTimer.singleShot(0, self, self._forget_growth)
        self._grown += 1

    def _forget_growth(self) -> None:
        self._grown = 0

    def _needed_width(self) -> int:
        return max(
            (block.least_width() for block in self._blocks.values()
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
        first = [label for block in self._blocks.values() for label in block.first_labels()]
        widest = max((label.sizeHint().width() for label in first), default=0)
        for block in self._blocks.values():
            block.set_label_width(widest)

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
            sender.message_line.setVisible(speaks(sender))
            self._blocks[self._home[sender.field_id]].place_messages()

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
        editor.message_line.setVisible(speaks(editor))
        self._labels[field_id].setVisible(on)
        self._blocks[self._home[field_id]].space_rows()

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
