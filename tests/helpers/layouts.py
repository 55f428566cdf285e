"""How often the window is laid out."""

from __future__ import annotations

from collections import Counter

from PySide6.QtCore import QEvent, QObject

LAYING = {QEvent.Type.LayoutRequest, QEvent.Type.Resize, QEvent.Type.Move}


class Layouts(QObject):
    """Counts how often something is laid out."""

    def __init__(self) -> None:
        super().__init__()
        self.seen: Counter[str] = Counter()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Note it."""
        if event.type() in LAYING:
            self.seen[f"{event.type().name} {type(watched).__name__}"] += 1
        return False
