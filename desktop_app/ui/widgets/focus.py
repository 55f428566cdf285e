"""Where the keyboard is: one ring over the focused control, which is always in sight."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, Qt, QTimer
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractScrollArea, QApplication, QWidget
from shiboken6 import isValid

from desktop_app.ui.theme import TOKENS
from desktop_app.ui.widgets.frames import reveal

OUTSIDE = 3
_RING = 3.0
_INNER = 2.0
_MOVES = (
    QEvent.Type.Move, QEvent.Type.Resize, QEvent.Type.Show, QEvent.Type.Hide,
    QEvent.Type.ParentChange, QEvent.Type.ZOrderChange,
)


class FocusRing(QWidget):
    """Three pixels of orange around two of white (WCAG 2.4.7, 1.4.11); catches no mouse."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setObjectName("focus_ring")

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw both strokes."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = self.rect().toRectF()
        edge = _RING / 2
        painter.setPen(QPen(QColor(TOKENS.focus), _RING))
        painter.drawRoundedRect(box.adjusted(edge, edge, -edge, -edge), 8, 8)
        edge = _RING + _INNER / 2
        painter.setPen(QPen(QColor(TOKENS.surface), _INNER))
        painter.drawRoundedRect(box.adjusted(edge, edge, -edge, -edge), 6, 6)
        painter.end()


class FocusKeeper(QObject):
    """Moves the ring with the focus and scrolls the focused control into sight.

    One for the application; main makes it and keeps it. A widget with the property ``ringless``
    shows its focus itself.
    """

    def __init__(self, app: QApplication) -> None:
        super().__init__(app)
        self._app = app
        self._ring: FocusRing | None = None
        self._target: QWidget | None = None
        self._watched: list[QWidget] = []
        app.focusChanged.connect(self._on_focus)

    def stop(self) -> None:
        """Take the ring away and watch no longer."""
        self._app.focusChanged.disconnect(self._on_focus)
        self._unwatch()
        if self._ring is not None and isValid(self._ring):
            self._ring.setParent(None)
            self._ring.deleteLater()
        self._ring = None

    def ring(self) -> FocusRing | None:
        """The ring, while it is on show."""
        ring = self._ring
        return ring if ring is not None and isValid(ring) and ring.isVisible() else None

    def _on_focus(self, _: QWidget | None, now: QWidget | None) -> None:
        self._unwatch()
        if now is None:
            self._hide()
            return
        reveal(now)
        if now.property("ringless"):
            self._hide()
            return
        self._target = now
        self._watch(now)
        self._follow()
        QTimer.singleShot(0, self, self._reveal)  # again when what came with it has its place

    def _reveal(self) -> None:
        if self._target is not None and isValid(self._target):
            reveal(self._target)

    def _host(self, widget: QWidget) -> QWidget:
        """The viewport the widget scrolls in, else its window."""
        child, parent = widget, widget.parentWidget()
        while parent is not None and not child.isWindow():
            if isinstance(parent, QAbstractScrollArea) and parent.viewport() is child:
                return child
            child, parent = parent, parent.parentWidget()
        return child

    def _watch(self, widget: QWidget) -> None:
        host = self._host(widget)
        place: QWidget | None = widget
        while place is not None:
            place.installEventFilter(self)
            self._watched.append(place)
            if place is host:
                break
            place = place.parentWidget()

    def _unwatch(self) -> None:
        for widget in self._watched:
            if isValid(widget):
                widget.removeEventFilter(self)
        self._watched = []
        self._target = None

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow the target when it or something around it moves."""
        if event.type() in _MOVES:
            self._follow()
        return False

    def _follow(self) -> None:
        target = self._target
        if target is None or not isValid(target) or not target.isVisible():
            self._hide()
            return
        host = self._host(target)
        if host is target:
            self._hide()
            return
        if self._ring is None or not isValid(self._ring):
            self._ring = FocusRing(host)
        elif self._ring.parent() is not host:
            self._ring.setParent(host)
        place = QRect(target.mapTo(host, QPoint(0, 0)), target.size())
        self._ring.setGeometry(place.adjusted(-OUTSIDE, -OUTSIDE, OUTSIDE, OUTSIDE))
        self._ring.show()
        self._ring.raise_()

    def _hide(self) -> None:
        if self._ring is not None and isValid(self._ring):
            self._ring.hide()
