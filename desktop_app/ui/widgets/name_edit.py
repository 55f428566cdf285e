"""A person's name: any character of any length, kept as entered."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from desktop_app.ui.widgets.field import FieldEditor
from desktop_app.ui.widgets.messages import Check, Level, Message, no_check

_DOTS = str.maketrans("•‧・．", "····")


def no_rare(name: str) -> str:
    """Where every character is ordinary."""
    return ""


class NameEdit(FieldEditor):
    """A name. Look-alike dots become ``·`` U+00B7 on leaving; nothing else is changed.

    ``rare`` returns the characters of a name that need the fallback face, so that the clerk hears
    of them here and not at the printer.
    """

    def __init__(
        self, field_id: str, label: str, *, check: Check = no_check, hint: str = "",
        optional: bool = False, rare: Callable[[str], str] = no_rare,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(field_id, label, check=check, hint=hint, optional=optional, parent=parent)
        self._rare = rare

    def _display(self, words: str) -> str:
        return words.translate(_DOTS)

    def _words(self, display: str) -> str:
        return display.strip().translate(_DOTS)

    def _judge(self, text: str) -> None:
        super()._judge(text)
        rare = self._rare(text) if self.message() is None else ""
        if rare:
            self._show(Message(Level.WARN, f"“{rare}”用补充字库显示和打印，对照证件核对字形"))
