"""Passing words that are also said elsewhere, and a list of the last ones."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from desktop_app.ui.theme import TOKENS
from desktop_app.ui.widgets.icons import IconMark
from desktop_app.ui.widgets.messages import Level
from desktop_app.ui.widgets.plain import PlainLabel, set_name

KEPT = 50
SHOWN_MS = 6000
_MARGIN = 18


@dataclass(frozen=True)
class Said:
    """One passing message with its time of day."""

    at: str
    level: Level
    text: str


class ToastLog(QFrame):
    """The newest message over the foot of the window for six seconds; the last fifty are kept.

    Never the only place of a message. ``now`` gives the time of day in words. ``lift`` is the
    height at the foot of the window that stays free.
    """

    def __init__(self, over: QWidget, now: Callable[[], str], *, lift: int = 64) -> None:
        super().__init__(over)
        self.setProperty("part", "toast")
        self._now, self._lift = now, lift
        self._said: list[Said] = []
        self._icon = IconMark(parent=self)
        self._words = PlainLabel(parent=self)
        row = QHBoxLayout(self)
        row.setContentsMargins(14, 9, 18, 9)
        row.setSpacing(9)
        row.addWidget(self._icon)
        row.addWidget(self._words)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(SHOWN_MS)
        self._timer.timeout.connect(self.hide)
        over.installEventFilter(self)
        self.setVisible(False)

    def say(self, level: Level, text: str) -> None:
        """Show a message and keep it."""
        self._said = [*self._said, Said(self._now(), level, text)][-KEPT:]
        self._icon.show_icon(level.icon, TOKENS.surface)
        self._words.setText(text)
        set_name(self._words, f"{level.spoken}：{self._words.text()}")
        self.setVisible(True)
        self._place()
        self.raise_()
        self._timer.start()

    def said(self) -> tuple[Said, ...]:
        """The last messages, newest last."""
        return tuple(self._said)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Stay at the foot of the window."""
        if event.type() == QEvent.Type.Resize and not self.isHidden():
            self._place()
        return False

    def _place(self) -> None:
        parent = self.parentWidget()
        if parent is None:
            return
        self.adjustSize()
        self.move(
            max(parent.width() - self.width() - _MARGIN, 0),
            max(parent.height() - self.height() - self._lift, 0),
        )
