"""A tick with words that wrap; Space ticks, Enter never does."""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontInfo,
    QFontMetrics,
    QKeyEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QCheckBox, QSizePolicy, QWidget

from desktop_app.ui.theme import TOKENS
from desktop_app.ui.widgets.plain import set_description, set_name
from desktop_app.ui.widgets.words import shown

_PAD = 8
_TARGET, _LARGE_TARGET, _LARGE_TEXT = 32, 44, 18
"""Pixels of a target, in standard and in large text, and from which text size on it is large."""
_FLAGS = Qt.AlignmentFlag.AlignLeft | Qt.TextFlag.TextWordWrap


class TickBox(QCheckBox):
    """A check box as high as a field, its words beside it and a note beneath."""

    def __init__(self, text: str, note: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words, self._note = shown(text, lines=False), shown(note, lines=False)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self._describe()

    def words(self) -> str:
        """What stands beside the tick."""
        return self._words

    def note(self) -> str:
        """What stands beneath."""
        return self._note

    def set_words(self, text: str, note: str = "") -> None:
        """Change the words."""
        self._words, self._note = shown(text, lines=False), shown(note, lines=False)
        self._describe()
        self.updateGeometry()
        self.update()

    def _describe(self) -> None:
        set_name(self, self._words)
        set_description(self, self._note)

    # ---- geometry

    def _box(self) -> int:
        return self.fontMetrics().ascent()

    def _target(self) -> int:
        large = QFontInfo(self.font()).pixelSize() >= _LARGE_TEXT
        return _LARGE_TARGET if large else _TARGET

    def _small(self) -> QFont:
        font = QFont(self.font())
        font.setPixelSize(QFontInfo(font).pixelSize() - 2)
        return font

    def _indent(self) -> int:
        return self._box() + 2 * _PAD + 2

    def _heights(self, width: int) -> tuple[int, int]:
        room = QRect(0, 0, max(width - self._indent() - _PAD, 40), 10_000)
        metrics = self.fontMetrics()
        words = metrics.boundingRect(room, int(_FLAGS), self._words).height()
        small = QFontMetrics(self._small())
        note = small.boundingRect(room, int(_FLAGS), self._note).height() if self._note else 0
        return words, note

    def hasHeightForWidth(self) -> bool:
        """Words wrap."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Room for all lines, at least a target."""
        return max(sum(self._heights(width)) + 8, self.fontMetrics().height() + 10, self._target())

    def sizeHint(self) -> QSize:
        """On one line when there is room."""
        metrics = self.fontMetrics()
        widest = max(metrics.horizontalAdvance(self._words), metrics.horizontalAdvance(self._note))
        width = widest + self._indent() + _PAD + 4
        return QSize(width, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        """As narrow as ten characters."""
        width = self._indent() + self.fontMetrics().height() * 7
        height = max(self.fontMetrics().height() + 10, self._target())
        return QSize(min(width, self.sizeHint().width()), height)

    # ---- Qt

    def hitButton(self, pos: object) -> bool:
        """The whole row is the target."""
        return True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter does not tick; it and the arrows belong to who holds the box."""
        if event.key() in (
            Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Up, Qt.Key.Key_Down
        ):
            event.ignore()
            return
        super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Box, tick, words, note."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        side = self._box()
        words, note = self._heights(self.width())
        top = max((self.height() - words - note) // 2, 2)
        line = self.fontMetrics().height()
        self._paint_box(painter, QRectF(_PAD, top + (line - side) / 2, side, side))
        painter.setPen(QColor(TOKENS.text if self.isEnabled() else TOKENS.disabled))
        room = self.width() - self._indent() - _PAD
        painter.drawText(QRect(self._indent(), top, room, words), int(_FLAGS), self._words)
        if self._note:
            painter.setPen(QColor(TOKENS.hint if self.isEnabled() else TOKENS.disabled))
            painter.setFont(self._small())
            painter.drawText(
                QRect(self._indent(), top + words, room, note), int(_FLAGS), self._note
            )
        painter.end()

    def _paint_box(self, painter: QPainter, box: QRectF) -> None:
        on, able = self.isChecked(), self.isEnabled()
        edge = QColor((TOKENS.primary if on else TOKENS.border) if able else TOKENS.disabled)
        fill = QColor((TOKENS.primary if able else TOKENS.disabled) if on else TOKENS.surface)
        painter.setPen(QPen(edge, 1.5))
        painter.setBrush(fill)
        painter.drawRoundedRect(box.adjusted(0.75, 0.75, -0.75, -0.75), 4, 4)
        if on:
            path = QPainterPath()
            unit = box.width()
            path.moveTo(box.left() + 0.25 * unit, box.top() + 0.52 * unit)
            path.lineTo(box.left() + 0.43 * unit, box.top() + 0.69 * unit)
            path.lineTo(box.left() + 0.75 * unit, box.top() + 0.33 * unit)
            pen = QPen(QColor(TOKENS.on_primary), unit * 0.12)
            pen.setCapStyle(Qt.PenCapStyle.RoundCap)
            pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
            painter.setPen(pen)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawPath(path)
