"""What all field editors share: raw words in, raw words out, a message line beneath."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QApplication, QHBoxLayout, QVBoxLayout, QWidget

from desktop_app.ui.widgets.entry_line import EntryLine
from desktop_app.ui.widgets.message_line import MessageLine
from desktop_app.ui.widgets.messages import Check, Committed, Level, Message, no_check
from desktop_app.ui.widgets.plain import restyle, set_description, set_name
from desktop_app.ui.widgets.words import hidden_at, shown


class FieldEditor(QWidget):
    """One field: a line, what stands beside it and its message.

    ``changed`` carries Committed on every edit, ``committed`` once per new text when the clerk
    leaves the field, presses Enter or an action settles it. ``accepted`` and ``back`` ask the
    grid for the next and the previous field. ``check`` judges raw words and returns a Message or
    None; an error never holds words back from ``committed``, it is shown and Enter stops once.
    """

    changed = Signal(object)
    committed = Signal(object)
    accepted = Signal()
    back = Signal()
    entered = Signal()
    message_changed = Signal(object)

    def __init__(
        self, field_id: str, label: str, *, check: Check = no_check, hint: str = "",
        optional: bool = False, latin: bool = False, line: EntryLine | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.field_id, self.label, self.optional = field_id, label, optional
        self.check, self.hint = check, hint
        self._message: Message | None = None
        self._last = ""
        self._stopped_at: str | None = None
        self.line = line or EntryLine(latin=latin)
        self.message_line = MessageLine(self)
        self.row = QHBoxLayout()
        self.row.setContentsMargins(0, 0, 0, 0)
        self.row.setSpacing(6)
        self.row.addWidget(self.line, 1)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(3)
        self._column.addLayout(self.row)
        self._column.addWidget(self.message_line)
        self._dress()

    def _dress(self) -> None:
        self.setFocusProxy(self.line)
        self.line.set_hint(self.hint)
        set_name(self.line, self.label)
        self.line.setObjectName(self.field_id)
        self.line.textChanged.connect(self._on_text_changed)
        self.line.accepted.connect(self._on_accepted)
        self.line.back.connect(self._on_back)
        self.line.left.connect(self.settle)
        self.line.entered.connect(self.entered)
        self._describe()

    def give_message_line(self) -> MessageLine:
        """Let a form place the message where there is more room than beneath the line."""
        self._column.removeWidget(self.message_line)
        return self.message_line

    # ---- the protocol of a field

    def text(self) -> str:
        """The raw words, as the service should parse them."""
        return self._words(self.line.text())

    def set_text(self, text: str) -> None:
        """Show words that are already known; emits nothing.

        Typing that was not committed yet is left alone while the field has the focus.
        """
        if self.line.hasFocus() and self.line.isModified() and self.text() != self._last:
            return
        self.line.blockSignals(True)
        if self._display(text) != self.line.text():
            self.line.setText(self._display(text))
        self.line.blockSignals(False)
        self.line.setCursorPosition(0 if not self.line.hasFocus() else len(self.line.text()))
        self._last = self.text()

    def reset(self) -> None:
        """Empty and silent, as for another case; typing in hand goes too."""
        self.line.blockSignals(True)
        self.line.setText("")  # not clear(): that could be undone into another person's words
        self.line.blockSignals(False)
        self._last, self._stopped_at = self.text(), None
        self._show(None)

    def is_empty(self) -> bool:
        """Whether nothing is written."""
        return not self.line.text().strip()

    def set_message(self, level: Level, text: str) -> None:
        """Say something beneath the field; an empty text takes it away."""
        self._show(Message(level, text) if text else None)

    def clear_message(self) -> None:
        """Take the message away."""
        self._show(None)

    def message(self) -> Message | None:
        """What is said beneath the field now."""
        return self._message

    def settle(self) -> None:
        """Finish the edit in hand: tidy the display, judge it, commit it when it is new."""
        self.line.finish_composing()
        text = self.text()
        tidy = self._display(text)
        if tidy != self.line.text():
            self.line.replace_all(tidy)
        if text == self._last:
            if text and self._message is None:
                self._judge(text)
            return
        self._last = text
        self._judge(text)
        self.committed.emit(Committed(self.field_id, text))

    def set_read_only(self, on: bool) -> None:
        """Show the words without letting them change; the field stays reachable and copyable."""
        self.line.setReadOnly(on)
        restyle(self.line, locked=on)

    # ---- what a kind of field may change

    def _words(self, display: str) -> str:
        """Raw words behind what the line shows."""
        return display.strip()

    def _display(self, words: str) -> str:
        """How settled words are shown."""
        return words

    def _judge(self, text: str) -> None:
        hidden = hidden_at(text)
        if hidden is not None:
            where, name = hidden
            self._show(Message(
                Level.ERROR, f"{self.label}第 {where} 个字符看不见：⟨{name}⟩。删去后重新录入"
            ))
            return
        self._show(self.check(text))

    def _typing(self, text: str) -> None:
        """Called on every edit; an old verdict no longer fits the new words."""
        hidden = hidden_at(text)
        if hidden is not None:
            self._judge(text)
        elif self._message is not None:
            self._show(None)

    # ---- inside

    def _on_text_changed(self, _: str) -> None:
        text = self.text()
        self._stopped_at = None
        self._typing(text)
        self.changed.emit(Committed(self.field_id, text))

    def _on_accepted(self) -> None:
        self.settle()
        wrong = self._message is not None and self._message.level is Level.ERROR
        if wrong and self._stopped_at != self.line.text():
            self._stopped_at = self.line.text()
            QApplication.beep()
            self.line.selectAll()
            return
        self.accepted.emit()

    def _on_back(self) -> None:
        self.settle()
        self.back.emit()

    def _show(self, message: Message | None) -> None:
        if message == self._message:
            return
        self._message = message
        self.message_line.show_message(message)
        restyle(self.line, level=message.level.value if message else "")
        self._describe()
        self.message_changed.emit(message)

    def _describe(self) -> None:
        words = [f"{self.label}（选填）" if self.optional else "", self.hint]
        if self._message is not None:
            words.append(f"{self._message.level.spoken}：{self._message.text}")
        set_description(self.line, shown("。".join(word for word in words if word)))

    def focus_line(self) -> None:
        """Give the line the focus with its words selected, as Tab does."""
        self.line.setFocus(Qt.FocusReason.TabFocusReason)
