"""A telephone number, grouped so that it can be read aloud back to the applicant."""

from __future__ import annotations

import unicodedata

from PySide6.QtWidgets import QWidget

from desktop_app.ui.widgets.field import FieldEditor
from desktop_app.ui.widgets.messages import Check, Level, Message, no_check
from desktop_app.ui.widgets.words import grouped_phone

_APART = {"Zs", "Pd", "Zl", "Zp", "Cc"}


def plain_phone(text: str) -> str:
    """The number half-width, without blanks and dashes; other signs stay for the check."""
    folded = unicodedata.normalize("NFKC", text)
    return "".join(char for char in folded if unicodedata.category(char) not in _APART)


class PhoneEdit(FieldEditor):
    """A number shown 3-4-4 when it is a mobile one, with the reminder to read it aloud."""

    def __init__(
        self, field_id: str, label: str, *, check: Check = no_check, hint: str = "手机或座机",
        optional: bool = False, parent: QWidget | None = None,
    ) -> None:
        super().__init__(
            field_id, label, check=check, hint=hint, optional=optional, latin=True, parent=parent
        )
        self.line.set_longest("000 0000 0000")

    def _words(self, display: str) -> str:
        return plain_phone(display)

    def _display(self, words: str) -> str:
        return grouped_phone(words)

    def _judge(self, text: str) -> None:
        super()._judge(text)
        if text and self.message() is None:
            self._show(Message(Level.HINT, "读给申请人听一遍"))
