"""When the data cannot be used (故障): what is safe, what to do, whom to call."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from desktop_app.domain.errors import CounterError
from desktop_app.ui.theme import TOKENS
from desktop_app.ui.widgets.buttons import KeyButton, Kind
from desktop_app.ui.widgets.icons import IconMark
from desktop_app.ui.widgets.plain import PlainLabel
from desktop_app.ui.window import Threshold

_SAFE = "已受理、已登记的件都在数据文件夹里，本程序没有改动它。"
_CALL = "不能自行处理的，找本所信息员，说明上面这句话。"


class FaultPage(Threshold):
    """One fault in plain words and one key to try again."""

    def __init__(
        self, error: CounterError, again: Callable[[], None], close: Callable[[], None],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setProperty("part", "signin")
        self.message = PlainLabel(error.message, role="title", wrap=True)
        self.remedy = PlainLabel(error.remedy, wrap=True)
        self.again = KeyButton("再试一次", "F5", kind=Kind.PRIMARY)
        self.close_button = KeyButton("退出程序", "Esc")
        self.again.activated.connect(again)
        self.close_button.activated.connect(close)
        sheet = QFrame(self)
        sheet.setProperty("part", "card")
        sheet.setFixedWidth(620)
        inner = QVBoxLayout(sheet)
        inner.setContentsMargins(36, 30, 36, 28)
        inner.setSpacing(12)
        head = QHBoxLayout()
        head.setSpacing(14)
        head.addWidget(
            IconMark("alert", TOKENS.warn, factor=2.2), 0, Qt.AlignmentFlag.AlignTop
        )
        head.addWidget(self.message, 1)
        inner.addLayout(head)
        for label in (
            self.remedy, PlainLabel(_SAFE, role="small", wrap=True),
            PlainLabel(_CALL, role="small", wrap=True),
        ):
            label.setContentsMargins(50, 0, 0, 0)
            inner.addWidget(label)
        row = QHBoxLayout()
        row.setContentsMargins(50, 8, 0, 0)
        row.addWidget(self.again)
        row.addWidget(self.close_button)
        row.addStretch(1)
        inner.addLayout(row)
        outer = QVBoxLayout(self)
        outer.addStretch(2)
        outer.addWidget(sheet, 0, Qt.AlignmentFlag.AlignHCenter)
        outer.addStretch(3)

    def first_focus(self) -> None:
        """To the way on."""
        self.again.setFocus()

    def refuse(self, error: CounterError) -> None:
        """Another fault in its place."""
        self.message.setText(error.message)
        self.remedy.setText(error.remedy)

    def keyPressEvent(self, event: object) -> None:
        """F5 tries again, Esc leaves."""
        key = getattr(event, "key", lambda: None)()
        if key == Qt.Key.Key_F5:
            self.again.click()
        elif key == Qt.Key.Key_Escape:
            self.close_button.click()
