"""Layers over the whole window: lock, key sheet, training frame."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QFrame, QWidget


class Cover(QFrame):
    """Lies over all of its parent and grows with it; hidden at first.

    With ``keeps_keys`` no shortcut of the window works while the focus is on the cover.
    """

    def __init__(self, over: QWidget, *, keeps_keys: bool = False) -> None:
        super().__init__(over)
        self._keeps_keys = keeps_keys
        self.setVisible(False)
        over.installEventFilter(self)

    def event(self, event: QEvent) -> bool:
        """Claim every key before it can become a shortcut; children pass theirs up to here."""
        if self._keeps_keys and event.type() == QEvent.Type.ShortcutOverride:
            event.accept()
            return True
        return super().event(event)

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
