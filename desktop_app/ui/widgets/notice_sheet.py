"""The one-time notice (一次性告知单) as it will be printed: everything missing, in one go."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from desktop_app.ui.widgets.plain import PlainLabel


@dataclass(frozen=True)
class NoticeItem:
    """One thing to bring or settle: words, how to get it, what it follows from (依据：…)."""

    text: str
    remedy: str = ""
    citation: str = ""


@dataclass(frozen=True)
class NoticeView:
    """The whole notice."""

    title: str
    station: str
    applicant: str
    procedure: str
    items: tuple[NoticeItem, ...]
    date: str = ""
    closing: str = ""


class NoticeSheet(QFrame):
    """A white sheet with the numbered list."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("part", "sheet")
        self._title = PlainLabel(role="title", parent=self)
        self._title.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._who = PlainLabel(role="body", wrap=True, parent=self)
        self._items = QVBoxLayout()
        self._items.setSpacing(8)
        self._closing = PlainLabel(role="small", wrap=True, parent=self)
        self._foot = PlainLabel(role="body", parent=self)
        self._foot.setAlignment(Qt.AlignmentFlag.AlignRight)
        column = QVBoxLayout(self)
        column.setContentsMargins(36, 26, 36, 24)
        column.setSpacing(12)
        column.addWidget(self._title)
        column.addWidget(self._who)
        column.addLayout(self._items)
        column.addWidget(self._closing)
        column.addStretch(1)
        column.addWidget(self._foot)

    def show_notice(self, view: NoticeView) -> None:
        """Show a notice."""
        self._title.setText(view.title)
        who = [f"申请人：{view.applicant}", f"办理事项：{view.procedure}"]
        self._who.setText("    ".join(who) if view.applicant else who[1])
        while (item := self._items.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()  # else Qt may still show it, as a window
                old.setParent(None)
                old.deleteLater()
        for line in self._lines(view.items):
            self._items.addWidget(line)
        self._closing.setText(view.closing)
        self._closing.setVisible(bool(view.closing))
        self._foot.setText(f"{view.station}    {view.date}".strip())

    def item_texts(self) -> tuple[str, ...]:
        """The words of each item, as shown."""
        return tuple(
            label.text() for label in self.findChildren(PlainLabel)
            if label.property("part") == "item"
        )

    def _lines(self, items: Sequence[NoticeItem]) -> list[QWidget]:
        return [self._line(number, item) for number, item in enumerate(items, start=1)]

    def _line(self, number: int, item: NoticeItem) -> QWidget:
        line = QWidget(self)
        row = QHBoxLayout(line)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(10)
        place = PlainLabel(f"{number}.", role="strong", parent=line)
        row.addWidget(place, 0, Qt.AlignmentFlag.AlignTop)
        words = QVBoxLayout()
        words.setSpacing(1)
        text = PlainLabel(item.text, wrap=True, parent=line)
        text.setProperty("part", "item")
        words.addWidget(text)
        if item.remedy:
            words.addWidget(PlainLabel(item.remedy, role="small", wrap=True, parent=line))
        if item.citation:
            words.addWidget(PlainLabel(item.citation, role="hint", wrap=True, parent=line))
        row.addLayout(words, 1)
        return line
