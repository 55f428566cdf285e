"""A count or a length of time."""

from __future__ import annotations

import unicodedata

from PySide6.QtWidgets import QWidget

from desktop_app.ui.widgets.field import FieldEditor
from desktop_app.ui.widgets.messages import Check, no_check
from desktop_app.ui.widgets.plain import PlainLabel, set_name


class NumberEdit(FieldEditor):
    """A number with its unit beside it; full-width digits become half-width on leaving."""

    def __init__(
        self, field_id: str, label: str, *, unit: str = "", check: Check = no_check,
        hint: str = "", optional: bool = False, parent: QWidget | None = None,
    ) -> None:
        super().__init__(
            field_id, label, check=check, hint=hint, optional=optional, latin=True, parent=parent
        )
        if unit:
            self.row.addWidget(PlainLabel(unit, role="label", parent=self))
            set_name(self.line, f"{label}（{unit}）")

    def _words(self, display: str) -> str:
        return unicodedata.normalize("NFKC", display).strip()

    def _display(self, words: str) -> str:
        return words
