"""Keys as a clerk presses them, counted; and a watch that forbids the mouse."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from time import perf_counter

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

_MOUSE = {
    QEvent.Type.MouseButtonPress, QEvent.Type.MouseButtonRelease, QEvent.Type.MouseButtonDblClick,
    QEvent.Type.Wheel, QEvent.Type.TouchBegin,
}
_MODIFIERS = {Qt.Key.Key_Shift, Qt.Key.Key_Control, Qt.Key.Key_Alt, Qt.Key.Key_Meta}


def focused() -> QWidget:
    """The widget that gets the next key."""
    widget = QApplication.focusWidget()
    assert widget is not None, "nothing has the focus"
    return widget


def press(key: str, at: QWidget | None = None) -> None:
    """Press one key in Qt's portable spelling: ``Return``, ``Shift+Tab``, ``Ctrl+T``, ``F7``."""
    combination = QKeySequence(key)[0]  # type: ignore[index]  # missing from the stubs of PySide6
    QTest.keyClick(at or focused(), combination.key(), combination.keyboardModifiers())


def type_text(text: str, at: QWidget | None = None) -> None:
    """Type ASCII words into whatever has the focus, key by key."""
    assert text.isascii(), "Chinese comes through tests.helpers.ime"
    for char in text:
        QTest.keyClicks(at or focused(), char)


class KeyCounter(QObject):
    """Counts key presses that reach the focused widget, modifiers alone left out.

    Every press asks the focused widget first whether it overrides a shortcut; that question is
    what is counted, because a press that became a shortcut never arrives as a press.
    """

    def __init__(self, app: QApplication) -> None:
        super().__init__()
        self._app = app
        self.keys: list[str] = []

    @property
    def count(self) -> int:
        """How many so far."""
        return len(self.keys)

    @contextmanager
    def counting(self) -> Iterator[KeyCounter]:
        """Count inside the block; a press is counted once however many widgets see it."""
        self._app.installEventFilter(self)
        try:
            yield self
        finally:
            self._app.removeEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Note the question where it arrives first."""
        if (
            event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent)
            and watched is QApplication.focusWidget() and event.key() not in _MODIFIERS
        ):
            self.keys.append(QKeySequence(event.keyCombination()).toString())
        return False


class NoMouse(QObject):
    """Notes every mouse event that reaches a widget."""

    def __init__(self) -> None:
        super().__init__()
        self.seen: list[str] = []

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Note it and swallow it."""
        if event.type() in _MOUSE and isinstance(watched, QWidget):
            self.seen.append(f"{event.type().name} on {type(watched).__name__}")
            return True
        return False


class Heartbeat(QObject):
    """Measures how long the window's thread was deaf, by a timer of five milliseconds."""

    def __init__(self) -> None:
        super().__init__()
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.setInterval(5)
        self._timer.timeout.connect(self._beat)
        self._last: float | None = None
        self.gaps_ms: list[float] = []

    def start(self) -> None:
        """Begin to listen."""
        self._last = None
        self._timer.start()

    def stop(self) -> float:
        """Stop; the longest silence in milliseconds."""
        self._timer.stop()
        return max(self.gaps_ms, default=0.0)

    def _beat(self) -> None:
        now = perf_counter() * 1000
        if self._last is not None:
            self.gaps_ms.append(now - self._last)
        self._last = now
