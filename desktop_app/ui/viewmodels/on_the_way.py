"""Words on their way: typed into fields of a case, not taken yet, kept so that none are lost."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Qt, QTimer, Signal

from desktop_app.services.ports import Typing

AUTOSAVE_MS = 500
LONGEST_MS = 4_000
"""Words are kept after this time even while somebody types on without a pause."""
LIVE_MS = 50


class OnTheWay(QObject):
    """Which field has which words, where the cursor is, and when to keep and to judge them.

    ``due`` asks for the words to be kept: half a second after the last key, or four seconds
    after the first of a run. ``judge_due`` carries the field and the words typed last.
    """

    due = Signal()
    judge_due = Signal(object, object)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.raw: dict[str, str] = {}
        self.focus, self.cursor = "", 0
        self._typed: tuple[str, str] | None = None
        self._autosave = self._timer(AUTOSAVE_MS, self.due.emit)
        self.longest = self._timer(LONGEST_MS, self.due.emit)
        self._live = self._timer(LIVE_MS, self._on_live)

    def take_up(self, typing: Typing | None) -> None:
        """Begin with what was on its way when the case was left; nothing waits any more."""
        self.raw = dict(typing.raw) if typing else {}
        self.focus, self.cursor = (typing.focus, typing.cursor) if typing else ("", 0)
        self.rest()
        self._live.stop()
        self._typed = None

    def type(self, field_id: str, text: str, cursor: int, *, taken: str) -> None:
        """Words are being typed; ``taken`` is the answer that the case has already."""
        self.focus, self.cursor = field_id, cursor
        if text == taken:
            self.raw.pop(field_id, None)
        else:
            self.raw[field_id] = text
        self._typed = (field_id, text)
        self._autosave.start()
        if not self.longest.isActive():
            self.longest.start()
        self._live.start()

    def move(self, field_id: str, cursor: int) -> None:
        """Remember where the clerk is; kept with the words while some are on their way."""
        moved = (field_id, cursor) != (self.focus, self.cursor)
        self.focus, self.cursor = field_id, cursor
        if moved and self.raw:
            self._autosave.start()

    def arrived(self, *field_ids: str) -> None:
        """The words of these fields were taken."""
        for field_id in field_ids:
            self.raw.pop(field_id, None)
        self._typed = None

    @property
    def waiting(self) -> bool:
        """Whether words wait to be kept."""
        return self._autosave.isActive()

    def rest(self) -> None:
        """They are kept, or need not be."""
        self._autosave.stop()
        self.longest.stop()

    def _on_live(self) -> None:
        if self._typed is not None:
            self.judge_due.emit(*self._typed)

    def _timer(self, milliseconds: int, act: Callable[[], None]) -> QTimer:
        timer = QTimer(self)
        # A coarse timer may be a twentieth late, and the promise is in seconds.
        timer.setTimerType(Qt.TimerType.PreciseTimer)
        timer.setSingleShot(True)
        timer.setInterval(milliseconds)
        timer.timeout.connect(act)
        return timer
