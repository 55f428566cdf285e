"""Training (演练): a purple frame and a mark over every page, so that nobody mistakes it."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from desktop_app.ui.theme import TOKENS
from desktop_app.ui.widgets.cover import Cover
from desktop_app.ui.widgets.plain import set_name

EDGE = 5
WORDS = "演练"
_FAINT = 16


class TrainingFrame(Cover):
    """Lets mouse and keyboard through."""

    def __init__(self, over: QWidget) -> None:
        super().__init__(over)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        set_name(self, "演练，不作数")

    def paintEvent(self, event: QPaintEvent) -> None:
        """Frame and watermark."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(TOKENS.train), EDGE * 2))
        painter.drawRect(self.rect())
        ink = QColor(TOKENS.train)
        ink.setAlpha(_FAINT)
        painter.setPen(ink)
        font = QFont(self.font())
        font.setPixelSize(max(self.height() // 4, 60))
        font.setWeight(QFont.Weight.Medium)
        painter.setFont(font)
        painter.translate(self.rect().center())
        painter.rotate(-18)
        wide = self.width()
        painter.drawText(
            QRectF(-wide / 2, -self.height() / 2, wide, self.height()),
            Qt.AlignmentFlag.AlignCenter, WORDS,
        )
        painter.end()
