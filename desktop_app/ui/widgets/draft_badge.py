"""Whether what was typed is safe, said by icon and words."""

from __future__ import annotations

from enum import Enum

from PySide6.QtWidgets import QHBoxLayout, QWidget

from desktop_app.ui.theme import TOKENS
from desktop_app.ui.widgets.icons import IconMark
from desktop_app.ui.widgets.plain import PlainLabel, set_name


class DraftState(Enum):
    """Where the words of the case in hand are."""

    NONE = "none"
    SAVING = "saving"
    SAVED = "saved"
    UNSAVED = "unsaved"
    READ_ONLY = "read_only"


class DraftBadge(QWidget):
    """草稿已保存 10:23:05, and the other states."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.state = DraftState.NONE
        self._in_hand = True
        self._icon = IconMark(parent=self)
        self._words = PlainLabel(role="label", parent=self)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        row.addWidget(self._icon)
        row.addWidget(self._words)
        self.show_state(DraftState.NONE)

    def show_state(self, state: DraftState, at: str = "") -> None:
        """Show a state; ``at`` is the time of day it is from."""
        self.state = state
        icon, colour, words = {
            DraftState.NONE: ("", TOKENS.text2, ""),
            DraftState.SAVING: ("clock", TOKENS.text2, "正在保存草稿"),
            DraftState.SAVED: ("tick", TOKENS.ok, f"草稿已保存 {at}".rstrip()),
            DraftState.UNSAVED: ("alert", TOKENS.warn, "草稿未保存"),
            DraftState.READ_ONLY: ("lock", TOKENS.text2, "只读"),
        }[state]
        self._icon.show_icon(icon, colour)
        self._words.setText(words)
        set_name(self, words)
        self._show()

    def set_in_hand(self, in_hand: bool) -> None:
        """On pages without a case in hand its state would be taken for theirs."""
        self._in_hand = in_hand
        self._show()

    def _show(self) -> None:
        self.setVisible(self._in_hand and self.state is not DraftState.NONE)

    def text(self) -> str:
        """The words on show."""
        return self._words.text()
