"""A short list of rich rows with one tab stop: ↑ ↓ walk, Enter acts, F1 asks for the clause."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from desktop_app.ui.widgets.frames import reveal
from desktop_app.ui.widgets.plain import restyle, set_description, set_name

_STEPS = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}


class ListRow(QFrame):
    """One row; ``spoken`` is what a screen reader says when it becomes current."""

    clicked = Signal()

    def __init__(self, spoken: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("part", "row")
        self.spoken = spoken
        set_name(self, spoken)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click makes it current."""
        self.clicked.emit()


class RowList(QWidget):
    """Rows under each other. ``activated`` and ``asked`` carry the index of the current row."""

    activated = Signal(int)
    asked = Signal(int)
    moved = Signal(int)

    def __init__(
        self, name: str, parent: QWidget | None = None, *, takes_help: bool = False
    ) -> None:
        super().__init__(parent)
        self._takes_help = takes_help
        self._rows: list[ListRow] = []
        self._current = 0
        set_name(self, name)
        self.setProperty("ringless", True)  # the current row wears the ring
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 2, 0, 2)
        self._column.setSpacing(2)

    def set_rows(self, rows: Sequence[ListRow]) -> None:
        """Replace all rows; an empty list cannot be tabbed to."""
        for old in self._rows:
            self._column.removeWidget(old)
            old.hide()  # else Qt may still show it, as a window
            old.setParent(None)
            old.deleteLater()
        self._rows = list(rows)
        for row in self._rows:
            row.clicked.connect(self._on_clicked)
            self._column.addWidget(row)
        self._current = min(self._current, max(len(self._rows) - 1, 0))
        self.setFocusPolicy(
            Qt.FocusPolicy.StrongFocus if self._rows else Qt.FocusPolicy.NoFocus
        )
        self._mark()

    def rows(self) -> tuple[ListRow, ...]:
        """The rows."""
        return tuple(self._rows)

    def current(self) -> int:
        """Index of the current row; 0 when there is none."""
        return self._current

    def set_current(self, index: int) -> None:
        """Make a row current, within the list."""
        before = self._current
        self._current = min(max(index, 0), max(len(self._rows) - 1, 0))
        self._mark()
        if before != self._current:
            self.moved.emit(self._current)

    def _mark(self) -> None:
        for index, row in enumerate(self._rows):
            restyle(row, current=self.hasFocus() and index == self._current)
        if self._rows:
            place = f"第 {self._current + 1} 项，共 {len(self._rows)} 项"
            if self.hasFocus():
                reveal(self._rows[self._current])
            set_description(self, f"{place}：{self._rows[self._current].spoken}")
        else:
            set_description(self, "")

    def _on_clicked(self) -> None:
        sender = self.sender()
        if isinstance(sender, ListRow) and sender in self._rows:
            self.setFocus(Qt.FocusReason.MouseFocusReason)
            self.set_current(self._rows.index(sender))
            self.activated.emit(self._current)

    # ---- Qt

    def event(self, event: QEvent) -> bool:
        """With ``takes_help`` F1 asks for the current row and not for the help of the page."""
        if (
            self._takes_help and event.type() == QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_F1
        ):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Walk, act, ask."""
        key = Qt.Key(event.key())
        if key in _STEPS:
            self.set_current(self._current + _STEPS[key])
        elif key == Qt.Key.Key_Home:
            self.set_current(0)
        elif key == Qt.Key.Key_End:
            self.set_current(len(self._rows) - 1)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self._rows:
            self.activated.emit(self._current)
        elif key == Qt.Key.Key_F1 and self._rows:
            self.asked.emit(self._current)
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show which row is current."""
        super().focusInEvent(event)
        self._mark()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Hide it again."""
        super().focusOutEvent(event)
        self._mark()
