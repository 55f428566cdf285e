"""The citizen number (公民身份号码): everything typed stays in sight until it is understood."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from desktop_app.ui.widgets.field import FieldEditor
from desktop_app.ui.widgets.messages import Check, Level, Message, no_check
from desktop_app.ui.widgets.plain import restyle

WHOLE = 18
_DROPPED = {"Zs", "Pd", "Zl", "Zp", "Cc"}


def plain_number(text: str) -> str:
    """The number without blanks and dashes, half-width, X in capitals; other signs stay.

    They stay so that the check can name them: dropping them would make another number.
    """
    folded = unicodedata.normalize("NFKC", text).upper().replace("×", "X").replace("✕", "X")
    return "".join(c for c in folded if unicodedata.category(c) not in _DROPPED)


def grouped(number: str) -> str:
    """Six, eight and four digits apart, when there are eighteen."""
    return f"{number[:6]} {number[6:14]} {number[14:]}" if len(number) == WHOLE else number


def nothing(number: str) -> str:
    """Where nothing can be told from a number."""
    return ""


class IdNumberEdit(FieldEditor):
    """Eighteen digits in tabular figures, shown 6-8-4 once complete.

    ``check`` judges the plain number (domain.citizen_id); ``told`` says in a few words what a good
    number tells (region, sex, birthday) and is shown as the approval.
    """

    def __init__(
        self, field_id: str, label: str, *, check: Check = no_check,
        told: Callable[[str], str] = nothing, hint: str = "18 位，末位可为 X",
        optional: bool = False, parent: QWidget | None = None,
    ) -> None:
        super().__init__(
            field_id, label, check=check, hint=hint, optional=optional, latin=True, parent=parent
        )
        self._told = told
        restyle(self.line, figures="id")

    def _words(self, display: str) -> str:
        return plain_number(display)

    def _display(self, words: str) -> str:
        return grouped(words)

    def _typing(self, text: str) -> None:
        super()._typing(text)
        if len(text) >= WHOLE and self.message() is None:
            self._judge(text)

    def _judge(self, text: str) -> None:
        super()._judge(text)
        if self.message() is None and len(text) == WHOLE:
            self._show(Message(Level.OK, self._told(text) or "校验通过"))
