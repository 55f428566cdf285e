"""The first screen (工作台): drafts, what was done today, what waits."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal

from desktop_app.domain.case import Status
from desktop_app.domain.fields import field, masked_name
from desktop_app.domain.staff import Permission
from desktop_app.services.ports import CaseRow, Typing
from desktop_app.services.sheets import Workbench
from desktop_app.ui.viewmodels.counter import Counter, minute_words
from desktop_app.ui.viewmodels.session_model import SessionModel

SETTLED = (Status.REGISTERED, Status.ISSUED, Status.ARCHIVED)


@dataclass(frozen=True)
class Tally:
    """One figure of the day."""

    label: str
    value: int


class WorkbenchModel(SessionModel):
    """Reads the workbench anew each time it is shown or a case was touched."""

    changed = Signal()

    def __init__(self, counter: Counter, parent: QObject | None = None) -> None:
        super().__init__(counter, parent)
        self.sheet: Workbench | None = None

    @property
    def may_open(self) -> bool:
        """Whether this person accepts cases."""
        return self._counter.operator.may(Permission.HANDLE_CASES)

    @property
    def may_decide(self) -> bool:
        """Whether this person decides cases."""
        return self._counter.operator.may(Permission.DECIDE)

    def refresh(self) -> None:
        """Read it again."""
        self._try(self._read)

    def discard(self, case_id: str) -> None:
        """Give a draft up; it stays in the store as withdrawn."""
        def act() -> None:
            self._counter.desk.discard(case_id)
            self._read()
        self._try(act)

    def unfinished(self) -> Typing | None:
        """The latest typing that was cut off, if any."""
        typings = self.sheet.unfinished if self.sheet else ()
        return max(typings, key=lambda typing: typing.at, default=None)

    def unfinished_words(self) -> str:
        """What the resume strip says (ux.md message 9): masked name, time, field."""
        typing = self.unfinished()
        if typing is None or self.sheet is None:
            return ""
        row = next((row for row in self.sheet.drafts if row.id == typing.case_id), None)
        name = masked_name(row.name) if row and row.name else "未填姓名"
        at = minute_words(typing.at)
        return f"有 1 份未完成的受理（{name}，{at}，停在{_place(typing.focus)}）"

    def drafts(self) -> tuple[CaseRow, ...]:
        """Drafts and cases waiting for the applicant's papers."""
        return self.sheet.drafts if self.sheet else ()

    def recent(self) -> tuple[CaseRow, ...]:
        """What was touched lately, without the drafts."""
        rows = self.sheet.recent if self.sheet else ()
        return tuple(row for row in rows if row.status is not Status.DRAFT)

    def tallies(self) -> tuple[Tally, ...]:
        """The figures of the day."""
        counts = self.sheet.counts if self.sheet else {}
        accepted = sum(
            number for status, number in counts.items()
            if status not in (Status.DRAFT, Status.SUPPLEMENT, Status.WITHDRAWN)
        )
        return (
            Tally("受理", accepted),
            Tally("登记", sum(counts.get(status, 0) for status in SETTLED)),
            Tally("告知", counts.get(Status.SUPPLEMENT, 0)),
        )

    def _read(self) -> None:
        self.sheet = self._counter.desk.workbench()
        self.changed.emit()


def _place(field_id: str) -> str:
    try:
        return f"“{field(field_id).label}”"
    except KeyError:
        return "第 1 步"
