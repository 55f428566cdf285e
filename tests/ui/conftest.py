"""A counter's screen without a screen: own fonts, own look, 1366 x 690, keyboard only."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtGui import QFontDatabase
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from desktop_app.ui import fonts
from desktop_app.ui.theme import Look, Scale
from desktop_app.ui.widgets.focus import FocusKeeper
from tests.helpers.keys import Heartbeat, KeyCounter, NoMouse
from tests.helpers.ui_fakes import FakeAsk, FakeJobs

RESOURCES = Path(__file__).parents[2] / "resources"
COUNTER = (1366, 690)
Show = Callable[..., QWidget]


@pytest.fixture(scope="session")
def dressed(qapp: QApplication) -> Look:
    """The application in its own fonts and look."""
    fonts.load_first(RESOURCES / "fonts")
    fonts.load_rest(RESOURCES / "fonts")
    assert fonts.TEXT_FAMILY in QFontDatabase.families()
    assert fonts.RARE_FAMILY in QFontDatabase.families()
    return Look(qapp, RESOURCES / "styles")


@pytest.fixture
def look(dressed: Look) -> Look:
    """The look at standard size; a test may change it."""
    dressed.apply(Scale.STANDARD)
    return dressed


@pytest.fixture
def show(qtbot: QtBot, look: Look) -> Show:
    """Put widgets under each other into a window of the counter's size and show it."""
    kept: list[QWidget] = []  # qtbot keeps weak references only

    def put(*widgets: QWidget, size: tuple[int, int] = COUNTER) -> QWidget:
        window = QWidget()
        window.setObjectName("window")
        column = QVBoxLayout(window)
        for widget in widgets:
            column.addWidget(widget)
        window.resize(*size)
        kept.append(window)
        qtbot.addWidget(window)
        with qtbot.waitExposed(window):
            window.show()
        window.activateWindow()
        return window

    return put


@pytest.fixture
def focus_keeper(qapp: QApplication) -> Iterator[FocusKeeper]:
    """The ring, for one test."""
    keeper = FocusKeeper(qapp)
    yield keeper
    keeper.stop()
    keeper.deleteLater()


@pytest.fixture
def key_counter(qapp: QApplication) -> Iterator[KeyCounter]:
    """Counts the keys of the whole test."""
    counter = KeyCounter(qapp)
    with counter.counting():
        yield counter


@pytest.fixture
def no_mouse(qapp: QApplication) -> Iterator[NoMouse]:
    """Fails the test when a mouse event reached a widget."""
    watch = NoMouse()
    qapp.installEventFilter(watch)
    yield watch
    qapp.removeEventFilter(watch)
    assert watch.seen == []


@pytest.fixture
def heartbeat() -> Iterator[Heartbeat]:
    """A running watch on the window's thread; read ``gaps_ms``."""
    beat = Heartbeat()
    beat.start()
    yield beat
    beat.stop()


@pytest.fixture
def ask() -> FakeAsk:
    """An Ask with nothing to say yet."""
    return FakeAsk()


@pytest.fixture
def jobs() -> FakeJobs:
    """Jobs that run at once."""
    return FakeJobs()
