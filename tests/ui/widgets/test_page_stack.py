"""Pages in a stack: only the one in sight is measured."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QApplication, QWidget

from desktop_app.ui.widgets.page_stack import PageStack

Show = Callable[..., QWidget]


class Page(QWidget):
    """A page that counts how often its measure is asked for."""

    def __init__(self, width: int) -> None:
        super().__init__()
        self._width = width
        self.asked = 0

    def minimumSizeHint(self) -> QSize:
        """What it needs."""
        self.asked += 1
        return QSize(self._width, 100)


def test_a_page_out_of_sight_is_not_measured_and_takes_no_room(show: Show) -> None:
    stack = PageStack()
    wide, narrow = Page(900), Page(300)
    stack.add("wide", wide)
    stack.add("narrow", narrow)
    stack.show_page("wide")
    show(stack, size=(1000, 400))
    assert stack.minimumSizeHint().width() == 900
    stack.show_page("narrow")
    QApplication.processEvents()
    assert stack.minimumSizeHint().width() == 300
    before = wide.asked
    narrow.updateGeometry()
    QApplication.processEvents()
    stack.minimumSizeHint()
    assert wide.asked == before
    assert narrow.asked > 0
