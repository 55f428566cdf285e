"""A clerk at the window: keys only, real services, a made-up card, paper kept in hand."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import lru_cache
from pathlib import Path

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication

from desktop_app.domain.case import Status
from desktop_app.domain.staff import Operator
from desktop_app.services.sheets import CaseSheet
from desktop_app.ui import fonts
from desktop_app.ui.pages.page import Page
from desktop_app.ui.theme import Look, Scale
from desktop_app.ui.widgets.field import FieldEditor
from desktop_app.ui.widgets.focus import FocusKeeper, FocusRing
from tests.helpers.counter_window import (
    FakePrinter,
    FakeReader,
    counter_for,
    made_up_card,
    open_shell,
)
from tests.helpers.ime import enter_chinese
from tests.helpers.keys import KeyCounter, NoMouse, focused, press, type_text
from tests.helpers.ui_fakes import FakeAsk, FakeJobs
from tests.helpers.world import ROOT, STATION, SUPERVISOR, World, open_world

#: Keys that only go on; all others that are pressed, not typed, are commands.
_MOVES = {"Return", "Tab", "Shift+Tab", "Up", "Down", "Left", "Right", "Home", "End"}


@lru_cache(maxsize=1)
def look() -> Look:
    """The application in its own fonts and look."""
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    fonts.load_first(ROOT / "resources" / "fonts")
    fonts.load_rest(ROOT / "resources" / "fonts")
    return Look(app, ROOT / "resources" / "styles")


class Journey:
    """One window in front of one person; every key is counted, a mouse fails the test."""

    def __init__(self, world: World, by: Operator, counter: KeyCounter) -> None:
        self.world, self.keys = world, counter
        self.commands: list[str] = []
        self.reader, self.printer = FakeReader(), FakePrinter()
        self.ask = FakeAsk()
        self.counter = counter_for(world, by, reader=self.reader, printer=self.printer)
        look().apply(Scale.STANDARD)
        self.shell = open_shell(self.counter, self.ask, FakeJobs(), look())
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        self._keeper = FocusKeeper(app)
        self.shell.show()
        self.shell.activateWindow()
        self.shell.start()
        QApplication.processEvents()

    # ---- what a person does

    def press(self, *keys: str) -> None:
        """Press keys one after the other, where the focus is."""
        for key in keys:
            if key not in _MOVES:
                self.commands.append(key)
            press(key)
            QApplication.processEvents()

    def type(self, text: str) -> None:
        """Type ASCII into the focused field."""
        type_text(text)

    def write(self, text: str) -> None:
        """Bring Chinese words into the focused field by an input method; counts as no key."""
        enter_chinese(focused(), text)

    def lay_card(self, serial: int = 1) -> None:
        """Put a card on the reader."""
        self.reader.card = made_up_card(serial=serial)

    # ---- what a person sees

    @property
    def page(self) -> Page:
        """The page in sight."""
        return self.shell.rooms.page(self.shell.stack.current())

    @property
    def where(self) -> str:
        """Id of the page in sight."""
        return self.shell.stack.current()

    @property
    def field(self) -> str:
        """Id of the focused field, empty when no field has the focus."""
        place = QApplication.focusWidget()
        while place is not None:
            if isinstance(place, FieldEditor):
                return place.field_id
            place = place.parentWidget()
        return ""

    @property
    def case(self) -> CaseSheet:
        """The case in hand as the store has it."""
        sheet = self.shell.rooms.intake_model.sheet
        assert sheet is not None
        return self.counter.desk.sheet(sheet.case.id)

    def status(self) -> Status:
        """Where the case in hand stands in the store."""
        return self.case.case.status

    def focus_words(self) -> str:
        """The spoken name of the focused control."""
        return focused().accessibleName()

    def said(self) -> str:
        """The words across the page."""
        return self.page.banner.text()

    def ring(self) -> FocusRing | None:
        """The ring around the focus, while it is on show."""
        return self._keeper.ring()

    def close(self) -> None:
        """Put the window away without letting the data go."""
        self._keeper.stop()
        self.shell.guard.idle.stop()
        app = QApplication.instance()
        if app is not None:
            app.removeEventFilter(self.shell.guard.idle)
        self.shell.hide()
        self.shell.deleteLater()
        # without an event loop of its own, a test has to ask for the deletions
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
        QApplication.processEvents()


@contextmanager
def journey(
    folder: Path, by: Operator = SUPERVISOR, *, world: World | None = None,
    one_person: bool = True, training: bool = True,
) -> Iterator[Journey]:
    """A window over a station, by default one person who accepts and decides."""
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    opened = world or open_world(folder, replace(STATION, one_person=one_person, training=training))
    mouse = NoMouse()
    app.installEventFilter(mouse)
    counter = KeyCounter(app)
    with counter.counting():
        walk = Journey(opened, by, counter)
        try:
            yield walk
        finally:
            walk.close()
            app.removeEventFilter(mouse)
            if world is None:
                opened.store.close()
    assert mouse.seen == []
