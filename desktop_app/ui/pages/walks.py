"""The ways between the pages of a session: who may go where, and what each page is told."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from desktop_app.domain.case import Status
from desktop_app.domain.errors import CounterError
from desktop_app.domain.staff import Permission
from desktop_app.services.sheets import CaseSheet
from desktop_app.ui.dialogs import Ask
from desktop_app.ui.jobs import Jobs
from desktop_app.ui.pages.places import (
    APPROVAL,
    CASE,
    CHECK,
    DONE,
    GUIDE,
    INTAKE,
    NOTICE,
    OUTCOME,
    PAPERS,
    POLICY,
    SEARCH,
    WORKBENCH,
)
from desktop_app.ui.pages.rooms import Rooms
from desktop_app.ui.shortcuts import KeyMap, settle_focus
from desktop_app.ui.viewmodels.counter import Counter
from desktop_app.ui.widgets.messages import Level
from desktop_app.ui.widgets.page_stack import PageStack

Say = Callable[[Level, str], None]


class Walks(QObject):
    """Implements ``Go`` and ``House`` over a stack of pages.

    The edit in hand is settled before a page goes out of sight. ``waiting`` carries how many
    cases wait for this person's decision.
    """

    waiting = Signal(int)

    def __init__(
        self, counter: Counter, ask: Ask, jobs: Jobs, keys: KeyMap, stack: PageStack, tell: Say,
    ) -> None:
        super().__init__(stack)
        self._counter, self._ask, self._stack, self.tell = counter, ask, stack, tell
        self.rooms = Rooms(counter, ask, jobs, self, keys)

    def to(self, place: str) -> None:
        """To a place of the rail."""
        if place == INTAKE:
            in_hand = self.rooms.intake_model.sheet
            if in_hand is not None and in_hand.case.status is Status.DRAFT:
                self._show(INTAKE)
            elif self.rooms.guide_model.under_way:
                self._show(GUIDE)
            else:
                self.guide()
        elif place == WORKBENCH:
            self.workbench()
        elif place == POLICY:
            self.policy()
        elif place == SEARCH:
            self.search()
        else:
            self._show(place)

    # ---- Go

    def workbench(self) -> None:
        """See Go."""
        self._renew(WORKBENCH)  # what was put aside has come to the top
        self._show(WORKBENCH)

    def guide(self) -> None:
        """See Go."""
        if self._refused(Permission.HANDLE_CASES):
            return
        self.rooms.intake_model.leave()
        self._renew(GUIDE)
        self._show(GUIDE)
        self.rooms.guide.start_over()

    def intake(self, case_id: str) -> None:
        """See Go."""
        self._renew(INTAKE)
        try:
            self.rooms.intake.show_case(case_id)
        except CounterError as error:
            self.tell(Level.WARN, str(error))
            return
        self._show(INTAKE)
        self.rooms.intake.focus_first()

    def fault(self, field_id: str) -> None:
        """See Go."""
        self._show(INTAKE)
        self.rooms.intake.show_fault(field_id)

    def result(self) -> None:
        """See Go."""
        self._show(OUTCOME)

    def check(self) -> None:
        """See Go."""
        self._renew(CHECK)
        self._show(CHECK)

    def notice(self) -> None:
        """See Go."""
        self._renew(NOTICE)
        self._show(NOTICE)

    def refuse_case(self) -> None:
        """See Go."""
        model = self.rooms.intake_model
        reason = self._ask.reason("不予受理", "写明理由。决定书写明依据和其他途径")
        if reason and model.refuse(reason):
            self.papers(model.case_id, self.rooms.form_at(model.case, "refusal"))

    def done(self, case_id: str, receipt: str = "") -> None:
        """See Go; ``receipt`` is a form to issue and print at once."""
        self._renew(DONE)
        self.rooms.done.show_case(case_id, receipt)
        self._show(DONE)
        self.rooms.done.focus_first()

    def case(self, case_id: str) -> None:
        """See Go."""
        self._renew(CASE)
        self.rooms.case.show_case(case_id)
        self._show(CASE)

    def papers(self, case_id: str, form: str = "", paper_id: str = "") -> None:
        """See Go."""
        self._renew(PAPERS)
        self._show(PAPERS)
        self.rooms.papers.show_case(case_id, form, paper_id)
        self.rooms.papers.focus_first()

    def policy(self, ref: str = "") -> None:
        """See Go; without a clause the one of the case in hand."""
        self._renew(POLICY)
        self.rooms.policy.show_ref(ref or self.rooms.ref_in_hand(self._stack.current()))
        self._show(POLICY)

    def search(self) -> None:
        """See Go."""
        if not self._refused(Permission.SEARCH):
            self._renew(SEARCH)
            self._show(SEARCH)
            self.rooms.search.focus_first()

    def approvals(self) -> None:
        """See Go."""
        if not self._refused(Permission.DECIDE):
            self._show(APPROVAL)

    def place(self, page_id: str) -> None:
        """See Go."""
        self._renew(page_id)
        self._show(page_id)

    def resume(self) -> None:
        """See Go."""
        code = self._ask.reason("凭续办码续办", "录入告知单上的续办码", done="续办")
        if not code:
            return
        try:
            sheet = self._counter.desk.resume(code)
        except CounterError as error:
            self.rooms.page(self._stack.current()).refuse(error)
            return
        self.intake(sheet.case.id)

    def back(self) -> None:
        """See Go."""
        self._leave_page()
        if self._stack.back():
            self.rooms.page(self._stack.current()).entered()
        else:
            self._show(WORKBENCH)

    def prepare(self) -> Iterator[None]:
        """Make ahead what takes long, in small steps; nothing for one who takes no cases in."""
        if self._counter.operator.may(Permission.HANDLE_CASES):
            shelf = QWidget(self._stack)
            shelf.hide()
            for page_id in self.rooms.prepare(shelf):
                if page_id:
                    self._make(page_id)
                yield

    # ---- House

    def on_notice(self, sheet: CaseSheet) -> None:
        """A one-time notice was given: print it and show its code."""
        self.papers(sheet.case.id, self.rooms.form_at(sheet, "notice"))
        code = sheet.case.supplement.resume_code if sheet.case.supplement else ""
        self.rooms.papers.say(Level.OK, f"告知单已开，续办码 {code}。Ctrl+P 打印")

    def on_waiting(self, count: int) -> None:
        """How many cases wait for this person's decision."""
        self.waiting.emit(count)

    # ---- inside

    def _renew(self, page_id: str) -> None:
        """Make a page if need be; it is to choose its first field anew."""
        self._make(page_id)
        self._stack.forget_focus(page_id)

    def _make(self, page_id: str) -> None:
        if not self._stack.has(page_id):
            self._stack.add(page_id, self.rooms.page(page_id))

    def _show(self, page_id: str) -> None:
        self._make(page_id)
        self._leave_page()
        self.rooms.page(page_id).entered()
        self._stack.show_page(page_id)

    def _leave_page(self) -> None:
        settle_focus(self._stack.window())
        current = self._stack.current()
        if current:
            self.rooms.page(current).left()

    def _refused(self, permission: Permission) -> bool:
        if self._counter.operator.may(permission):
            return False
        self.tell(Level.WARN, f"{self._counter.operator.role.label}不办此事")
        return True
