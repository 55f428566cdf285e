"""The program's own line icons, drawn on a 24-unit grid with a round pen.

Paths are data, so an icon takes any colour and size and needs no file.
"""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QByteArray, QRectF, QSize, Qt
from PySide6.QtGui import QFontInfo, QIcon, QPainter, QPaintEvent, QPixmap
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QWidget

from desktop_app.ui.theme import TOKENS

_RING = "M12 3a9 9 0 1 0 0 18a9 9 0 1 0 0-18z"

#: Stroked paths by name. ``half`` and ``dot`` carry a filled part, see ``_FILLED``.
PATHS: Mapping[str, str] = {
    "tick": _RING + "M8 12.3l2.8 2.8L16.2 9.4",
    "cross": _RING + "M9 9l6 6M15 9l-6 6",
    "half": _RING,
    "arrow": _RING + "M8 12h8M12.6 8.4L16.2 12l-3.6 3.6",
    "up": _RING + "M12 16V8M8.4 11.4L12 7.8l3.6 3.6",
    "info": _RING + "M12 11v5.2M12 7.9v.1",
    "help": _RING + "M9.6 9.6a2.4 2.4 0 1 1 3.4 2.2c-.7.3-1 .8-1 1.6M12 16.6v.1",
    "alert": "M12 4.2L2.9 19.6h18.2zM12 10v4.6M12 17v.1",
    "empty": _RING,
    "home": "M4 11.2L12 4.4l8 6.8M6 9.8V20h12V9.8M10 20v-5.4h4V20",
    "intake": "M6 3.6h9l4 4V20.4H6zM14.6 3.8v4.4H19M12.4 11v6M9.4 14h6",
    "search": "M10.8 4.2a6.6 6.6 0 1 0 0 13.2a6.6 6.6 0 1 0 0-13.2zM15.7 15.7L20.4 20.4",
    "import": "M4 14.4v5.2h16v-5.2M12 4v10.4M8 10.6l4 4l4-4",
    "approve": "M9.4 4.6a2.6 2.6 0 0 1 5.2 0c0 2.6-1.4 3.4-1.4 6.8h5.2v4.2H5.6v-4.2h5.2c0-3.4"
               "-1.4-4.2-1.4-6.8zM5.6 19.6h12.8",
    "log": "M5 4h14v16H5zM8.6 8.6h6.8M8.6 12h6.8M8.6 15.4h4.2",
    "chart": "M4 20h16M6.8 16.6v-5M12 16.6V6M17.2 16.6V9.4",
    "printer": "M7 8.6V4h10v4.6M7 16.6H4V8.6h16v8h-3M7 13.6h10V20H7z",
    "gear": "M12 8.8a3.2 3.2 0 1 0 0 6.4a3.2 3.2 0 1 0 0-6.4zM12 3.4v2.8M12 17.8v2.8M3.4 12h2.8"
            "M17.8 12h2.8M5.9 5.9l2 2M16.1 16.1l2 2M18.1 5.9l-2 2M7.9 16.1l-2 2",
    "shield": "M12 3.4l7.4 2.8v5.6c0 4.4-3 7.4-7.4 8.8c-4.4-1.4-7.4-4.4-7.4-8.8V6.2z"
              "M8.8 12l2.3 2.3l4.1-4.3",
    "lock": "M5.6 11h12.8v9H5.6zM8.4 11V7.8a3.6 3.6 0 0 1 7.2 0V11M12 14.6v2",
    "user": "M12 4.2a3.8 3.8 0 1 0 0 7.6a3.8 3.8 0 1 0 0-7.6zM4.6 20.2c.8-3.8 3.6-5.6 7.4-5.6"
            "s6.6 1.8 7.4 5.6",
    "people": "M9 5a3.2 3.2 0 1 0 0 6.4A3.2 3.2 0 1 0 9 5zM2.8 19.4c.6-3.4 3-5 6.2-5s5.6 1.6 6.2 5"
              "M15.4 5.4a3 3 0 0 1 0 5.6M17.4 14.8c2.2.6 3.5 2.2 3.9 4.6",
    "card": "M3.4 5.6h17.2v12.8H3.4zM8.4 9a1.9 1.9 0 1 0 0 3.8a1.9 1.9 0 1 0 0-3.8z"
            "M5.8 15.8c.4-1.2 1.4-1.8 2.6-1.8s2.2.6 2.6 1.8M14 10h4M14 13.6h4",
    "save": "M4.4 4.4h12l3.2 3.2v12H4.4zM8 4.6v4.6h7V4.6M7.6 19.4v-6h8.8v6",
    "clock": _RING + "M12 7.4V12l3.2 2",
    "key": "M8 8.4a3.6 3.6 0 1 0 0 7.2a3.6 3.6 0 1 0 0-7.2zM11.6 12h9M17.4 12v3.2M20.4 12v2.2",
    "book": "M4.4 5c3-.8 5.4-.4 7.6 1.2c2.2-1.6 4.6-2 7.6-1.2v13.6c-3-.8-5.4-.4-7.6 1.2"
            "c-2.2-1.6-4.6-2-7.6-1.2zM12 6.2v13.4",
    "bell": "M6.4 16.4V11a5.6 5.6 0 0 1 11.2 0v5.4l1.6 1.6H4.8zM10.2 20.4h3.6",
    "paper": "M6 3.6h9l4 4V20.4H6zM14.6 3.8v4.4H19M9 12h7M9 15.6h5",
    "edit": "M4.4 19.6l.9-4.2L15.6 5.1l3.3 3.3L8.6 18.7zM13.4 7.3l3.3 3.3",
    "next": "M9.4 6l6 6l-6 6",
    "back": "M14.6 6l-6 6l6 6",
    "scan": "M4 8.4V4.4h4M20 8.4V4.4h-4M4 15.6v4h4M20 15.6v4h-4M7.4 12h9.2",
    "house": "M3.6 20.4h16.8M5.6 20.4V6.6L13 3.6v16.8M13 9.4h5.4v11M8.6 9.6h1.4M8.6 13h1.4"
             "M8.6 16.4h1.4",
    "disk": "M4.4 6.4c0-1.5 3.4-2.6 7.6-2.6s7.6 1.1 7.6 2.6v11.2c0 1.5-3.4 2.6-7.6 2.6"
            "s-7.6-1.1-7.6-2.6zM4.4 6.4c0 1.5 3.4 2.6 7.6 2.6s7.6-1.1 7.6-2.6"
            "M4.4 12c0 1.5 3.4 2.6 7.6 2.6s7.6-1.1 7.6-2.6",
    "train": "M12 4.4L2.6 9.2L12 14l9.4-4.8zM6.4 11.4v4.8c3.2 2.6 8 2.6 11.2 0v-4.8M21.4 9.2v5.4",
    "keyboard": "M3 6.4h18v11.2H3zM6.4 10h.1M10 10h.1M13.8 10h.1M17.4 10h.1M7.6 14h8.8",
    "queue": "M4.4 6h15.2M4.4 12h15.2M4.4 18h9",
}

