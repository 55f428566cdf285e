"""Looking up persons and cases (查询)."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Signal

from desktop_app.domain.errors import CounterError
from desktop_app.services.sheets import RegisterSheet, SearchHits
from desktop_app.ui.viewmodels.counter import Counter
from desktop_app.ui.viewmodels.session_model import SessionModel

PAUSE_MS = 350
NOTHING = SearchHits((), ())


class SearchModel(SessionModel):
    """Searches a moment after the last key; every search is journalled by the service."""

    found = Signal(object)
    person_shown = Signal(object)

    def __init__(self, counter: Counter, parent: QObject | None = None) -> None:
        super().__init__(counter, parent)
        self.text = ""
        self.hits = NOTHING
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE_MS)
        self._pause.timeout.connect(self.find)

    def typed(self, text: str) -> None:
        """Words are being typed."""
        self.text = text.strip()
        self._pause.start()

    def find(self) -> None:
        """Search now."""
        self._pause.stop()
        if not self.text:
            self._show(NOTHING)
            return
        try:
            self._show(self._counter.finder.find(self.text))
        except CounterError as error:
            self.refused.emit(error)

    def person(self, person_id: str) -> RegisterSheet | None:
        """A person's register sheet."""
        try:
            sheet = self._counter.register.person(person_id)
        except CounterError as error:
            self.refused.emit(error)
            return None
        self.person_shown.emit(sheet)
        return sheet

    def _show(self, hits: SearchHits) -> None:
        self.hits = hits
        self.found.emit(hits)
