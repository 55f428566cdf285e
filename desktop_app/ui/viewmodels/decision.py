"""What comes after acceptance (办结): review, approval, register, papers, one key each."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal

from desktop_app.domain.case import Action, Status
from desktop_app.domain.people import Person
from desktop_app.domain.staff import Permission
from desktop_app.services.ports import CaseRow
from desktop_app.services.sheets import CaseSheet, RegisterSheet
from desktop_app.services.words import cites
from desktop_app.ui.viewmodels.counter import Counter
from desktop_app.ui.viewmodels.session_model import SessionModel


@dataclass(frozen=True)
class NextStep:
    """The one thing to do next with a case, and who can do it if not this person."""

    action: Action | None
    words: str
    waits_for: str = ""


class DecisionModel(SessionModel):
    """A case from its acceptance to its papers; also the queue of what waits for a decision."""

    changed = Signal(object)
    queue_changed = Signal(object)
    registered = Signal(object)

    def __init__(self, counter: Counter, parent: QObject | None = None) -> None:
        super().__init__(counter, parent)
        self.sheet: CaseSheet | None = None
        self.queue: tuple[CaseRow, ...] = ()

    @property
    def asks_password(self) -> bool:
        """Whether a decision asks for the password again."""
        return self._counter.password_needed

    def read_queue(self) -> None:
        """Cases that wait for a decision: veterans first, then the longest waiting."""
        def act() -> None:
            self.queue = self._counter.review.queue()
            self.queue_changed.emit(self.queue)
        self._try(act)

    def load(self, case_id: str) -> None:
        """Take up a case for decision."""
        self._try(lambda: self._take(self._counter.desk.sheet(case_id)))

    def show_sheet(self, sheet: CaseSheet) -> None:
        """Show a sheet that a service gave."""
        self._take(sheet)

    def may_decide(self) -> str:
        """Why this person cannot decide this case; empty when they can."""
        operator = self._counter.operator
        if not operator.may(Permission.DECIDE) and not self._counter.station.one_person:
            return "批准须由所领导办理"
        same = self.sheet is not None and self.sheet.case.accepted_by == operator.login
        if same and not self._counter.station.one_person:
            return "受理人不能批准本人所办的件，交另一名所领导"
        return ""

    def next_step(self) -> NextStep:
        """What to do now."""
        if self.sheet is None:
            return NextStep(None, "")
        status, allowed = self.sheet.case.status, self.sheet.allowed
        for action in (Action.REVIEW, Action.APPROVE):
            if action in allowed:
                return NextStep(action, action.label, self.may_decide())
        if Action.REGISTER in allowed:
            lacking = "" if self._counter.operator.may(Permission.REGISTER) else "交受理员登记"
            return NextStep(Action.REGISTER, "登记入户", lacking or allowed[Action.REGISTER])
        if status in (Status.REGISTERED, Status.ISSUED):
            return NextStep(Action.ISSUE, "打印登记表和落户证明")
        return NextStep(None, status.label)

    def decide(self, action: Action, *, password: str = "", reason: str = "") -> bool:
        """Review, approve, reject or send back; whether it was done."""
        case_id = self._case_id()
        review = self._counter.review
        acts: dict[Action, Callable[[], CaseSheet]] = {
            Action.REVIEW: lambda: review.review(case_id),
            Action.APPROVE: lambda: review.approve(case_id, password),
            Action.REJECT: lambda: review.reject(case_id, reason, password),
            Action.SEND_BACK: lambda: review.send_back(case_id, reason),
        }
        return self._try(lambda: self._take(acts[action]()))

    def heirs(self) -> tuple[Person, ...]:
        """Who can become head when this person moves away; empty when nobody has to."""
        case_id = self._case_id()
        found: list[Person] = []
        self._try(lambda: found.extend(self._counter.register.heirs(case_id)))
        return tuple(found)

    def enter(
        self, new_head: str = "", relations: Mapping[str, str] | None = None
    ) -> RegisterSheet | None:
        """Enter the case into the register; ``relations`` in the words of the table."""
        case_id = self._case_id()
        found: list[RegisterSheet] = []

        def act() -> None:
            found.append(self._counter.register.enter(
                case_id, new_head=new_head, relations=relations
            ))
            self._take(self._counter.desk.sheet(case_id))
        if not self._try(act):
            return None
        self.registered.emit(found[0])
        return found[0]

    def basis(self) -> str:
        """The clauses of the procedure."""
        if self.sheet is None:
            return ""
        return cites(self._counter.book, self.sheet.procedure.cites)

    def _case_id(self) -> str:
        return self.sheet.case.id if self.sheet else ""

    def _take(self, sheet: CaseSheet) -> None:
        self.sheet = sheet
        self.changed.emit(sheet)
