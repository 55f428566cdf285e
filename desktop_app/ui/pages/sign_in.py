"""Signing in (登录): the first thing painted, before the rest of the program is loaded."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from desktop_app.domain.errors import CounterError
from desktop_app.ui.theme import TOKENS
from desktop_app.ui.widgets.buttons import KeyButton, Kind
from desktop_app.ui.widgets.field import FieldEditor
from desktop_app.ui.widgets.frames import Banner, Scroller
from desktop_app.ui.widgets.icons import IconMark
from desktop_app.ui.widgets.messages import Level
from desktop_app.ui.widgets.password_edit import PasswordEdit
from desktop_app.ui.widgets.plain import PlainLabel
from desktop_app.ui.widgets.text_edit import TextEdit

PRODUCT = "落户柜台"
BRAND, FORM, LOWEST = 280, 440, 330


class SignInPage(QWidget):
    """Account and password; in training an account alone."""

    asked = Signal(object, object)

    def __init__(self, *, training: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("part", "signin")
        self._training = training
        self.login = TextEdit("login", "账号")
        self.password = PasswordEdit("password", "口令")
        self.station = PlainLabel(role="hint", wrap=True)
        self.banner = Banner()
        self.button = KeyButton("登录", "Enter", kind=Kind.PRIMARY)
        self.note = PlainLabel(role="small", wrap=True)
        self._lay_out()
        self.set_note("")
        self.login.accepted.connect(self._on_login)
        self.password.accepted.connect(self._ask)
        self.password.back.connect(self.login.focus_line)
        self.button.activated.connect(self._ask)

    def _lay_out(self) -> None:
        inner = QVBoxLayout()
        inner.setSpacing(8)
        inner.addWidget(PlainLabel("登录", role="title"))
        inner.addWidget(self.station)
        inner.addSpacing(10)
        inner.addWidget(self.banner)
        for editor in self._editors():
            inner.addWidget(PlainLabel(editor.label, role="label"))
            inner.addWidget(editor)
            inner.addSpacing(4)
        inner.addSpacing(8)
        inner.addWidget(self.button)
        inner.addSpacing(4)
        inner.addWidget(self.note)
        form = QFrame(self)
        form.setProperty("part", "doorform")
        form.setFixedWidth(FORM)
        middle = QVBoxLayout(form)
        middle.setContentsMargins(40, 26, 40, 26)
        middle.addStretch(1)
        middle.addLayout(inner)
        middle.addStretch(1)
        both = QHBoxLayout()
        both.setSpacing(0)
        both.addStretch(1)
        both.addWidget(self._brand())
        both.addWidget(form)
        both.addStretch(1)
        ground = QWidget()
        column = QVBoxLayout(ground)
        column.setContentsMargins(20, 12, 20, 12)
        column.addStretch(2)
        column.addLayout(both)
        column.addStretch(3)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(Scroller(ground))  # large words on a small screen need more than there is

    def _brand(self) -> QFrame:
        """The dark side of the sheet: what this program is."""
        side = QFrame(self)
        side.setProperty("part", "doorside")
        side.setFixedWidth(BRAND)
        side.setMinimumHeight(LOWEST)
        column = QVBoxLayout(side)
        column.setContentsMargins(34, 34, 30, 30)
        column.setSpacing(10)
        column.addWidget(IconMark("house", TOKENS.on_primary, factor=2.6))
        column.addSpacing(4)
        column.addWidget(PlainLabel(PRODUCT, role="brand"))
        for words in ("知情自愿，依规落户", "全程离线，每步留痕"):
            column.addWidget(PlainLabel(words, role="brandnote"))
        column.addStretch(1)
        if self._training:
            column.addWidget(PlainLabel("演练 · 不作数", role="training"), 0,
                             Qt.AlignmentFlag.AlignLeft)
        return side

    def _editors(self) -> tuple[FieldEditor, ...]:
        return (self.login,) if self._training else (self.login, self.password)

    # ---- what it is told

    def show_station(self, words: str) -> None:
        """Which station and window this is."""
        self.station.setText(words)

    def suggest(self, login: str) -> None:
        """Write an account in advance, when nobody typed one yet."""
        if self.login.is_empty() and login:
            self.login.set_text(login)
            if not self._training and self.login.line.hasFocus():
                self.password.focus_line()

    def set_note(self, words: str) -> None:
        """Small words under the button: what is being got ready, or who may sign in."""
        self.note.setText(words)
        self.note.setVisible(bool(words))

    def set_busy(self, on: bool) -> None:
        """While the password is being checked."""
        self.button.block(("正在核对口令",) if on else ())
        self.button.set_words("正在登录…" if on else "登录")
        if on:
            self.banner.say(Level.HINT, "")

    def refuse(self, error: CounterError) -> None:
        """Say why nobody was let in; the account stays, the password goes."""
        self.set_busy(False)
        self.banner.say(Level.WARN, str(error))
        self.password.take()
        (self.login if self._training else self.password).focus_line()

    def clear(self) -> None:
        """As at the start, for the next person."""
        self.set_busy(False)
        self.password.take()
        self.banner.say(Level.HINT, "")
        self.first_focus()

    def first_focus(self) -> None:
        """The account while it is empty, else the password."""
        filled = self.login.text() and not self._training
        (self.password if filled else self.login).focus_line()

    # ---- inside

    def _on_login(self) -> None:
        if self._training:
            self._ask()
        else:
            self.password.focus_line()

    def _ask(self) -> None:
        if self.button.reasons():
            return
        if self.login.is_empty():
            self.banner.say(Level.WARN, "填写账号")
            self.login.focus_line()
            return
        if not self._training and self.password.is_empty():
            self.banner.say(Level.WARN, "填写口令")
            self.password.focus_line()
            return
        self.asked.emit(self.login.text(), "" if self._training else self.password.line.text())
