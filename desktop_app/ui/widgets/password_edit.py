"""A password: pasting is allowed, showing it is a deliberate key."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QWidget

from desktop_app.ui.widgets.field import FieldEditor


class PasswordEdit(FieldEditor):
    """Hidden words. ``committed`` is never emitted: a password leaves by ``take`` only."""

    def __init__(
        self, field_id: str, label: str, *, hint: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(field_id, label, hint=hint, latin=True, parent=parent)
        self.line.setEchoMode(QLineEdit.EchoMode.Password)
        self.line.setInputMethodHints(
            self.line.inputMethodHints() | Qt.InputMethodHint.ImhSensitiveData
        )

    def settle(self) -> None:
        """Nothing leaves the field on its own."""

    def take(self) -> str:
        """The password; the field is empty afterwards."""
        text = self.line.text()
        self.line.setText("")
        return text

    def _words(self, display: str) -> str:
        return display
