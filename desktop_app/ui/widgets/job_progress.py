"""How long it still takes: nothing at first, words soon, a bar with a way out later."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QVBoxLayout, QWidget

from desktop_app.ui.widgets.buttons import KeyButton
from desktop_app.ui.widgets.plain import PlainLabel, set_name

WORDS_AFTER_MS = 300
BAR_AFTER_MS = 2000
_SECOND = 1000
_MINUTE = 60
_AIR = 8


class JobProgress(QWidget):
    """Silent for 300 ms, words up to 2 s, then a bar with count, time left and 取消.

    ``ticks`` is a monotonic clock in milliseconds. ``cancel_asked`` comes once.
    """

    cancel_asked = Signal()

    def __init__(self, ticks: Callable[[], int], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._ticks = ticks
        self._start = 0
        self._words = PlainLabel(role="body", parent=self)
        self._count = PlainLabel(role="small", parent=self)
        self._bar = QProgressBar(self)
        self._bar.setTextVisible(False)
        set_name(self._bar, "进度")
        self._cancel = KeyButton("取消", "Esc", parent=self)
        self._cancel.activated.connect(self._on_cancel)
        self._soon, self._late = QTimer(self), QTimer(self)
        for timer, after, slot in (
            (self._soon, WORDS_AFTER_MS, self.show_words), (self._late, BAR_AFTER_MS, self.show_bar)
        ):
            timer.setSingleShot(True)
            timer.setInterval(after)
            timer.timeout.connect(slot)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(self._words)
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(self._bar, 1)
        row.addWidget(self._count)
        row.addWidget(self._cancel)
        column.addLayout(row)
        self._hide_all()

    def start(self, words: str) -> None:
        """A job began."""
        self._start = self._ticks()
        self._words.setText(words)
        self._count.setText("")
        self._count.setFixedWidth(0)
        self._bar.setRange(0, 0)
        self._cancel.block(())
        self._hide_all()
        self._soon.start()
        self._late.start()

    def set_stoppable(self, on: bool) -> None:
        """Whether the job can be stopped now; writing cannot."""
        self._cancel.block(() if on else ("正在写入，写完才能停",))

    def report(self, done: int, total: int, words: str = "") -> None:
        """How far it is."""
        if words:
            self._words.setText(words)
        if self._bar.maximum() != max(total, 0):
            self._bar.setRange(0, max(total, 0))
        self._bar.setValue(done)
        self._show_count(f"{done:,} / {total:,}{self._left(done, total)}" if total else "")

    def finish(self) -> None:
        """The job is over."""
        self._soon.stop()
        self._late.stop()
        self._hide_all()

    def show_words(self) -> None:
        """Say what is going on."""
        self.setVisible(True)
        self._words.setVisible(True)

    def show_bar(self) -> None:
        """Show bar, count and the way out."""
        self.show_words()
        for widget in (self._bar, self._count, self._cancel):
            widget.setVisible(True)

    def is_showing_bar(self) -> bool:
        """Whether the way out is in sight."""
        return not self._bar.isHidden() and not self.isHidden()

    def cancel(self) -> None:
        """What Esc and the button do."""
        self._cancel.click()

    def text(self) -> str:
        """Words and count."""
        return f"{self._words.text()} {self._count.text()}".strip()

    def _show_count(self, words: str) -> None:
        """Widens when it must: a label of fixed width does not make Qt lay the window out anew."""
        needed = self._count.fontMetrics().horizontalAdvance(words) + _AIR
        if words and needed > self._count.minimumWidth():
            self._count.setFixedWidth(needed + _AIR)
        self._count.setText(words)

    def _left(self, done: int, total: int) -> str:
        if not done or done >= total:
            return ""
        seconds = round((self._ticks() - self._start) * (total - done) / done / _SECOND)
        if seconds < _MINUTE:
            return f"，约剩 {max(seconds, 1)} 秒"
        return f"，约剩 {round(seconds / _MINUTE)} 分钟"

    def _on_cancel(self) -> None:
        self._cancel.block(("正在停下",))
        self._words.setText("正在停下，已办的不受影响")
        self.cancel_asked.emit()

    def _hide_all(self) -> None:
        for widget in (self._words, self._bar, self._count, self._cancel):
            widget.setVisible(False)
        self.setVisible(False)
