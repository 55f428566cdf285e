"""Words on the screen as words only: no markup, no hidden characters (R47, R52)."""

from __future__ import annotations

import re

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QLabel, QWidget

from desktop_app.ui.widgets.words import shown


def set_name(widget: QWidget, name: str) -> None:
    """What a screen reader calls the widget, hidden characters written out."""
    widget.setAccessibleName(shown(name))


def set_description(widget: QWidget, words: str) -> None:
    """What a screen reader adds to the name, hidden characters written out."""
    widget.setAccessibleDescription(shown(words))


def set_tip(widget: QWidget, text: str) -> None:
    """A tooltip that shows the text itself; Qt would otherwise guess at markup."""
    import html  # 10 ms that the sign-in page, which has no tooltip, does not pay

    widget.setToolTip(f"<p>{html.escape(shown(text))}</p>" if text else "")


def restyle(widget: QWidget, **properties: str | bool) -> None:
    """Set style properties and let the style sheet look again, when one changed."""
    changed = False
    for name, value in properties.items():
        if widget.property(name) != value:
            widget.setProperty(name, value)
            changed = True
    if changed:
        widget.style().unpolish(widget)
        widget.style().polish(widget)
        widget.update()


_JOINER = "\N{WORD JOINER}"
_CLAUSE = re.compile(r"(?<=[一二三四五六七八九十])\((?=[一二三四五六七八九十]+\))")
_JOINED = f"{_JOINER}("
"""The number of a clause, 二(三), is not broken over two lines."""


class PlainLabel(QLabel):
    """The only label of the program. ``role`` picks its look in the style sheet.

    Roles: body (default), label, small, hint, title, heading, verdict, number, strong.
    """

    def __init__(
        self, text: str = "", *, role: str = "body", wrap: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setProperty("role", role)
        self.setWordWrap(wrap)
        self.setText(text)

    def setText(self, text: str) -> None:
        """Show the text, hidden characters written out."""
        super().setText(_CLAUSE.sub(_JOINED, shown(text)) if self.wordWrap() else shown(text))

    def text(self) -> str:
        """The words as they were given, hidden characters written out."""
        return super().text().replace(_JOINER, "")

    def set_role(self, role: str) -> None:
        """Change the look."""
        restyle(self, role=role)

    def minimumSizeHint(self) -> QSize:
        """A wrapping label may get as narrow as eight characters."""
        hint = super().minimumSizeHint()
        if self.wordWrap():
            return QSize(min(hint.width(), self.fontMetrics().height() * 8), hint.height())
        return hint
