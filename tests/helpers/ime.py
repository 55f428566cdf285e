"""An input method as Qt sees it: words that are still open, then words that are taken."""

from __future__ import annotations

from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication, QWidget


def compose(widget: QWidget, letters: str) -> None:
    """Open words in the widget, as typed pinyin is before a choice."""
    QApplication.sendEvent(widget, QInputMethodEvent(letters, []))


def commit(widget: QWidget, text: str) -> None:
    """Take words into the widget, as when a candidate is chosen."""
    event = QInputMethodEvent("", [])
    event.setCommitString(text)
    QApplication.sendEvent(widget, event)


def enter_chinese(widget: QWidget, text: str, letters: str = "pinyin") -> None:
    """Compose and commit, the way every Chinese word gets into a field."""
    compose(widget, letters)
    commit(widget, text)
