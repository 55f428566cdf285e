"""A row that becomes two when the window is narrow."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem, QWidget


class FlowRow(QLayout):
    """Widgets from left to right, wrapping; the last one may stand at the far right.

    ``gap`` is the room between widgets in pixels.
    """

    def __init__(self, gap: int = 10, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._gap = gap
        self._items: list[QLayoutItem] = []
        self._last_at_right = False
        # Qt asks for both again and again while it lays a page out; each answer takes many calls
        # into Qt, and each call a turn of the interpreter while a worker is busy.
        self._heights: dict[int, int] = {}
        self._sizes: tuple[QSize, QSize] | None = None

    def put_last_at_right(self, on: bool) -> None:
        """Whether the last widget stands at the far right of its line."""
        self._last_at_right = on

    # ---- QLayout

    def invalidate(self) -> None:
        """Something in the row changed: measure anew."""
        self._heights.clear()
        self._sizes = None
        super().invalidate()

    def addItem(self, item: QLayoutItem) -> None:
        """Take an item."""
        self._items.append(item)

    def count(self) -> int:
        """How many items."""
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        """An item, or None past the end, as Qt wants it."""
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:  # type: ignore[override]
        """Take an item out, or None past the end, as Qt wants it; the stubs leave the None out."""
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def expandingDirections(self) -> Qt.Orientation:
        """Grows with its parent only."""
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        """Narrow means high."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Height of all lines at this width."""
        if width not in self._heights:
            self._heights[width] = self._arrange(QRect(0, 0, width, 0), move=False)
        return self._heights[width]

    def setGeometry(self, rect: QRect) -> None:
        """Put every widget in its place."""
        super().setGeometry(rect)
        self._arrange(rect, move=True)

    def sizeHint(self) -> QSize:
        """All on one line."""
        return self._measured()[0]

    def minimumSize(self) -> QSize:
        """The widest widget alone."""
        return self._measured()[1]

    def _measured(self) -> tuple[QSize, QSize]:
        if self._sizes is None:
            shown = self._shown()
            hints = [item.sizeHint() for item in shown]
            least = [item.minimumSize() for item in shown]
            width = sum(size.width() for size in hints) + self._gap * max(len(hints) - 1, 0)
            self._sizes = (
                QSize(width, max((size.height() for size in hints), default=0)),
                QSize(
                    max((size.width() for size in least), default=0),
                    max((size.height() for size in least), default=0),
                ),
            )
        return self._sizes

    def _shown(self) -> list[QLayoutItem]:
        return [item for item in self._items if not item.isEmpty()]

    def _arrange(self, rect: QRect, *, move: bool) -> int:
        left, top, line = rect.left(), rect.top(), 0
        shown = self._shown()
        for number, item in enumerate(shown):
            size = item.sizeHint()
            if left > rect.left() and left + size.width() > rect.left() + rect.width():
                left, top, line = rect.left(), top + line + self._gap, 0
            place = left
            if self._last_at_right and number == len(shown) - 1:
                place = max(left, rect.left() + rect.width() - size.width())
            if move:
                item.setGeometry(QRect(QPoint(place, top), size))
            left += size.width() + self._gap
            line = max(line, size.height())
        return top + line - rect.top()
