"""The password once more, before something weighty."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from desktop_app.ui.widgets.buttons import KeyButton, Kind
from desktop_app.ui.widgets.messages import Level
from desktop_app.ui.widgets.password_edit import PasswordEdit
from desktop_app.ui.widgets.plain import PlainLabel


class ReAuthDialog(QDialog):
    """Asks for the password of the person signed in.

    Checking takes long on purpose, so it is somebody else's job: ``submitted`` carries the
    password, then ``refuse`` says why not or ``accept`` closes the dialog.
    """

    submitted = Signal(str)

    def __init__(self, who: str, purpose: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setModal(True)
        self.setWindowTitle("再次验证口令")
        self._field = PasswordEdit("reauth.password", "口令", hint="口令", parent=self)
        self._field.accepted.connect(self._submit)
        self._ok = KeyButton("验证", "Enter", kind=Kind.PRIMARY, parent=self)
        self._ok.activated.connect(self._submit)
        self._back = KeyButton("返回", "Esc", parent=self)
        self._back.activated.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 18)
        column.setSpacing(12)
        column.addWidget(PlainLabel("再次验证口令", role="title", parent=self))
        words = PlainLabel(f"{purpose}\n操作人：{who}", wrap=True, parent=self)
        words.setMinimumWidth(self.fontMetrics().height() * 15)
        column.addWidget(words)
        column.addWidget(self._field)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(self._ok)
        row.addWidget(self._back)
        column.addLayout(row)
        self._field.focus_line()

    def field(self) -> PasswordEdit:
        """The password field."""
        return self._field

    def refuse(self, text: str) -> None:
        """Say why the password was not taken, and wait for another."""
        self._ok.block(())
        self._field.line.setReadOnly(False)
        self._field.set_message(Level.ERROR, text)
        self._field.focus_line()

    def _submit(self) -> None:
        if self._ok.reasons():
            return
        if self._field.is_empty():
            self._field.set_message(Level.ERROR, "填写口令")
            return
        self._ok.block(("正在验证",))
        self._field.line.setReadOnly(True)
        self._field.set_message(Level.HINT, "正在验证")
        self.submitted.emit(self._field.take())
