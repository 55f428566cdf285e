"""A block of a form: number, title, how far it is, and its fields."""

from __future__ import annotations

from enum import Enum

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from desktop_app.ui.theme import TOKENS
from desktop_app.ui.widgets.frames import Card
from desktop_app.ui.widgets.icons import IconMark
from desktop_app.ui.widgets.plain import PlainLabel


class Progress(Enum):
    """How far a block is."""

    OPEN = "open"
    DONE = "done"
    WRONG = "wrong"

    @property
    def words(self) -> str:
        """What stands beside the title."""
        return {"open": "", "done": "已填齐", "wrong": "有需修改的项"}[self.value]


class Section(Card):
    """A card with a numbered heading; ``body`` takes the grid of fields."""

    def __init__(self, title: str, *, number: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._number = PlainLabel(number, role="badge", parent=self)
        self._number.setVisible(bool(number))
        self._title = PlainLabel(title, role="heading", parent=self)
        self._icon = IconMark(factor=1.1, parent=self)
        self._state = PlainLabel(role="small", parent=self)
        self.head.insertWidget(0, self._number, 0, Qt.AlignmentFlag.AlignVCenter)
        self.head.insertWidget(1, self._title)
        self.head.addWidget(self._icon)
        self.head.addWidget(self._state)
        for part in (self._title, self._icon, self._state):
            part.setVisible(bool(title))
        self.set_progress(Progress.OPEN)

    def set_progress(self, progress: Progress) -> None:
        """Show how far the block is, by icon and words."""
        name, colour = {
            Progress.OPEN: ("", TOKENS.hint),
            Progress.DONE: ("tick", TOKENS.ok),
            Progress.WRONG: ("cross", TOKENS.err),
        }[progress]
        self._icon.show_icon(name, colour)
        self._icon.setVisible(bool(name))
        self._state.setText(progress.words)