_FILLED: Mapping[str, str] = {"half": "M12 3a9 9 0 0 0 0 18z"}


def _svg(name: str, colour: str) -> QSvgRenderer:
    filled = f'<path d="{_FILLED[name]}" fill="{colour}"/>' if name in _FILLED else ""
    dashes = ' stroke-dasharray="2.6 2.6"' if name == "empty" else ""
    return QSvgRenderer(QByteArray((
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24">'
        f'{filled}<path d="{PATHS[name]}" fill="none" stroke="{colour}" stroke-width="1.8"'
        f' stroke-linecap="round" stroke-linejoin="round"{dashes}/></svg>'
    ).encode()))


def paint_icon(painter: QPainter, name: str, colour: str, box: QRectF) -> None:
    """Draw an icon into a square box. Raises KeyError for an unknown name."""
    _svg(name, colour).render(painter, box)


def icon(name: str, colour: str = TOKENS.text2, size: int = 20, ratio: float = 2.0) -> QIcon:
    """An icon of ``size`` logical pixels. Raises KeyError for an unknown name."""
    renderer = _svg(name, colour)
    pixmap = QPixmap(round(size * ratio), round(size * ratio))
    pixmap.setDevicePixelRatio(ratio)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    renderer.render(painter, QRectF(0, 0, size, size))
    painter.end()
    return QIcon(pixmap)


class IconMark(QWidget):
    """An icon as tall as its text; purely visual, the words stand beside it."""

    def __init__(
        self, name: str = "", colour: str = TOKENS.text2, *, factor: float = 1.25,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._name, self._colour, self._factor = name, colour, factor
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setSizePolicy(self.sizePolicy().Policy.Fixed, self.sizePolicy().Policy.Fixed)

    def show_icon(self, name: str, colour: str) -> None:
        """Change what is drawn; an empty name draws nothing."""
        self._name, self._colour = name, colour
        self.update()

    def sizeHint(self) -> QSize:
        """In proportion to the font, at least as high as a line, so that it sits on the line."""
        side = self._side()
        return QSize(side, max(side, self.fontMetrics().height()))

    def _side(self) -> int:
        return round(QFontInfo(self.font()).pixelSize() * self._factor)

    def minimumSizeHint(self) -> QSize:
        """The same."""
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the icon."""
        if self._name:
            painter = QPainter(self)
            side = self._side()
            top = (self.height() - side) / 2
            paint_icon(painter, self._name, self._colour, QRectF(0, top, side, side))
            painter.end()
