"""The identity-card reader beside the window: slow, so never asked in the window's thread."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer, Signal
from shiboken6 import isValid

from desktop_app.services.ports import CardData
from desktop_app.ui.jobs import Jobs, Progress
from desktop_app.ui.viewmodels.counter import Counter
from desktop_app.ui.viewmodels.sign_in import as_counter_error

AGAIN_MS = 700
"""Between two looks: somebody who lays a card down does not notice it, and the line rests."""


class CardWatch(QObject):
    """Reads a card when asked to, or when one is laid down while somebody waits for it.

    ``read`` carries a card that was asked for and ``failed`` the CounterError in its place;
    ``laid`` carries a card nobody asked for. A look that finds nothing says nothing. The reader
    itself finds a card once: it has to be lifted before it is found again.
    """

    read = Signal(object)
    failed = Signal(object)
    laid = Signal(object)

    def __init__(self, counter: Counter, jobs: Jobs, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._counter, self._jobs = counter, jobs
        self._who: QObject | None = None
        self._wanted: Callable[[], bool] | None = None
        self._busy = self._asked = False
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(AGAIN_MS)
        self._timer.timeout.connect(self.look)

    def ask(self) -> None:
        """Read the card that lies there now."""
        self._asked = True
        self._begin()

    def watch(self, who: QObject, wanted: Callable[[], bool]) -> None:
        """Look for a card now and then while ``who`` is there and ``wanted`` says so.

        Without a reader at this window nothing is looked for.
        """
        if self._counter.station.card_reader:
            self._who, self._wanted = who, wanted
            self._rest()

    def leave(self) -> None:
        """Look no more."""
        self._who = self._wanted = None
        self._timer.stop()

    def look(self) -> None:
        """Look once whether somebody laid a card down."""
        if self._is_wanted():
            self._begin()
        else:
            self._rest()

    def _begin(self) -> None:
        if self._busy:
            return
        self._busy = True
        self._timer.stop()
        reader = self._counter.reader

        def work(_: Progress) -> CardData:
            return reader.read()
        self._jobs.run(work, done=self._on_read, failed=self._on_failed)

    def _on_read(self, card: CardData) -> None:
        asked = self._over()
        if asked:
            self.read.emit(card)
        elif self._is_wanted():
            self.laid.emit(card)
        self._rest()

    def _on_failed(self, error: Exception) -> None:
        if self._over():
            self.failed.emit(as_counter_error(error))
        self._rest()

    def _over(self) -> bool:
        """Whether what has just ended was asked for."""
        asked, self._asked, self._busy = self._asked, False, False
        return asked

    def _is_wanted(self) -> bool:
        there = self._who is not None and isValid(self._who)
        return there and self._wanted is not None and self._wanted()

    def _rest(self) -> None:
        if self._who is not None and isValid(self._who) and not self._busy:
            self._timer.start()
