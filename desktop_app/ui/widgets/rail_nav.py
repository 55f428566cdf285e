"""The rail on the left: nine places, one tab stop, Alt+1 to Alt+9."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from desktop_app.ui.theme import TOKENS
from desktop_app.ui.widgets.icons import paint_icon
from desktop_app.ui.widgets.plain import restyle, set_description, set_name
from desktop_app.ui.widgets.words import shown


@dataclass(frozen=True)
class RailEntry:
    """One place: id, words, icon name and the key that goes there."""

    id: str
    label: str
    icon: str
    key: str = ""


class RailButton(QPushButton):
    """One place of the rail, with a count of what waits there."""

    def __init__(self, entry: RailEntry, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.entry = entry
        self._count = 0
        self.setProperty("part", "rail")
        self.setObjectName(entry.id)
        self.setAutoDefault(False)
        self.setCheckable(False)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._describe()

    def set_key(self, key: str) -> None:
        """Print another key."""
        self.entry = replace(self.entry, key=key)
        self._describe()
        self.update()

    def set_count(self, count: int) -> None:
        """How many things wait there; 0 shows nothing."""
        self._count = count
        self._describe()
        self.update()

    def _describe(self) -> None:
        waiting = f"，{self._count} 件待办" if self._count else ""
        set_name(self, f"{self.entry.label}{waiting}")
        set_description(self, self.entry.key)

    def _number(self) -> str:
        return self.entry.key.rpartition("+")[2]

    def sizeHint(self) -> QSize:
        """Icon, words and digit in one row."""
        metrics = self.fontMetrics()
        width = metrics.horizontalAdvance(self.entry.label) + metrics.height() * 3 + 30
        return QSize(width, max(metrics.height() + 18, super().sizeHint().height()))

    def minimumSizeHint(self) -> QSize:
        """The same: words are never cut."""
        return self.sizeHint()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Space goes there; Enter and the arrows belong to the rail."""
        if event.key() == Qt.Key.Key_Space:
            super().keyPressEvent(event)
        else:
            event.ignore()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Background by state, then icon, words, digit or count."""
        current = bool(self.property("current"))
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = self.rect().toRectF().adjusted(6, 2, -6, -2)
        if current or self.underMouse():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(TOKENS.primary if current else TOKENS.rail_hover))
            painter.drawRoundedRect(box, 7, 7)
        ink = TOKENS.on_primary if current else TOKENS.rail_text
        side = self.fontMetrics().height() - 2
        top = (self.height() - side) / 2
        paint_icon(painter, self.entry.icon, ink, QRectF(box.left() + 9, top, side, side))
        painter.setPen(QColor(ink))
        words = box.adjusted(side + 20, 0, 0, 0)
        centre = Qt.AlignmentFlag.AlignVCenter
        painter.drawText(words, centre, shown(self.entry.label, lines=False))
        if self._count:
            self._paint_count(painter, box)
        elif self._number():
            painter.drawText(
                box.adjusted(0, 0, -11, 0), centre | Qt.AlignmentFlag.AlignRight, self._number()
            )
        painter.end()

    def _paint_count(self, painter: QPainter, box: QRectF) -> None:
        metrics = self.fontMetrics()
        words = str(self._count)
        high = metrics.height() - 2
        wide = max(high, metrics.horizontalAdvance(words) + 12)
        pill = QRectF(box.right() - wide - 6, box.center().y() - high / 2, wide, high)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(TOKENS.surface))
        painter.drawRoundedRect(pill, high / 2, high / 2)
        painter.setPen(QColor(TOKENS.rail))
        painter.drawText(pill, Qt.AlignmentFlag.AlignCenter, words)


class RailNav(QFrame):
    """The places of the window. ``chosen`` carries the id.

    Tab reaches the current entry only; ↑ and ↓ walk, Enter or Space goes there.
    """

    chosen = Signal(str)

    def __init__(self, entries: Sequence[RailEntry] = (), parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("part", "railnav")
        self._buttons: dict[str, RailButton] = {}
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(4, 10, 4, 10)
        self._column.setSpacing(2)
        self._column.addStretch(1)
        self.set_entries(entries)

    def set_entries(self, entries: Sequence[RailEntry]) -> None:
        """Replace the places, as when another role signs in."""
        for old in self._buttons.values():
            self._column.removeWidget(old)
            old.deleteLater()
        self._buttons = {}
        for entry in entries:
            button = RailButton(entry, self)
            button.clicked.connect(self._on_clicked)
            self._column.insertWidget(len(self._buttons), button)
            self._buttons[entry.id] = button
        if entries:
            self.set_current(entries[0].id)

    def set_current(self, entry_id: str) -> None:
        """Mark the place we are at; an unknown id marks none but keeps the rail reachable."""
        known = entry_id in self._buttons
        for index, (name, button) in enumerate(self._buttons.items()):
            current = name == entry_id
            restyle(button, current=current)
            reachable = current or (not known and index == 0)
            button.setFocusPolicy(
                Qt.FocusPolicy.StrongFocus if reachable else Qt.FocusPolicy.ClickFocus
            )

    def set_count(self, entry_id: str, count: int) -> None:
        """How many things wait at a place. Raises KeyError."""
        self._buttons[entry_id].set_count(count)

    def buttons(self) -> tuple[RailButton, ...]:
        """All places from top to bottom."""
        return tuple(self._buttons.values())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """↑ ↓ walk, Enter goes."""
        order = list(self._buttons.values())
        here = next((i for i, button in enumerate(order) if button.hasFocus()), None)
        step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()))
        if here is not None and step is not None:
            order[min(max(here + step, 0), len(order) - 1)].setFocus(
                Qt.FocusReason.OtherFocusReason
            )
        elif here is not None and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            order[here].click()
        else:
            super().keyPressEvent(event)

    def _on_clicked(self) -> None:
        self.chosen.emit(self.sender().objectName())
