"""Work done ahead while nobody needs the window's thread, in slices nobody notices."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QElapsedTimer, QObject, QTimer, Signal

_PAUSE = 10
"""Between two slices, in milliseconds: keys and painting come first."""
_SLICE = 8
"""A slice begins no further step after so many milliseconds."""


class Ahead(QObject):
    """Runs small steps one after the other; ``done`` comes after the last."""

    done = Signal()

    def __init__(self, steps: Iterator[None], parent: QObject) -> None:
        super().__init__(parent)
        self._steps = steps
        self._timer = QTimer(self)
        self._timer.setInterval(_PAUSE)
        self._timer.timeout.connect(self._on_turn)

    def start(self) -> None:
        """Begin, or go on."""
        self._timer.start()

    def stop(self) -> None:
        """Leave the rest undone."""
        self._timer.stop()

    def _on_turn(self) -> None:
        clock = QElapsedTimer()
        clock.start()
        for _ in self._steps:
            if clock.elapsed() >= _SLICE:
                return
        self.stop()
        self.done.emit()
