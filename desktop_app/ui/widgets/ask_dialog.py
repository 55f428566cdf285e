"""The dialog behind every question: the safe answer has the focus and Enter, letters the rest."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from desktop_app.ui.widgets.buttons import KeyButton, Kind
from desktop_app.ui.widgets.messages import Level
from desktop_app.ui.widgets.plain import PlainLabel, set_description
from desktop_app.ui.widgets.text_edit import TextEdit
from desktop_app.ui.widgets.words import shown

OptionRow = tuple[str, str, str, bool]
_SUBMIT = "Ctrl+Enter"
_FEW = 2


class AskDialog(QDialog):
    """Asks once. ``answer()`` is the id of an option, or None for the safe way out.

    An option is (id, words, letter, dangerous). Enter and Esc are always the safe answer; an
    option answers to its letter, or to Space while its button has the focus unless dangerous,
    then to the letter alone.
    """

    def __init__(
        self, title: str, text: str, options: Sequence[OptionRow], safe: str,
        parent: QWidget | None = None, *, reason_label: str = "",
    ) -> None:
        super().__init__(parent)
        self._answer: str | None = None
        self._letters = {letter.upper(): name for name, _, letter, _ in options if letter}
        self.setWindowTitle(shown(title, lines=False))
        set_description(self, shown(text))
        self.setModal(True)
        self._reason = TextEdit("dialog.reason", reason_label, parent=self)
        self._reason.setVisible(bool(reason_label))
        self._safe = KeyButton(safe, "Esc", kind=Kind.PLAIN, parent=self)
        self._safe.activated.connect(self.reject)
        self._lay_out(title, text, options)
        if reason_label:
            self._reason.focus_line()
        else:
            self._safe.setFocus(Qt.FocusReason.OtherFocusReason)

    def _lay_out(self, title: str, text: str, options: Sequence[OptionRow]) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 18)
        column.setSpacing(12)
        heading = PlainLabel(title, role="title", wrap=True, parent=self)
        words = PlainLabel(text, role="body", wrap=True, parent=self)
        words.setMinimumWidth(self.fontMetrics().height() * 19)
        column.addWidget(heading)
        column.addWidget(words)
        column.addWidget(self._reason)
        row = QHBoxLayout()
        row.setSpacing(10)
        row.addStretch(1)
        usual = Kind.PRIMARY if len(options) <= _FEW else Kind.PLAIN  # of many none stands out
        for name, label, letter, dangerous in options:
            button = KeyButton(
                label, letter, kind=Kind.DANGER if dangerous else usual, parent=self
            )
            button.setObjectName(name)
            button.activated.connect(self._on_option)
            if dangerous:  # reached by its letter alone, so that Enter can never confirm
                button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            row.addWidget(button)
        row.addWidget(self._safe)
        column.addSpacing(4)
        column.addLayout(row)

    def answer(self) -> str | None:
        """What was answered."""
        return self._answer

    def reason(self) -> str:
        """The reason as typed."""
        return self._reason.text()

    def safe_button(self) -> KeyButton:
        """The way out."""
        return self._safe

    def _on_option(self) -> None:
        self._give(self.sender().objectName())

    def _give(self, name: str) -> None:
        if not self._reason.isHidden() and not self._reason.text():
            self._reason.set_message(Level.ERROR, f"填写{self._reason.label}")
            self._reason.focus_line()
            return
        self._answer = name
        self.accept()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Letters answer; Enter never does."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            held = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
            if held == Qt.KeyboardModifier.ControlModifier and _SUBMIT.upper() in self._letters:
                self._give(self._letters[_SUBMIT.upper()])
            event.accept()
            return
        letter = event.text().upper()
        if letter and letter in self._letters and not event.isAutoRepeat():
            self._give(self._letters[letter])
            return
        super().keyPressEvent(event)
