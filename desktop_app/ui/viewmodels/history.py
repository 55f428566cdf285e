"""One case with all that happened to it (案件详情)."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import QObject, Signal

from desktop_app.domain.case import Action
from desktop_app.domain.fields import FieldDef, field
from desktop_app.services.answers import show
from desktop_app.services.register_plan import NOT_OF_PERSON
from desktop_app.services.sheets import CaseHistory
from desktop_app.ui.viewmodels.counter import Counter
from desktop_app.ui.viewmodels.session_model import SessionModel
from desktop_app.ui.viewmodels.words import as_read


class HistoryModel(SessionModel):
    """The facts, the timeline and the papers of a case; corrections to its register entry."""

    changed = Signal(object)
    corrected = Signal(object)

    def __init__(self, counter: Counter, parent: QObject | None = None) -> None:
        super().__init__(counter, parent)
        self.history: CaseHistory | None = None

    def load(self, case_id: str) -> None:
        """Read a case with its history."""
        def act() -> None:
            self.history = self._counter.desk.history(case_id)
            self.changed.emit(self.history)
        self._try(act)

    def reload(self) -> None:
        """Read the same case again."""
        if self.history is not None:
            self.load(self.history.sheet.case.id)

    def blocks(self) -> tuple[tuple[str, tuple[tuple[str, str], ...]], ...]:
        """Titles with (label, words) of everything answered."""
        if self.history is None:
            return ()
        sheet, book = self.history.sheet, self._counter.book
        found = []
        for step in sheet.procedure.steps:
            lines = tuple(
                (field(f).label, as_read(field(f), show(field(f), sheet.case.answers[f], book)))
                for f in step.fields if sheet.case.answers.get(f)
            )
            if lines:
                found.append((step.title, lines))
        return tuple(found)

    def correctable(self) -> tuple[FieldDef, ...]:
        """The registered items that a correction may change; the birth date follows the number."""
        if self.history is None or not self.history.sheet.case.person_id:
            return ()
        fields = self.history.sheet.procedure.fields
        return tuple(
            field(f) for f in fields
            if f.startswith("applicant.") and f != "applicant.birth_date"
            and f.removeprefix("applicant.") not in NOT_OF_PERSON
        )

    def correct(self, changes: Mapping[str, str], reason: str) -> bool:
        """Correct the register entry, keeping the reason."""
        if self.history is None:
            return False
        person_id = self.history.sheet.case.person_id

        def act() -> None:
            self.corrected.emit(self._counter.register.correct(person_id, changes, reason))
            self.reload()
        return self._try(act)

    def withdraw(self, reason: str) -> bool:
        """The applicant takes the application back."""
        return self._close(self._counter.desk.withdraw, reason)

    def _close(self, act: Callable[[str, str], object], reason: str) -> bool:
        if self.history is None:
            return False
        case_id = self.history.sheet.case.id

        def run() -> None:
            act(case_id, reason)
            self.load(case_id)
        return self._try(run)

    def lacking(self, action: Action) -> str | None:
        """Why an action cannot be done now, empty when it can, None when it has no place."""
        return self.history.sheet.allowed.get(action) if self.history else None
