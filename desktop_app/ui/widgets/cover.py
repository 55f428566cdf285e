"""Layers over the whole window: lock, key sheet, training frame."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QFrame, QWidget


class Cover(QFrame):
    """Lies over all of its parent and grows with it; hidden at first."""

    def __init__(self, over: QWidget) -> None:
        super().__init__(over)
        self.setVisible(False)
        over.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Grow with the parent."""
        if watched is self.parentWidget() and event.type() == QEvent.Type.Resize:
            self._fit()
        return False

    def _fit(self) -> None:
        parent = self.parentWidget()
        if parent is not None:
            self.setGeometry(parent.rect())

    def uncover(self) -> None:
        """Go away."""
        self.setVisible(False)

    def cover(self) -> None:
        """Come over everything."""
        self._fit()
        self.setVisible(True)
        self.raise_()
