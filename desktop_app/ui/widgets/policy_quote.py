"""A clause as the station imported it, or the plain word that it is not imported."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from desktop_app.ui.theme import TOKENS
from desktop_app.ui.widgets.icons import IconMark
from desktop_app.ui.widgets.plain import PlainLabel


@dataclass(frozen=True)
class ClauseView:
    """Document, clause, edition, our own words about it, and the imported text if there is one."""

    document: str
    clause: str
    edition: str = ""
    gist: str = ""
    text: str = ""


class PolicyQuote(QFrame):
    """Shows one clause: where it stands, what it means, and its words."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._title = PlainLabel(role="heading", wrap=True, parent=self)
        self._edition = PlainLabel(role="hint", wrap=True, parent=self)
        self._gist = PlainLabel(wrap=True, parent=self)
        self._quote = QFrame(self)
        self._quote.setProperty("part", "quote")
        self._text = PlainLabel(wrap=True, parent=self._quote)
        inner = QVBoxLayout(self._quote)
        inner.setContentsMargins(14, 10, 12, 10)
        inner.addWidget(self._text)
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(IconMark("book", TOKENS.primary, parent=self))
        head.addWidget(self._title, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addLayout(head)
        column.addWidget(self._edition)
        column.addWidget(self._gist)
        column.addWidget(self._quote)

    def show_clause(self, view: ClauseView) -> None:
        """Show a clause."""
        self._title.setText(f"{view.document} {view.clause}".strip())
        self._edition.setText(view.edition)
        self._edition.setVisible(bool(view.edition))
        self._gist.setText(view.gist)
        self._gist.setVisible(bool(view.gist))
        self._text.setText(view.text or "本机未导入此文件原文。由信息员导入后显示")
        self._text.set_role("body" if view.text else "hint")

    def text(self) -> str:
        """The words of the clause, or that it is not imported."""
        return self._text.text()
