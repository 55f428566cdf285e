"""Deciding (审核、审批): the rules are asked again inside the deciding transaction."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from desktop_app.domain.case import Action, Case, Decision, Status
from desktop_app.domain.errors import InputError, NotAllowed
from desktop_app.domain.policy_book import PolicyBook
from desktop_app.domain.rules import Assessment, Verdict
from desktop_app.domain.staff import Operator, Permission
from desktop_app.domain.station import Station
from desktop_app.services.case_problems import Glyphs
from desktop_app.services.case_sheets import decision_lacks, require_done
from desktop_app.services.casework import Casework
from desktop_app.services.desk_closing import unmet_clauses
from desktop_app.services.permits import needs
from desktop_app.services.ports import CaseRow, Clock, Store, UnitOfWork
from desktop_app.services.sheets import CaseSheet
from desktop_app.services.words import need_reason

_WAITING = frozenset({Status.ACCEPTED, Status.REVIEWED})


class Review(Casework):
    """The supervisor's acts on accepted cases.

    ``verify`` tells whether a text is the supervisor's password: approving and rejecting ask for
    it each time. Who accepted a case does not decide it, unless the station has one person.
    """

    def __init__(
        self, store: Store, book: PolicyBook, station: Station, clock: Clock, by: Operator,
        verify: Callable[[str], bool], glyphs: Glyphs | None = None,
    ) -> None:
        super().__init__(store, book, station, clock, by, glyphs)
        self._verify = verify

    @needs(Permission.DECIDE)
    def queue(self) -> tuple[CaseRow, ...]:
        """Cases that wait for a decision: veterans first, then the longest waiting."""
        with self.store.read() as uow:
            return uow.cases.in_status(_WAITING)

    @needs(Permission.DECIDE)
    def sheet(self, case_id: str) -> CaseSheet:
        """The case as it stands. Raises Missing."""
        with self.store.read() as uow:
            return self.sheets.make(uow, uow.cases.get(case_id))

    @needs(Permission.DECIDE)
    def review(self, case_id: str, *, version: int | None = None) -> CaseSheet:
        """Found in order (审核通过); the case goes on to its approval."""
        with self.store.write() as uow:
            case = self._case(uow, case_id, Action.REVIEW, version)
            self._require_other(case)
            return self._decide(uow, case, Action.REVIEW, Status.REVIEWED, "case.review")

    @needs(Permission.DECIDE)
    def approve(self, case_id: str, password: str, *, version: int | None = None) -> CaseSheet:
        """Approve (批准). Raises NotAllowed for a wrong password, the accepting clerk, an act the
        state forbids, or a case that the rules no longer let through."""
        self._require_password(password)
        with self.store.write() as uow:
            case = self._case(uow, case_id, Action.APPROVE, version)
            self._require_other(case)
            return self._decide(uow, case, Action.APPROVE, Status.APPROVED, "case.approve")

    def _decide(
        self, uow: UnitOfWork, case: Case, action: Action, status: Status, act: str
    ) -> CaseSheet:
        sheet = self.sheets.make(uow, case)
        require_done(decision_lacks(sheet), "退回更改，或不予批准并说明理由")
        clauses = (
            *(cite.ref for cite in sheet.procedure.cites), *_met_clauses(sheet.assessment),
        )
        return self._end(uow, case, action, status, act, "", tuple(dict.fromkeys(clauses)))

    @needs(Permission.DECIDE)
    def reject(
        self, case_id: str, reason: str, password: str, *, version: int | None = None
    ) -> CaseSheet:
        """Not approved (不予批准): the reason, and the clauses of what is not met."""
        why = need_reason(reason, "不予批准")
        self._keep_fit_for_paper(why, "reason")
        self._require_password(password)
        with self.store.write() as uow:
            case = self._case(uow, case_id, Action.REJECT, version)
            self._require_other(case)
            clauses = unmet_clauses(self.sheets.judge(case))
            return self._end(uow, case, Action.REJECT, Status.NOT_APPROVED, "case.reject", why,
                             clauses)

    @needs(Permission.DECIDE)
    def send_back(self, case_id: str, reason: str, *, version: int | None = None) -> CaseSheet:
        """Back to the counter (退回更改); number and law day stay those of the acceptance."""
        why = need_reason(reason, "退回")
        self._keep_fit_for_paper(why, "reason")
        with self.store.write() as uow:
            case = self._case(uow, case_id, Action.SEND_BACK, version)
            return self._end(uow, case, Action.SEND_BACK, Status.DRAFT, "case.send_back", why)

    def _end(
        self, uow: UnitOfWork, case: Case, action: Action, status: Status, act: str, reason: str,
        clauses: tuple[str, ...] = (),
    ) -> CaseSheet:
        decision = Decision(action, self.by.login, self.clock.now(), reason, clauses)
        decided = replace(case, status=status, decisions=(*case.decisions, decision))
        assessment = self.sheets.judge(case)
        return self._keep(uow, decided, act, {
            "number": case.number, "procedure": case.procedure,
            "outcome": assessment.outcome.value, "law_day": case.law_day.isoformat(),
            "policy": self.book.digest, "clauses": list(clauses),
            "reason": self._digest(uow, {"reason": reason}) if reason else "",
            "overrides": [override.alert for override in case.overrides],
            "one_person": case.accepted_by == self.by.login,
        })

    def _require_password(self, password: str) -> None:
        if not self._verify(password):
            raise InputError("口令不对", "再录一次口令", field="password")

    def _require_other(self, case: Case) -> None:
        lacking = self.sheets.own_case(case)
        if lacking:
            raise NotAllowed(lacking, "由没有受理本件的人决定")


def _met_clauses(assessment: Assessment) -> tuple[str, ...]:
    return tuple(
        cite.ref
        for finding in assessment.findings if finding.verdict is Verdict.MET
        for cite in finding.cites
    )
