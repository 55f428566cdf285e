"""Labels and words under each other, as in a register: looked at, not changed."""

from __future__ import annotations

import re
from collections.abc import Sequence

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QGridLayout, QWidget

from desktop_app.ui.widgets.plain import PlainLabel

Lines = Sequence[tuple[str, str]]

_GAP = 16
_APART = 8
_UNBROKEN = re.compile(r"[!-~]+")
"""Figures and letters: a case number is not to be broken at its hyphens, nor a citizen number."""


class Facts(QWidget):
    """Two columns: what it is, and what stands there; ``--`` stands for nothing.

    Where the second column would be narrower than a number in it, the words go under the labels.
    """

    def __init__(self, lines: Lines = (), parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(_GAP)
        self._grid.setVerticalSpacing(4)
        self._grid.setColumnStretch(1, 1)
        self._rows: list[tuple[PlainLabel, PlainLabel]] = []
        self._label_width = 0
        self._stacked = False
        self.show_lines(lines)

    @property
    def stacked(self) -> bool:
        """Whether the words stand under their labels."""
        return self._stacked

    def show_lines(self, lines: Lines) -> None:
        """Show other lines."""
        for part in (part for row in self._rows for part in row):
            self._grid.removeWidget(part)
            part.hide()  # else Qt may still show it, as a window
            part.setParent(None)
            part.deleteLater()
        self._rows = [
            (PlainLabel(label, role="label", parent=self),
             PlainLabel(words or "--", wrap=True, parent=self))
            for label, words in lines
        ]
        self._stacked = self._is_narrow()
        self._place()

    def set_label_width(self, width: int) -> None:
        """Let the words of several blocks begin on one line."""
        self._label_width = width
        self._grid.setColumnMinimumWidth(0, width)
        self._fit()

    def minimumSizeHint(self) -> QSize:
        """As narrow as the words are under their labels."""
        hint = super().minimumSizeHint()
        under = max((part.minimumSizeHint().width() for row in self._rows for part in row),
                    default=0)
        return QSize(min(hint.width(), under), hint.height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The words go under their labels, or beside them again."""
        super().resizeEvent(event)
        self._fit()

    def showEvent(self, event: QShowEvent) -> None:
        """The first width comes before the facts are in sight."""
        super().showEvent(event)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        """Larger text needs more room."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._fit()

    def _is_narrow(self) -> bool:
        if not self._rows or not self.isVisible():
            return self._stacked
        label = max(name.sizeHint().width() for name, _ in self._rows)
        widest = max(
            (told.fontMetrics().horizontalAdvance(run)
             for _, told in self._rows for run in _UNBROKEN.findall(told.text())),
            default=0,
        )
        return max(label, self._label_width) + _GAP + widest > self.width()

    def _fit(self) -> None:
        stacked = self._is_narrow()
        if stacked != self._stacked:
            self._stacked = stacked
            self._place()

    def _place(self) -> None:
        top = Qt.AlignmentFlag.AlignTop
        for row, (name, told) in enumerate(self._rows):
            self._grid.removeWidget(name)
            self._grid.removeWidget(told)
            told.setContentsMargins(0, 0, 0, _APART if self._stacked else 0)
            if self._stacked:
                self._grid.addWidget(name, 2 * row, 0, 1, 2, top)
                self._grid.addWidget(told, 2 * row + 1, 0, 1, 2)
            else:
                self._grid.addWidget(name, row, 0, top)
                self._grid.addWidget(told, row, 1)
        self.updateGeometry()
