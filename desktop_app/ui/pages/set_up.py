"""First set-up (首次设置): the station's profile and the supervisor's password."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from desktop_app.domain.errors import CounterError
from desktop_app.ui.dialogs import Ask, FileKind
from desktop_app.ui.theme import TOKENS
from desktop_app.ui.widgets.buttons import KeyButton, Kind
from desktop_app.ui.widgets.frames import Banner, Scroller
from desktop_app.ui.widgets.icons import IconMark
from desktop_app.ui.widgets.messages import Level
from desktop_app.ui.widgets.name_edit import NameEdit
from desktop_app.ui.widgets.password_edit import PasswordEdit
from desktop_app.ui.widgets.plain import PlainLabel
from desktop_app.ui.widgets.text_edit import TextEdit
from desktop_app.ui.window import Create, Threshold

_PROFILE = (FileKind("工位配置", ("toml",)),)
_INTRO = "这台机器还没有数据。选工位配置文件，给所领导设口令，就能开始用。"


class SetUpPage(Threshold):
    """Three fields and one button; nothing is created before all of them fit."""

    def __init__(self, create: Create, ask: Ask, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._create, self._ask = create, ask
        self.setProperty("part", "signin")
        self.banner = Banner()
        self.profile = TextEdit("profile", "工位配置文件", hint="例 E:/profile.toml")
        self.name = NameEdit("name", "所领导姓名", hint="账号为 supervisor")
        self.password = PasswordEdit("password", "口令", hint="不少于 8 位")
        self.again = PasswordEdit("again", "再录一遍口令")
        self.choose = KeyButton("选文件", "F4")
        self.button = KeyButton("建立数据", "F9", kind=Kind.PRIMARY)
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        sheet = QFrame()
        sheet.setProperty("part", "card")
        sheet.setFixedWidth(560)
        inner = QVBoxLayout(sheet)
        inner.setContentsMargins(36, 28, 36, 26)
        inner.setSpacing(6)
        head = QHBoxLayout()
        head.setSpacing(12)
        head.addWidget(IconMark("house", TOKENS.primary, factor=2.0))
        head.addWidget(PlainLabel("首次设置", role="verdict"))
        head.addStretch(1)
        inner.addLayout(head)
        inner.addWidget(PlainLabel(_INTRO, role="hint", wrap=True))
        inner.addWidget(self.banner)
        for editor in (self.profile, self.name, self.password, self.again):
            inner.addWidget(PlainLabel(editor.label, role="label"))
            if editor is self.profile:
                beside = QHBoxLayout()
                beside.addWidget(editor, 1)
                beside.addWidget(self.choose, 0, Qt.AlignmentFlag.AlignTop)
                inner.addLayout(beside)
            else:
                inner.addWidget(editor)
            inner.addSpacing(4)
        inner.addSpacing(8)
        inner.addWidget(self.button)
        holder = QWidget()
        column = QVBoxLayout(holder)
        column.addStretch(1)
        row = QHBoxLayout()  # an alignment would ask for the height at the window's width
        row.addStretch(1)
        row.addWidget(sheet)
        row.addStretch(1)
        column.addLayout(row)
        column.addStretch(1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(Scroller(holder))

    def _connect(self) -> None:
        self.choose.activated.connect(self._choose)
        self.button.activated.connect(self._start)
        order = (self.profile, self.name, self.password, self.again)
        for editor, after in pairwise(order):
            editor.accepted.connect(after.focus_line)
            after.back.connect(editor.focus_line)
        self.again.accepted.connect(self.button.setFocus)

    def first_focus(self) -> None:
        """To the profile."""
        self.profile.focus_line()

    def refuse(self, error: CounterError) -> None:
        """Say why nothing was created; what was typed stays."""
        self.button.block(())
        self.banner.say(Level.WARN, str(error))

    def keyPressEvent(self, event: object) -> None:
        """F4 chooses the file, F9 creates."""
        key = getattr(event, "key", lambda: None)()
        if key == Qt.Key.Key_F4:
            self.choose.click()
        elif key == Qt.Key.Key_F9:
            self.button.click()

    def _choose(self) -> None:
        path = self._ask.open_file("选工位配置文件", _PROFILE)
        if path is not None:
            self.profile.set_text(str(path))
            self.name.focus_line()

    def _start(self) -> None:
        first = next(
            (e for e in (self.profile, self.name, self.password, self.again)
             if not e.line.text().strip()), None,
        )
        if first is not None:
            self.banner.say(Level.WARN, f"填写{first.label}")
            first.focus_line()
            return
        if self.password.line.text() != self.again.line.text():
            self.banner.say(Level.WARN, "两遍口令不同。再录一遍")
            self.again.focus_line()
            return
        self.banner.say(Level.HINT, "正在建立数据…")
        self.button.block(("正在建立数据",))
        self._create(
            Path(self.profile.text()).expanduser(), self.name.text(), self.password.line.text()
        )
