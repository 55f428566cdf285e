"""The line every text editor is built on: undisturbed by input methods, Enter never submits."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QGuiApplication, QInputMethodEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QLineEdit, QWidget

_AROUND = 26
_ENTERS = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class EntryLine(QLineEdit):
    """A line of raw words.

    ``accepted`` comes with Enter, ``back`` with Shift+Enter, ``left`` when the focus goes. While
    an input method composes, no key but its own has any effect (T21). No validator, no mask, no
    length limit: they drop what was typed without a word.
    """

    accepted = Signal()
    back = Signal()
    left = Signal()
    entered = Signal()

    def __init__(self, *, latin: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._composing = ""
        self._hint = ""
        self._longest = ""
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
        if latin:
            self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)
            self.setInputMethodHints(
                Qt.InputMethodHint.ImhLatinOnly | Qt.InputMethodHint.ImhNoPredictiveText
            )

    def set_hint(self, text: str) -> None:
        """Words shown while the line is empty; left out where they would be cut."""
        self._hint = text
        self._fit_hint()

    def set_longest(self, sample: str) -> None:
        """Words that must always fit, such as a whole number."""
        self._longest = sample
        self.updateGeometry()

    def _fit_hint(self) -> None:
        room = self.width() - _AROUND
        fits = self.fontMetrics().horizontalAdvance(self._hint) <= room
        self.setPlaceholderText(self._hint if fits else "")

    def minimumSizeHint(self) -> QSize:
        """Room for the longest words, if it was told."""
        hint = super().minimumSizeHint()
        need = self.fontMetrics().horizontalAdvance(self._longest) + _AROUND
        return QSize(max(hint.width(), need), hint.height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """See whether the hint still fits."""
        super().resizeEvent(event)
        if self._hint:
            self._fit_hint()

    @property
    def composing(self) -> bool:
        """Whether an input method has words open that are not yet in the line."""
        return bool(self._composing)

    def finish_composing(self) -> None:
        """Take the open words of the input method into the line."""
        if self._composing:
            QGuiApplication.inputMethod().commit()

    def replace_all(self, text: str) -> None:
        """Change the words so that Ctrl+Z brings back what was typed."""
        if text != self.text():
            self.selectAll()
            self.insert(text)

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        """Remember whether the input method is composing."""
        self._composing = event.preeditString()
        super().inputMethodEvent(event)

    def event(self, event: QEvent) -> bool:
        """Keep shortcuts and Tab away while composing."""
        if self._composing:
            if event.type() == QEvent.Type.ShortcutOverride:
                event.accept()
                return True
            if event.type() == QEvent.Type.KeyPress:
                event.accept()
                return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter accepts, Shift+Enter goes back; neither ever reaches a dialog."""
        if event.key() not in _ENTERS:
            super().keyPressEvent(event)
            return
        held = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if held == Qt.KeyboardModifier.ShiftModifier:
            self.back.emit()
        elif held == Qt.KeyboardModifier.NoModifier:
            self.accepted.emit()
        else:
            event.ignore()
            return
        event.accept()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Say that the line has the focus."""
        super().focusInEvent(event)
        self.entered.emit()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Say that the line lost the focus, except to a menu."""
        super().focusOutEvent(event)
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            self._composing = ""
            self.left.emit()
