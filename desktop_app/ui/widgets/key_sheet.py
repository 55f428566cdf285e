"""All keys on one sheet (Ctrl+/)."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from desktop_app.ui.widgets.cover import Cover
from desktop_app.ui.widgets.frames import Scroller
from desktop_app.ui.widgets.plain import PlainLabel, set_name

_COLUMNS = 4
_EDGE = 28
KeyLine = tuple[str, str]
KeyGroup = tuple[str, Sequence[KeyLine]]


class KeySheet(Cover):
    """Groups of (key as printed, what it does) in up to four columns, the rest under the last.

    Esc or Enter closes it.
    """

    def __init__(self, over: QWidget) -> None:
        super().__init__(over, keeps_keys=True)
        self.setProperty("part", "overlay")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        set_name(self, "按键一览")
        self._before: QWidget | None = None
        self._inside = QWidget(self)
        self._columns = QHBoxLayout(self._inside)
        self._columns.setContentsMargins(0, 0, 0, 0)
        self._columns.setSpacing(28)
        self._scroller = Scroller(self._inside, self)
        self._scroller.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        head = QHBoxLayout()
        head.addWidget(PlainLabel("按键一览", role="title", parent=self))
        head.addStretch(1)
        head.addWidget(PlainLabel("Esc 关闭", role="hint", parent=self))
        column = QVBoxLayout(self)
        column.setContentsMargins(_EDGE, 20, _EDGE, 20)
        column.setSpacing(14)
        column.addLayout(head)
        column.addWidget(self._scroller, 1)
        self.setProperty("ringless", True)

    def show_groups(self, groups: Sequence[KeyGroup]) -> None:
        """Show the keys and take the focus until closed."""
        self._before = self.window().focusWidget()
        self.cover()
        for columns in range(_COLUMNS, 0, -1):
            self._fill(groups, columns)
            bar = self._scroller.verticalScrollBar().sizeHint().width()
            if self._inside.sizeHint().width() <= self.width() - 2 * _EDGE - bar:
                break
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def _fill(self, groups: Sequence[KeyGroup], columns: int) -> None:
        while (item := self._columns.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()  # else Qt may still show it, as a window
                old.setParent(None)
                old.deleteLater()
        stacks: list[QVBoxLayout] = []
        for title, lines in groups:
            if len(stacks) < columns:
                holder = QWidget(self._inside)
                stacks.append(QVBoxLayout(holder))
                stacks[-1].setContentsMargins(0, 0, 0, 0)
                stacks[-1].setSpacing(16)
                self._columns.addWidget(holder, 1, Qt.AlignmentFlag.AlignTop)
            group = self._group(title, lines)
            stacks[-1].addWidget(group)
            for part in (group, group.parentWidget()):
                part.show()  # Qt would show it in a later turn, and until then it has no size

    def close_sheet(self) -> None:
        """Go away and give the keyboard back."""
        self.uncover()
        if self._before is not None:
            self._before.setFocus(Qt.FocusReason.OtherFocusReason)
        self._before = None

    def _group(self, title: str, lines: Sequence[KeyLine]) -> QFrame:
        frame = QFrame(self._inside)
        grid = QGridLayout(frame)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(5)
        grid.setColumnStretch(1, 1)
        grid.addWidget(PlainLabel(title, role="heading", parent=frame), 0, 0, 1, 2)
        grid.setRowMinimumHeight(0, frame.fontMetrics().height() + 12)
        for row, (key, label) in enumerate(lines, start=1):
            grid.addWidget(
                PlainLabel(key, role="key", parent=frame), row, 0, Qt.AlignmentFlag.AlignLeft
            )
            grid.addWidget(PlainLabel(label, role="body", parent=frame), row, 1)
        return frame

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc or Enter close, arrows scroll, nothing else gets through."""
        bar = self._scroller.verticalScrollBar()
        if event.key() in (Qt.Key.Key_Escape, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.close_sheet()
        elif event.key() in (Qt.Key.Key_Down, Qt.Key.Key_PageDown):
            bar.setValue(bar.value() + bar.pageStep() // 2)
        elif event.key() in (Qt.Key.Key_Up, Qt.Key.Key_PageUp):
            bar.setValue(bar.value() - bar.pageStep() // 2)
        event.accept()

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Tab stays on the sheet while it is open."""
        return self.isVisible()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Leaving the sheet by mouse closes it."""
        super().focusOutEvent(event)
        if event.reason() == Qt.FocusReason.MouseFocusReason:
            self.uncover()
