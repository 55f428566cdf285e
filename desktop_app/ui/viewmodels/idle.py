"""How long nobody touched keyboard or mouse, and when the counter locks itself."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QTimer, Signal

_TOUCHES = (
    QEvent.Type.KeyPress, QEvent.Type.MouseButtonPress, QEvent.Type.MouseMove, QEvent.Type.Wheel,
    QEvent.Type.InputMethod,
)
_TICK_MS = 1000
_WARN_SHARE = 0.8


class IdleWatch(QObject):
    """Counts idle seconds; ``warned`` at four fifths of the time, ``expired`` at its end.

    Install it as an event filter on the application. Tests call ``pass_seconds``.
    """

    warned = Signal(int)
    expired = Signal()

    def __init__(self, minutes: int, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._limit = minutes * 60
        self._idle = 0
        self._timer = QTimer(self)
        self._timer.setInterval(_TICK_MS)
        self._timer.timeout.connect(self._on_tick)

    def start(self) -> None:
        """Begin counting."""
        self._idle = 0
        self._timer.start()

    def stop(self) -> None:
        """Stop counting, as while locked."""
        self._timer.stop()

    def set_minutes(self, minutes: int) -> None:
        """Another limit."""
        self._limit = minutes * 60
        self._idle = 0

    def pass_seconds(self, seconds: int) -> None:
        """Let idle time pass."""
        before, self._idle = self._idle, self._idle + seconds
        warn_at = int(self._limit * _WARN_SHARE)
        if before < warn_at <= self._idle < self._limit:
            self.warned.emit(self._limit - self._idle)
        if before < self._limit <= self._idle:
            self.stop()
            self.expired.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Any touch starts the count anew."""
        if event.type() in _TOUCHES:
            self._idle = 0
        return False

    def _on_tick(self) -> None:
        self.pass_seconds(1)
