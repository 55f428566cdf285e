"""Buttons with their key printed on them; a blocked button stays reachable and says why."""

from __future__ import annotations

from collections.abc import Sequence
from enum import Enum

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFocusEvent, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QPushButton, QStyle, QStyleOptionButton, QWidget

from desktop_app.ui.theme import TOKENS
from desktop_app.ui.widgets.plain import restyle, set_description, set_name
from desktop_app.ui.widgets.words import shown

_GAP, _SIDES, _LINK_SIDES = 9, 30, 4


class Kind(Enum):
    """What a button is for; decides its look."""

    PRIMARY = "primary"
    PLAIN = "plain"
    DANGER = "danger"
    QUIET = "quiet"
    LINK = "link"


class KeyButton(QPushButton):
    """A button that shows its key as a key cap before the words.

    ``activated`` comes only while the button is not blocked; ``refused`` carries the reasons
    otherwise. Enter presses it like Space, unless it is ``firm``: then ``key_wanted`` comes, so
    that whoever leans on Enter takes nothing. It is never a default button.
    """

    activated = Signal()
    refused = Signal(object)
    key_wanted = Signal()
    focused = Signal()
    left = Signal()

    def __init__(
        self, text: str, key: str = "", *, kind: Kind = Kind.PLAIN, firm: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._firm = firm
        self._words, self._key, self._kind = shown(text, lines=False), key, kind
        self._reasons: tuple[str, ...] = ()
        self.setAutoDefault(False)
        self.setDefault(False)
        self.setProperty("kind", kind.value)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.clicked.connect(self._on_clicked)
        self._describe()

    # ---- what it says

    def words(self) -> str:
        """The words on it, without the key."""
        return self._words

    def key(self) -> str:
        """The key printed on it."""
        return self._key

    def set_key(self, key: str) -> None:
        """Print another key."""
        self._key = key
        self._describe()
        self.updateGeometry()
        self.update()

    def set_words(self, text: str) -> None:
        """Change the words."""
        self._words = shown(text, lines=False)
        self._describe()
        self.updateGeometry()
        self.update()

    def block(self, reasons: Sequence[str]) -> None:
        """Refuse with these reasons; none lets it work again."""
        self._reasons = tuple(shown(reason, lines=False) for reason in reasons)
        restyle(self, blocked=bool(self._reasons))
        self._describe()
        self.update()

    def reasons(self) -> tuple[str, ...]:
        """Why it does not work now; empty when it does."""
        return self._reasons

    def _describe(self) -> None:
        set_name(self, f"{self._words}，{self._key}" if self._key else self._words)
        set_description(self,
            "暂不可用：" + "；".join(self._reasons) if self._reasons else ""
        )

    def _on_clicked(self) -> None:
        if self._reasons:
            self.refused.emit(self._reasons)
        else:
            self.activated.emit()

    # ---- Qt

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter presses the focused button, if it is not firm; a held key does nothing more."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if self._firm and not self._reasons:
                self.key_wanted.emit()
            elif not event.isAutoRepeat():
                self.click()
            event.accept()
            return
        super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Say so, that the reasons can be shown."""
        super().focusInEvent(event)
        self.focused.emit()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Say so, that the reasons can go."""
        super().focusOutEvent(event)
        self.left.emit()

    def sizeHint(self) -> QSize:
        """Room for key cap and words."""
        metrics = self.fontMetrics()
        sides = _LINK_SIDES if self._kind is Kind.LINK else _SIDES
        width = metrics.horizontalAdvance(self._words) + sides
        if self._key:
            width += self._cap_width() + _GAP
        return QSize(width, max(super().sizeHint().height(), metrics.height() + 10))

    def minimumSizeHint(self) -> QSize:
        """The same: words are never cut."""
        return self.sizeHint()

    def _cap_width(self) -> int:
        return self.fontMetrics().horizontalAdvance(self._key) + 12

    def paintEvent(self, event: QPaintEvent) -> None:
        """The style's button, then key cap and words."""
        option = QStyleOptionButton()
        self.initStyleOption(option)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self.style().drawControl(QStyle.ControlElement.CE_PushButtonBevel, option, painter, self)
        ink = QColor(self._ink())
        metrics = self.fontMetrics()
        words = metrics.horizontalAdvance(self._words)
        whole = words + (self._cap_width() + _GAP if self._key else 0)
        left = (self.width() - whole) // 2
        if self._key:
            high = metrics.height() - 1
            cap = QRect(left, (self.height() - high) // 2, self._cap_width(), high)
            self._paint_cap(painter, cap, ink)
            left += self._cap_width() + _GAP
        painter.setPen(ink)
        painter.drawText(
            QRect(left, 0, words + 2, self.height()), Qt.AlignmentFlag.AlignVCenter, self._words
        )
        painter.end()

    def _paint_cap(self, painter: QPainter, cap: QRect, ink: QColor) -> None:
        edge = QColor(ink)
        edge.setAlpha(150)
        painter.setPen(QPen(edge, 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(cap.toRectF().adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)
        painter.setPen(ink)
        painter.drawText(cap, Qt.AlignmentFlag.AlignCenter, self._key)

    def _ink(self) -> str:
        if self._reasons or not self.isEnabled():
            return TOKENS.disabled
        return {
            Kind.PRIMARY: TOKENS.on_primary, Kind.PLAIN: TOKENS.text,
            Kind.DANGER: TOKENS.err, Kind.QUIET: TOKENS.primary, Kind.LINK: TOKENS.primary,
        }[self._kind]
