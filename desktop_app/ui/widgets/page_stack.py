"""One page at a time; each keeps its place."""

from __future__ import annotations

from typing import Protocol, runtime_checkable

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget
from shiboken6 import isValid


@runtime_checkable
class Enterable(Protocol):
    """A page that knows where the keyboard belongs when it is entered for the first time."""

    def focus_first(self) -> None:
        """Put the focus into the first empty field."""


class PageStack(QWidget):
    """Pages by id with a way back. ``shown`` carries the id of the page now in sight."""

    shown = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._stack = _OneInSight(self)
        self._pages: dict[str, QWidget] = {}
        self._focus: dict[str, QWidget] = {}
        self._trail: list[str] = []
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._stack)

    def add(self, page_id: str, page: QWidget) -> None:
        """Add a page; the first one added is in sight."""
        self._pages[page_id] = page
        self._stack.addWidget(page)
        page.resize(self._stack.size())  # else it would lay itself out twice, first for no size

    def has(self, page_id: str) -> bool:
        """Whether there is such a page."""
        return page_id in self._pages

    def page(self, page_id: str) -> QWidget:
        """A page. Raises KeyError."""
        return self._pages[page_id]

    def current(self) -> str:
        """Id of the page in sight, empty before the first was shown."""
        return self._trail[-1] if self._trail else ""

    def show_page(self, page_id: str) -> None:
        """Bring a page into sight and the keyboard to where it was on it. Raises KeyError."""
        page = self._pages[page_id]
        if page_id == self.current():
            return
        self._remember()
        if page_id in self._trail:
            self._trail.remove(page_id)
        self._trail.append(page_id)
        self._bring(page_id, page)

    def back(self) -> bool:
        """To the page before; False when there is none."""
        if len(self._trail) < 2:
            return False
        self._remember()
        self._trail.pop()
        self._bring(self._trail[-1], self._pages[self._trail[-1]])
        return True

    def forget_focus(self, page_id: str) -> None:
        """Let the page choose the first field anew, as for a new case."""
        self._focus.pop(page_id, None)

    def _remember(self) -> None:
        page = self._stack.currentWidget()
        focus = page.focusWidget() if page is not None else None
        if self._trail and focus is not None:
            self._focus[self._trail[-1]] = focus

    def _bring(self, page_id: str, page: QWidget) -> None:
        self._stack.setCurrentWidget(page)
        known = self._focus.get(page_id)
        at_hand = known is not None and isValid(known)
        if known is not None and at_hand and known.isEnabled() and known.isVisibleTo(page):
            known.setFocus(Qt.FocusReason.OtherFocusReason)
        elif isinstance(page, Enterable):
            page.focus_first()
        self.shown.emit(page_id)


class _OneInSight(QStackedWidget):
    """A stack that takes its measure from the page in sight.

    Qt would ask every page ever opened, again at every change of a word in one of them: hundreds
    of questions that Python answers, each of which waits for its turn beside a busy worker.
    """

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.currentChanged.connect(self._on_current)

    def hasHeightForWidth(self) -> bool:
        """A page fills what there is, however wide it is."""
        return False

    def sizeHint(self) -> QSize:
        """What the page in sight would like."""
        page = self.currentWidget()
        return page.sizeHint() if page is not None else super().sizeHint()

    def minimumSizeHint(self) -> QSize:
        """What the page in sight needs."""
        page = self.currentWidget()
        return page.minimumSizeHint() if page is not None else super().minimumSizeHint()

    def _on_current(self) -> None:
        self.updateGeometry()
