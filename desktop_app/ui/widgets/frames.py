"""Plain furniture: cards, banners, empty places, and a scroller that follows the focus."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QSize, Qt
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from desktop_app.ui.theme import TOKENS
from desktop_app.ui.widgets.icons import IconMark
from desktop_app.ui.widgets.messages import Level
from desktop_app.ui.widgets.plain import PlainLabel, restyle, set_name
from desktop_app.ui.widgets.tones import tone_of

AROUND_RING = (4, 0, 4, 4)
"""Edges inside a scroller, so that the ring around what it holds is not cut."""


class Card(QFrame):
    """A white sheet with an optional heading line; put content into ``body``."""

    def __init__(self, title: str = "", *, note: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("part", "card")
        column = self._column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 16, 12)
        column.setSpacing(10)
        self.title_label = PlainLabel(title, role="heading", parent=self)
        self.note_label = PlainLabel(note, role="hint", parent=self)
        self.head = QHBoxLayout()
        self.head.setSpacing(10)
        self.head.addWidget(self.title_label)
        self.head.addWidget(self.note_label)
        self.head.addStretch(1)
        self.title_label.setVisible(bool(title))
        self.note_label.setVisible(bool(note))
        self.body = QVBoxLayout()
        self.body.setSpacing(8)
        column.addLayout(self.head)
        column.addLayout(self.body, 1)

    def set_margins(self, left: int, top: int, right: int, bottom: int) -> None:
        """Closer or wider edges than usual; the heading moves with the top."""
        self._column.setContentsMargins(left, top, right, bottom)
        self._column.setSpacing(min(top, 10))

    def set_title(self, title: str, note: str = "") -> None:
        """Change the heading line."""
        self.title_label.setText(title)
        self.title_label.setVisible(bool(title))
        self.note_label.setText(note)
        self.note_label.setVisible(bool(note))


class Banner(QFrame):
    """A message across the page that is no dialog: a device that is away, a mode, a result."""

    def __init__(self, level: Level = Level.HINT, text: str = "", parent: QWidget | None = None):
        super().__init__(parent)
        self.setProperty("part", "banner")
        self._icon = IconMark(parent=self)
        self._words = PlainLabel(role="body", wrap=True, parent=self)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 8, 12, 8)
        row.setSpacing(8)
        row.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(self._words, 1)
        self.row = row
        self.say(level, text)

    def say(self, level: Level, text: str) -> None:
        """Show words; an empty text hides the banner."""
        tone = tone_of(level)
        restyle(self, level=level.value)
        self._icon.show_icon(tone.icon, tone.ink)
        self._words.setText(text)
        set_name(self._words, f"{level.spoken}：{self._words.text()}" if text else "")
        self.setVisible(bool(text))

    def text(self) -> str:
        """The words on show."""
        return self._words.text()


class EmptyState(QWidget):
    """Why there is nothing here, and the one key that changes it."""

    def __init__(self, text: str, icon: str = "paper", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = PlainLabel(text, role="hint", wrap=True, parent=self)
        self._words.setAlignment(Qt.AlignmentFlag.AlignCenter)
        column = QVBoxLayout(self)
        column.setSpacing(10)
        column.addStretch(2)
        column.addWidget(
            IconMark(icon, TOKENS.border, factor=2.4, parent=self), 0,
            Qt.AlignmentFlag.AlignHCenter,
        )
        column.addWidget(self._words)
        column.addStretch(3)

    def set_text(self, text: str) -> None:
        """Change the words."""
        self._words.setText(text)

    def text(self) -> str:
        """The words on show."""
        return self._words.text()


def reveal(widget: QWidget) -> None:
    """Bring a widget into sight in every Scroller around it."""
    parent = widget.parentWidget()
    while parent is not None:
        if isinstance(parent, Scroller):
            parent.reveal(widget)
        parent = parent.parentWidget()


class Scroller(QScrollArea):
    """Scrolls its one widget up and down so that the focused control is always in sight."""

    def __init__(self, content: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setProperty("part", "scroller")
        self.setWidget(content)

    def minimumSizeHint(self) -> QSize:
        """As narrow as its content can get, for it does not scroll sideways."""
        content, bar = self.widget(), self.verticalScrollBar()
        hint = super().minimumSizeHint()
        if content is None:
            return hint
        need = content.minimumSizeHint().width() + bar.sizeHint().width()
        return QSize(max(hint.width(), need), hint.height())

    def reveal(self, widget: QWidget) -> None:
        """Bring a widget inside into sight, with a little air around it."""
        content = self.widget()
        if content is None or not content.isAncestorOf(widget):
            return
        top = widget.mapTo(content, QPoint(0, 0)).y()
        if widget.height() + 40 <= self.viewport().height():
            self.ensureVisible(0, top + widget.height(), 0, 28)
        self.ensureVisible(0, top, 0, 12)
