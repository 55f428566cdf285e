"""The numbered list under a pick field: lies over the form, never takes the focus."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from desktop_app.ui.theme import TOKENS
from desktop_app.ui.widgets.choices import SHOWN, Choice, number_of
from desktop_app.ui.widgets.plain import set_name
from desktop_app.ui.widgets.words import shown

_EDGE = 6
_RADIUS = 8


class CandidateList(QWidget):
    """Up to nine numbered choices at a time and how many more there are."""

    picked = Signal(object)

    def __init__(self, anchor: QWidget) -> None:
        super().__init__(anchor.window())
        self._anchor = anchor
        self._choices: list[Choice] = []
        self._current = 0
        self._first = 0
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        set_name(self, "候选项")
        self.setVisible(False)

    # ---- what it offers

    def offer(self, choices: Sequence[Choice], current: int = 0) -> None:
        """Show these choices beneath the field; none hides the list."""
        self._choices = list(choices)
        self._current = min(max(current, 0), max(len(self._choices) - 1, 0))
        self._first = (self._current // SHOWN) * SHOWN
        if not self._choices or not self._anchor.isVisible():
            self.setVisible(False)
            return
        self._place()
        self._follow()
        self.setVisible(True)
        self.raise_()
        self.update()

    def current(self) -> Choice | None:
        """The highlighted choice while the list is open."""
        return self._choices[self._current] if self.isVisible() and self._choices else None

    def on_page(self) -> list[Choice]:
        """The numbered choices in sight."""
        return self._choices[self._first:self._first + SHOWN]

    def move_by(self, step: int) -> Choice | None:
        """Highlight another choice; stops at the ends."""
        if self._choices:
            self.offer(self._choices, min(max(self._current + step, 0), len(self._choices) - 1))
        return self.current()

    # ---- geometry

    def _row(self) -> int:
        return self.fontMetrics().height() + 10

    def _more(self) -> str:
        left = len(self._choices) - self._first - len(self.on_page())
        return f"另有 {left} 项，继续录入可缩小范围" if left else ""

    def sizeHint(self) -> QSize:
        """As wide as the widest line, at least as wide as the field."""
        metrics = self.fontMetrics()
        widest = max(
            (metrics.horizontalAdvance(f"9  {c.label}  {c.note}") for c in self.on_page()),
            default=0,
        )
        widest = max(widest, metrics.horizontalAdvance(self._more()))
        lines = len(self.on_page()) + bool(self._more())
        return QSize(
            max(widest + 56, self._anchor.width()), lines * self._row() + 2 * _EDGE
        )

    def _place(self) -> None:
        window = self._anchor.window()
        if self.parent() is not window:
            self.setParent(window)
        size = self.sizeHint()
        top = self._anchor.mapTo(window, QPoint(0, 0))
        below = top.y() + self._anchor.height() + 6
        if below + size.height() > window.height() and top.y() - size.height() - 6 > 0:
            below = top.y() - size.height() - 6
        left = max(0, min(top.x(), window.width() - size.width()))
        self.setGeometry(QRect(QPoint(left, below), size))

    def _follow(self) -> None:
        """Whatever the field lies in may scroll or be laid out anew."""
        place: QWidget | None = self._anchor
        while place is not None and place is not self._anchor.window():
            place.installEventFilter(self)  # a second time changes nothing
            place = place.parentWidget()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Stay beneath the field."""
        if event.type() in (QEvent.Type.Move, QEvent.Type.Resize) and self.isVisible():
            self._place()
        return False

    def _row_rect(self, index: int) -> QRect:
        return QRect(
            _EDGE, _EDGE + index * self._row(), self.width() - 2 * _EDGE, self._row()
        )

    # ---- Qt

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the sheet, the numbers and the words."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(TOKENS.border), 1))
        painter.setBrush(QColor(TOKENS.surface))
        painter.drawRoundedRect(
            self.rect().toRectF().adjusted(0.5, 0.5, -0.5, -0.5), _RADIUS, _RADIUS
        )
        for index, choice in enumerate(self.on_page()):
            self._paint_row(painter, index, choice)
        if self._more():
            painter.setPen(QColor(TOKENS.hint))
            painter.drawText(
                self._row_rect(len(self.on_page())).adjusted(12, 0, -8, 0),
                Qt.AlignmentFlag.AlignVCenter, self._more(),
            )
        painter.end()

    def _paint_row(self, painter: QPainter, index: int, choice: Choice) -> None:
        rect = self._row_rect(index)
        chosen = self._first + index == self._current
        if chosen:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(TOKENS.primary))
            painter.drawRoundedRect(rect, 5, 5)
        ink = QColor(TOKENS.on_primary if chosen else TOKENS.text)
        soft = QColor(TOKENS.on_primary if chosen else TOKENS.hint)
        metrics = self.fontMetrics()
        number = metrics.horizontalAdvance("9") + 22
        painter.setPen(soft)
        painter.drawText(
            rect.adjusted(12, 0, 0, 0), Qt.AlignmentFlag.AlignVCenter,
            number_of(choice, index),
        )
        painter.setPen(ink)
        words = shown(choice.label, lines=False)
        painter.drawText(rect.adjusted(number, 0, 0, 0), Qt.AlignmentFlag.AlignVCenter, words)
        painter.setPen(soft)
        painter.drawText(
            rect.adjusted(number + metrics.horizontalAdvance(words) + 14, 0, 0, 0),
            Qt.AlignmentFlag.AlignVCenter, shown(choice.note, lines=False),
        )

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click picks its row."""
        for index, choice in enumerate(self.on_page()):
            if self._row_rect(index).contains(event.position().toPoint()):
                self.picked.emit(choice)
                return
