"""The line beneath a field: icon and words, gone when there is nothing to say."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QWidget

from desktop_app.ui.widgets.icons import IconMark
from desktop_app.ui.widgets.messages import Message
from desktop_app.ui.widgets.plain import PlainLabel, restyle, set_name
from desktop_app.ui.widgets.tones import tone_of


class MessageLine(QWidget):
    """Shows one Message with its icon; takes no room when empty."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._icon = IconMark(factor=1.05, parent=self)
        self._words = PlainLabel(role="message", wrap=True, parent=self)
        row = QHBoxLayout(self)
        row.setContentsMargins(1, 0, 0, 4)
        row.setSpacing(5)
        row.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self._words, 1, Qt.AlignmentFlag.AlignTop)
        self.setVisible(False)

    def text(self) -> str:
        """The words on show."""
        return self._words.text()

    def show_message(self, message: Message | None) -> None:
        """Show a message, or nothing."""
        if message is None:
            self._words.setText("")
            self.setVisible(False)
            return
        tone = tone_of(message.level)
        self._icon.show_icon(tone.icon, tone.ink)
        self._words.setText(message.text)
        set_name(self._words, f"{message.level.spoken}：{self._words.text()}")
        restyle(self._words, level=message.level.value)
        self.setVisible(True)
