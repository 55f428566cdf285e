"""The clauses behind every verdict (政策依据), offline."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from desktop_app.domain.errors import CounterError
from desktop_app.domain.policy_book import Switch
from desktop_app.services.sheets import ClauseSheet
from desktop_app.services.words import cites
from desktop_app.ui.viewmodels.counter import Counter
from desktop_app.ui.viewmodels.session_model import SessionModel


class PolicyModel(SessionModel):
    """All cited clauses, the one on show, and the register of open points (待明确事项)."""

    changed = Signal()

    def __init__(self, counter: Counter, parent: QObject | None = None) -> None:
        super().__init__(counter, parent)
        self.clauses: tuple[ClauseSheet, ...] = ()
        self.current: ClauseSheet | None = None

    def load(self) -> None:
        """Read the clauses once."""
        if self.clauses:
            return
        try:
            self.clauses = tuple(self._counter.clauses.all())
        except CounterError as error:
            self.refused.emit(error)
            return
        self.current = self.clauses[0] if self.clauses else None
        self.changed.emit()

    def show_ref(self, ref: str) -> None:
        """Show the clause of that reference."""
        self.load()
        try:
            self.current = next(
                (clause for clause in self.clauses if clause.ref == ref), None
            ) or self._counter.clauses.sheet(ref)
        except CounterError as error:
            self.refused.emit(error)
            return
        self.changed.emit()

    def matching(self, text: str) -> tuple[ClauseSheet, ...]:
        """Clauses whose label, heading or text has these words."""
        words = text.strip()
        if not words:
            return self.clauses
        return tuple(
            c for c in self.clauses
            if words in c.label or words in c.heading or words in (c.text or "")
        )

    def switches(self) -> tuple[Switch, ...]:
        """The open points of the text, with what was chosen and by whom."""
        return self._counter.book.switches

    def cites(self, switch: Switch) -> str:
        """Where an open point comes from."""
        return cites(self._counter.book, switch.cites)
