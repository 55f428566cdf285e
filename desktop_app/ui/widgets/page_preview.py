"""What will be printed, page by page."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QColor, QImage, QKeyEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from desktop_app.ui.theme import TOKENS
from desktop_app.ui.widgets.plain import PlainLabel, set_description, set_name

ZOOMS = (0.5, 0.75, 1.0, 1.5, 2.0, 3.0)


class _Sheet(QWidget):
    """One page, scaled, with an edge."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._image = QImage()

    def show_image(self, image: QImage, size: QSize) -> None:
        ratio = self.devicePixelRatioF()
        # QPainter samples too few pixels below half size; thin lines of forms would vanish
        self._image = image.scaled(
            size * ratio, Qt.AspectRatioMode.IgnoreAspectRatio,
            Qt.TransformationMode.SmoothTransformation,
        )
        self._image.setDevicePixelRatio(ratio)
        self.setFixedSize(size)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.drawImage(0, 0, self._image)
        painter.setPen(QPen(QColor(TOKENS.border), 1))
        painter.drawRect(self.rect().adjusted(0, 0, -1, -1))
        painter.end()


class _Area(QScrollArea):
    """Says when its room changes."""

    resized = Signal()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.resized.emit()


class PagePreview(QWidget):
    """PNG pages. PgUp and PgDn turn, ``+`` and ``-`` zoom, ``0`` fits, arrows scroll.

    ``turned`` carries the number of the page in sight, from 1; ``beyond`` the page that was asked
    for when the paper has it, but it is not among those at hand.
    """

    turned = Signal(int)
    beyond = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._pages: tuple[QImage, ...] = ()
        self._page = 0
        self._first, self._of = 1, 0
        self._zoom: float | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        set_name(self, "打印预览")
        self._sheet = _Sheet(self)
        self._area = _Area(self)
        self._area.resized.connect(self._on_resized)
        self._area.setProperty("part", "scroller")
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._area.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
        self._area.setWidget(self._sheet)
        self._where = PlainLabel(role="small", parent=self)
        self._where.setAlignment(Qt.AlignmentFlag.AlignCenter)
        column = QVBoxLayout(self)
        column.setContentsMargins(6, 6, 6, 6)
        column.setSpacing(4)
        column.addWidget(self._area, 1)
        column.addWidget(self._where)
        self.set_pages(())

    def set_pages(
        self, pages: Sequence[bytes], *, first: int = 1, of: int = 0, at: int = 0
    ) -> None:
        """Show these PNG pages from the first on. Raises ValueError for a page that is no image.

        When they are only some of a paper, ``first`` is the number of their first page and ``of``
        how many the paper has. ``at`` is the page to begin with, 0 for the first.
        """
        images = tuple(QImage.fromData(page) for page in pages)
        if any(image.isNull() for image in images):
            raise ValueError("page")
        self._pages, self._zoom = images, None
        self._page = min(max(at - first, 0), max(len(images) - 1, 0))
        self._first, self._of = first, of or len(images)
        self._redraw()

    def page(self) -> int:
        """Number of the page in sight, from 1; 0 when there is none."""
        return self._page + self._first if self._pages else 0

    def zoom(self) -> float:
        """Shown pixels for one pixel of the page."""
        if not self._pages:
            return 1.0
        return self._zoom if self._zoom is not None else self._fitting()

    def turn(self, by: int) -> None:
        """Go some pages on or back; stops at the ends of the paper."""
        wanted = min(max(self.page() + by, 1), self._of)
        if self._pages and not self._first <= wanted < self._first + len(self._pages):
            self.beyond.emit(wanted)
            return
        before = self._page
        self._page = min(max(self._page + by, 0), max(len(self._pages) - 1, 0))
        if before != self._page:
            self._redraw()
            self.turned.emit(self.page())

    def zoom_by(self, step: int) -> None:
        """The next larger (1) or smaller (-1) size."""
        now = self.zoom()
        larger = [zoom for zoom in ZOOMS if zoom > now + 1e-6]
        smaller = [zoom for zoom in ZOOMS if zoom < now - 1e-6]
        self._zoom = (larger or [ZOOMS[-1]])[0] if step > 0 else (smaller or [ZOOMS[0]])[-1]
        self._redraw()

    def fit(self) -> None:
        """Fit the page into the window again."""
        self._zoom = None
        self._redraw()

    def _fitting(self) -> float:
        image, room = self._pages[self._page], self._area.maximumViewportSize()
        return max(min(room.width() / image.width(), room.height() / image.height()), 0.05)

    def _redraw(self) -> None:
        self._sheet.setVisible(bool(self._pages))
        if not self._pages:
            self._where.setText("还没有可预览的页")
            return
        image = self._pages[self._page]
        self._sheet.show_image(image, image.size() * self.zoom())
        self._where.setText(
            f"第 {self.page():,} 页，共 {self._of:,} 页   {round(self.zoom() * 100)}%"
            "   PgUp PgDn 翻页   + − 缩放   0 适合窗口"
        )
        set_description(self, self._where.text())

    def _on_resized(self) -> None:
        """A fitted page keeps fitting."""
        if self._pages and self._zoom is None:
            self._redraw()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Turn, zoom, scroll."""
        key = Qt.Key(event.key())
        bar = self._area.verticalScrollBar()
        acts: dict[Qt.Key, Callable[[], None]] = {
            Qt.Key.Key_PageDown: lambda: self.turn(1), Qt.Key.Key_PageUp: lambda: self.turn(-1),
            Qt.Key.Key_Plus: lambda: self.zoom_by(1), Qt.Key.Key_Equal: lambda: self.zoom_by(1),
            Qt.Key.Key_Minus: lambda: self.zoom_by(-1), Qt.Key.Key_0: self.fit,
            Qt.Key.Key_Home: lambda: self.turn(-self._of),
            Qt.Key.Key_End: lambda: self.turn(self._of),
            Qt.Key.Key_Down: lambda: bar.setValue(bar.value() + 60),
            Qt.Key.Key_Up: lambda: bar.setValue(bar.value() - 60),
        }
        if key in acts and not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            acts[key]()
        else:
            super().keyPressEvent(event)
