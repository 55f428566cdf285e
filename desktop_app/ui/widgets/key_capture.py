"""Waits for one key, whichever it is, and says why one cannot be had."""

from __future__ import annotations

from PySide6.QtCore import QKeyCombination, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from desktop_app.ui.widgets.cover import Cover
from desktop_app.ui.widgets.frames import Banner
from desktop_app.ui.widgets.messages import Level
from desktop_app.ui.widgets.plain import PlainLabel, set_name

_WIDTH, _EDGE = 440, 32
_HELD = frozenset({
    Qt.Key.Key_Control, Qt.Key.Key_Shift, Qt.Key.Key_Alt, Qt.Key.Key_AltGr, Qt.Key.Key_Meta,
    Qt.Key.Key_CapsLock, Qt.Key.Key_NumLock, Qt.Key.Key_ScrollLock, Qt.Key.Key_unknown,
})


class KeyCapture(Cover):
    """Covers a page until a key was pressed; no key acts meanwhile.

    ``pressed`` carries the key in Qt's portable spelling; then ``refuse`` or ``close_capture``.
    Esc goes away without a key.
    """

    pressed = Signal(str)

    def __init__(self, over: QWidget) -> None:
        super().__init__(over, keeps_keys=True)
        self.setProperty("part", "veil")
        self.setProperty("ringless", True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._before: QWidget | None = None
        self._title = PlainLabel(role="title", wrap=True)
        self._now = PlainLabel(role="label")
        self._why = Banner()
        self._why.setFixedWidth(_WIDTH - 2 * _EDGE)
        box = QFrame(self)
        box.setProperty("part", "card")
        box.setFixedWidth(_WIDTH)
        inner = QVBoxLayout(box)
        inner.setContentsMargins(_EDGE, 26, _EDGE, 24)
        inner.setSpacing(10)
        inner.addWidget(self._title)
        inner.addWidget(self._now)
        inner.addWidget(PlainLabel("按下新的按键", role="strong"))
        inner.addWidget(self._why)
        inner.addWidget(PlainLabel("Esc 不改", role="hint"))
        outer = QVBoxLayout(self)
        outer.addStretch(2)
        outer.addWidget(box, 0, Qt.AlignmentFlag.AlignHCenter)
        outer.addStretch(3)

    def ask(self, label: str, now: str) -> None:
        """Wait for the new key of an act that has another one now."""
        self._before = self.window().focusWidget()
        self._title.setText(f"给“{label}”换按键")
        self._now.setText(f"现在是 {now}")
        self._why.say(Level.HINT, "")
        set_name(self, f"给“{label}”换按键，现在是 {now}，按下新的按键")
        self.cover()
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def refuse(self, why: str) -> None:
        """Say why that key cannot be had, and wait for another."""
        self._why.say(Level.ERROR, why)
        self._why.setFixedHeight(self._why.heightForWidth(self._why.width()))

    def why(self) -> str:
        """The words of the last refusal."""
        return self._why.text()

    def close_capture(self) -> None:
        """Go away and give the keyboard back."""
        self.uncover()
        if self._before is not None:
            self._before.setFocus(Qt.FocusReason.OtherFocusReason)
        self._before = None

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Any key but Esc is the answer; held keys alone are none."""
        event.accept()
        key, held = Qt.Key(event.key()), event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if event.isAutoRepeat() or key in _HELD:
            return
        if key is Qt.Key.Key_Escape and held == Qt.KeyboardModifier.NoModifier:
            self.close_capture()
            return
        sequence = QKeySequence(QKeyCombination(held, key))
        self.pressed.emit(sequence.toString(QKeySequence.SequenceFormat.PortableText))

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Tab is a key like any other here."""
        return False

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Going elsewhere by mouse leaves everything as it was."""
        super().focusOutEvent(event)
        if event.reason() == Qt.FocusReason.MouseFocusReason:
            self.uncover()
