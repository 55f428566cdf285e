"""The locked counter: nothing behind it can be read, nothing but the password gets through."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from desktop_app.ui.theme import TOKENS
from desktop_app.ui.widgets.buttons import KeyButton, Kind
from desktop_app.ui.widgets.cover import Cover
from desktop_app.ui.widgets.icons import IconMark
from desktop_app.ui.widgets.messages import Level
from desktop_app.ui.widgets.password_edit import PasswordEdit
from desktop_app.ui.widgets.plain import PlainLabel

_WIDTH, _EDGE = 320, 36
_OPEN_DOOR = ("演练账号没有口令，按 Enter 解锁", "正式数据锁屏后须录口令")


class LockCover(Cover):
    """已锁定 · who · since, and the password box.

    ``lock`` hides and disables ``behind``; ``unlock_asked`` carries the password, then
    ``refuse`` or ``unlock``. ``leave_asked`` lets another person sign in; the draft is kept.
    Without ``asks``, as in training where accounts have no password, there is no box that
    would only look as if it checked something: the cover says so, and Enter opens.
    """

    unlock_asked = Signal(str)
    leave_asked = Signal()

    def __init__(self, over: QWidget, behind: QWidget, *, asks: bool = True) -> None:
        super().__init__(over, keeps_keys=True)
        self.setProperty("part", "cover")
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self._behind, self._asks = behind, asks
        self._focus: QWidget | None = None
        self._title = PlainLabel("已锁定", role="title", parent=self)
        self._who = PlainLabel(role="label", parent=self)
        self._field = PasswordEdit("lock.password", "口令", hint="口令", parent=self)
        self._field.accepted.connect(self._submit)
        self._open = KeyButton("解锁", "Enter", kind=Kind.PRIMARY, parent=self)
        self.setFocusProxy(self._field if asks else self._open)
        self._open.activated.connect(self._submit)
        self._leave = KeyButton("换人登录", kind=Kind.QUIET, parent=self)
        self._leave.activated.connect(self.leave_asked)
        self._lay_out()

    def _lay_out(self) -> None:
        box = QFrame(self)
        box.setProperty("part", "coverbox")
        inner = QVBoxLayout(box)
        inner.setContentsMargins(_EDGE, 28, _EDGE, 26)
        inner.setSpacing(12)
        centre = Qt.AlignmentFlag.AlignHCenter
        inner.addWidget(IconMark("lock", TOKENS.primary, factor=2.4, parent=box), 0, centre)
        inner.addWidget(self._title, 0, centre)
        inner.addWidget(self._who, 0, centre)
        self._field.setMinimumWidth(_WIDTH)
        self._field.setVisible(self._asks)
        inner.addWidget(self._field)
        if not self._asks:
            for words in _OPEN_DOOR:
                inner.addWidget(PlainLabel(words, role="hint", parent=box), 0, centre)
            box.setMinimumWidth(_WIDTH + 2 * _EDGE)
        row = QHBoxLayout()
        row.addWidget(self._leave)
        row.addStretch(1)
        row.addWidget(self._open)
        inner.addLayout(row)
        inner.addWidget(PlainLabel("草稿已保存", role="hint", parent=box), 0, centre)
        outer = QVBoxLayout(self)
        outer.addStretch(2)
        middle = QHBoxLayout()  # an alignment would ask for the height at the window's width
        middle.addStretch(1)
        middle.addWidget(box)
        middle.addStretch(1)
        outer.addLayout(middle)
        outer.addStretch(3)

    def is_locked(self) -> bool:
        """Whether the counter is locked."""
        return not self.isHidden()

    def lock(self, who: str, since: str) -> None:
        """Cover everything; a second call while locked changes nothing."""
        if self.is_locked():
            return
        self._focus = self.window().focusWidget()
        self._who.setText(f"{who} · {since}")
        self._field.clear_message()
        self._field.line.clear()
        self._ready()
        self._behind.setEnabled(False)
        self._behind.setVisible(False)
        self.cover()
        self._to_start()

    def unlock(self) -> None:
        """Uncover and put the keyboard back where it was."""
        self.uncover()
        self._behind.setVisible(True)
        self._behind.setEnabled(True)
        if self._focus is not None:
            self._focus.setFocus(Qt.FocusReason.OtherFocusReason)
        self._focus = None

    def refuse(self, text: str) -> None:
        """Say why the password was not taken."""
        self._ready()
        self._field.set_message(Level.ERROR, text)
        self._field.focus_line()

    def field(self) -> PasswordEdit:
        """The password field."""
        return self._field

    def _to_start(self) -> None:
        if self._asks:
            self._field.focus_line()
        else:
            self._open.setFocus(Qt.FocusReason.OtherFocusReason)

    def _ready(self) -> None:
        self._open.block(())
        self._field.line.setReadOnly(False)

    def _submit(self) -> None:
        if self._open.reasons():
            return
        if self._asks and self._field.is_empty():
            self._field.set_message(Level.ERROR, "填写口令")
            return
        self._open.block(("正在验证",))
        self._field.line.setReadOnly(True)
        self.unlock_asked.emit(self._field.take())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """No key gets through."""
        event.accept()
