"""The citizen number (公民身份号码): everything typed stays in sight until the field is left."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from desktop_app.domain import citizen_id
from desktop_app.ui.widgets.field import FieldEditor
from desktop_app.ui.widgets.messages import Check, Level, Message, check_by
from desktop_app.ui.widgets.plain import restyle
from desktop_app.ui.widgets.words import shown

WHOLE = 18
_APART = {"Zs", "Pd", "Zl", "Zp", "Cc"}


def foreign(text: str) -> str:
    """Signs in typed words that belong to no number: not digits, X, blanks or dashes."""
    folded = unicodedata.normalize("NFKC", text).upper()
    return "".join(
        c for c in folded if c not in "0123456789X×" and unicodedata.category(c) not in _APART
    )


def grouped(number: str) -> str:
    """Six, eight and four digits apart, when there are eighteen."""
    return f"{number[:6]} {number[6:14]} {number[14:]}" if len(number) == WHOLE else number


def nothing(number: str) -> str:
    """Where nothing can be told from a number."""
    return ""


class IdNumberEdit(FieldEditor):
    """Eighteen digits in tabular figures, shown 6-8-4 once complete.

    ``check`` judges the plain number; without one the rules of domain.citizen_id do. ``told``
    says in a few words what a good number tells (region, sex, birthday) and is shown as the
    approval. Signs that belong to no number are left out on leaving, and named.
    """

    def __init__(
        self, field_id: str, label: str, *, check: Check | None = None,
        told: Callable[[str], str] = nothing, hint: str = "18 位，末位可为 X",
        optional: bool = False, parent: QWidget | None = None,
    ) -> None:
        by_rules = check_by(lambda text: citizen_id.parse(text, label=label, field=field_id))
        super().__init__(
            field_id, label, check=check or by_rules, hint=hint, optional=optional, latin=True,
            parent=parent,
        )
        self._told = told
        restyle(self.line, figures="id")
        self.line.set_longest(grouped("0" * WHOLE))

    def _words(self, display: str) -> str:
        return citizen_id.normalise(display) or display.strip()

    def _display(self, words: str) -> str:
        return grouped(words)

    def settle(self) -> None:
        """Finish the edit; what was left out is named, so that it is looked at once more."""
        left_out = foreign(self.line.text())
        super().settle()
        message = self.message()
        if left_out and (message is None or message.level is not Level.ERROR):
            self._show(Message(
                Level.WARN, f"已去掉“{shown(left_out, lines=False)}”，对照证件核对{self.label}"
            ))

    def _typing(self, text: str) -> None:
        super()._typing(text)
        if len(text) >= WHOLE and self.message() is None:
            self._judge(text)

    def _judge(self, text: str) -> None:
        super()._judge(text)
        if self.message() is None and len(text) == WHOLE:
            self._show(Message(Level.OK, self._told(text) or "校验通过"))
