"""Choosing from a list by typing: one line and a numbered list that never takes the focus."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from desktop_app.ui.widgets.candidates import CandidateList
from desktop_app.ui.widgets.choices import SHOWN, Choice, by_key, matching, meant
from desktop_app.ui.widgets.field import FieldEditor
from desktop_app.ui.widgets.messages import Check, Level, Message, no_check

_STEPS = {
    Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1,
    Qt.Key.Key_PageDown: SHOWN, Qt.Key.Key_PageUp: -SHOWN,
}


class PickEdit(FieldEditor):
    """A choice by digit, pinyin initials, full pinyin, hanzi or arrows.

    ``text()`` is the key of the choice, or the raw words while they mean no single one.
    ``set_text`` takes a key or a label. ``picked`` carries the Choice, once per new choice.
    """

    picked = Signal(object)

    def __init__(
        self, field_id: str, label: str, choices: Sequence[Choice] = (), *,
        check: Check = no_check, hint: str = "", optional: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        self._choices = tuple(choices)
        self._list: CandidateList | None = None
        self._walked = False
        super().__init__(
            field_id, label, check=check, hint=hint or self._short_hint(), optional=optional,
            parent=parent,
        )
        self.line.installEventFilter(self)
        self.line.entered.connect(self._on_entered)
        self.line.textEdited.connect(self._on_edited)

    def _short_hint(self) -> str:
        if 2 <= len(self._choices) <= 3:
            return "  ".join(f"{i} {c.label}" for i, c in enumerate(self._choices, start=1))
        return "序号或首字母"

    def set_choices(self, choices: Sequence[Choice]) -> None:
        """Offer other choices, as when another answer narrows them."""
        key = self.text()
        self._choices = tuple(choices)
        self.set_text(key)

    def choice(self) -> Choice | None:
        """The choice on show, None while the words mean no single one."""
        words = self.line.text().strip()
        named = next((c for c in self._choices if c.label == words), None)
        return named or meant(self._choices, words)

    def candidates(self) -> CandidateList:
        """The list; made when first needed, because it lives in the window."""
        if self._list is None:
            self._list = CandidateList(self.line)
            self._list.picked.connect(self._on_picked)
            self.destroyed.connect(self._list.deleteLater)
        return self._list

    def is_open(self) -> bool:
        """Whether the list is in sight."""
        return self._list is not None and self._list.isVisible()

    # ---- FieldEditor

    def reset(self) -> None:
        """Empty and silent, the list closed."""
        super().reset()
        self._close()

    def _words(self, display: str) -> str:
        words = display.strip()
        named = next((c for c in self._choices if c.label == words), None)
        choice = named or meant(self._choices, words)
        return choice.key if choice else words

    def _display(self, words: str) -> str:
        choice = by_key(self._choices, words) if words else None
        return choice.label if choice else words

    def settle(self) -> None:
        """Take the choice the words mean; several or none stay as typed, with a word about it."""
        before = self._last
        super().settle()
        self._close()
        choice = self.choice()
        if choice is not None and choice.key != before and choice.key == self._last:
            self.picked.emit(choice)

    def _judge(self, text: str) -> None:
        super()._judge(text)
        if self.message() is not None or not text or by_key(self._choices, text):
            return
        found = matching(self._choices, text)
        if found:
            self._show(Message(
                Level.ERROR, f"{self.label}有 {len(found)} 项相符。再录几个字母，或按 ↓ 选"
            ))
        else:
            self._show(Message(Level.ERROR, f"{self.label}里没有“{text}”。清空后按 ↓ 看全部"))

    # ---- the list

    def _on_entered(self) -> None:
        if self.is_empty() and 0 < len(self._choices) <= SHOWN and not self.line.isReadOnly():
            self.candidates().offer(self._choices)

    def _on_edited(self, _: str) -> None:
        self._walked = False
        if self.line.composing or self.line.isReadOnly():
            return
        self.candidates().offer(matching(self._choices, self.line.text()))

    def _on_picked(self, choice: Choice) -> None:
        self.line.replace_all(choice.label)
        self.settle()

    def _close(self) -> None:
        if self._list is not None:
            self._list.setVisible(False)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Arrows walk the list, Enter takes what is highlighted, Esc closes the list only."""
        if watched is self.line and isinstance(event, QKeyEvent) and not self.line.composing:
            if event.type() == QEvent.Type.ShortcutOverride:
                if event.key() == Qt.Key.Key_Escape and self.is_open():
                    event.accept()
                    return True
            elif event.type() == QEvent.Type.KeyPress:
                return self._on_key(event)
        return super().eventFilter(watched, event)

    def _on_key(self, event: QKeyEvent) -> bool:
        if self.line.isReadOnly():
            return False
        key = Qt.Key(event.key())
        if key in _STEPS and event.modifiers() in (
            Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier
        ):
            self._walk(_STEPS[key])
            return True
        if not self.is_open():
            return False
        if key == Qt.Key.Key_Escape:
            self._close()
            return True
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self._walked:
            chosen = self.candidates().current()
            if chosen is not None:
                self.line.replace_all(chosen.label)
        return False

    def _walk(self, step: int) -> None:
        if self.is_open():
            self.candidates().move_by(step)
        else:
            self.candidates().offer(matching(self._choices, self._typed()), self._place())
        self._walked = True

    def _typed(self) -> str:
        return "" if self.choice() is not None else self.line.text()

    def _place(self) -> int:
        choice = self.choice()
        return self._choices.index(choice) if choice in self._choices else 0
