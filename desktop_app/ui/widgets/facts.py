"""Labels and words under each other, as in a register: looked at, not changed."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from desktop_app.ui.widgets.plain import PlainLabel

Lines = Sequence[tuple[str, str]]


class Facts(QWidget):
    """Two columns: what it is, and what stands there; ``--`` stands for nothing."""

    def __init__(self, lines: Lines = (), parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(16)
        self._grid.setVerticalSpacing(4)
        self._grid.setColumnStretch(1, 1)
        self.show_lines(lines)

    def show_lines(self, lines: Lines) -> None:
        """Show other lines."""
        while (item := self._grid.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()  # else Qt may still show it, as a window
                old.setParent(None)
                old.deleteLater()
        for row, (label, words) in enumerate(lines):
            name = PlainLabel(label, role="label", parent=self)
            told = PlainLabel(words or "--", wrap=True, parent=self)
            self._grid.addWidget(name, row, 0, Qt.AlignmentFlag.AlignTop)
            self._grid.addWidget(told, row, 1)

    def set_label_width(self, width: int) -> None:
        """Let the words of several blocks begin on one line."""
        self._grid.setColumnMinimumWidth(0, width)
