"""A day as typed text; no calendar, no jumping between parts."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtWidgets import QWidget

from desktop_app.domain.errors import CounterError
from desktop_app.domain.fields import parse_date
from desktop_app.ui.widgets.field import FieldEditor
from desktop_app.ui.widgets.messages import Check, from_error, no_check
from desktop_app.ui.widgets.words import hidden_at


class DateTextEdit(FieldEditor):
    """19900315, 1990-3-15, 1990.3.15 or 1990年3月15日; shown as 1990-03-15 on leaving.

    ``parse`` raises CounterError for what is no day; ``check`` judges further (a range, say).
    """

    def __init__(
        self, field_id: str, label: str, *, parse: Callable[[str, str], date] = parse_date,
        check: Check = no_check, hint: str = "例 19780315", optional: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(field_id, label, check=check, hint=hint, optional=optional, parent=parent)
        self._parse = parse
        self.line.set_longest("0000-00-00")

    def _display(self, words: str) -> str:
        try:
            return self._parse(words, self.label).isoformat() if words else words
        except CounterError:
            return words

    def _words(self, display: str) -> str:
        return self._display(display.strip())

    def _judge(self, text: str) -> None:
        if text and hidden_at(text) is None:
            try:
                self._parse(text, self.label)
            except CounterError as error:
                self._show(from_error(error))
                return
        super()._judge(text)
