"""A case as the window shows it: judged, with its problems and with what every act still lacks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from desktop_app.domain.case import Action, Case, allowed_actions
from desktop_app.domain.errors import NotAllowed
from desktop_app.domain.facts import FACTS
from desktop_app.domain.policy_book import PolicyBook
from desktop_app.domain.procedure import Procedure
from desktop_app.domain.rules import CONSENT, Assessment, Gravity, Outcome, Verdict, assess
from desktop_app.domain.staff import Operator, Permission
from desktop_app.domain.station import Station
from desktop_app.services.answers import field_label
from desktop_app.services.case_facts import (
    GUARDIAN,
    IDENTITY_FIELDS,
    facts_of,
    is_minor,
    law_day,
    missing_fields,
)
from desktop_app.services.case_problems import Glyphs, Look, problems_of
from desktop_app.services.notice_lines import blank
from desktop_app.services.ports import Clock, UnitOfWork
from desktop_app.services.sheets import CaseSheet, MaterialRow, Problem, Touched
from desktop_app.services.words import listing

_DECIDING = frozenset({Action.REVIEW, Action.APPROVE, Action.REJECT, Action.SEND_BACK})
_PERMISSIONS: Mapping[Action, Permission] = {
    **dict.fromkeys(_DECIDING, Permission.DECIDE),
    Action.REGISTER: Permission.REGISTER,
    Action.ISSUE: Permission.PRINT,
}
DECLINED = "申请人不同意落户，只能撤回或不予受理"
OWN_CASE = "受理人不能决定本件，交另一位所领导"
_AFTER_DECLINING = frozenset({Action.WITHDRAW, Action.REFUSE})
_OPEN_OUTCOMES = frozenset({Outcome.ELIGIBLE, Outcome.NEEDS_SUPERVISOR})


@dataclass(frozen=True)
class CaseSheets:
    """Makes sheets for one operator at one workstation."""

    book: PolicyBook
    station: Station
    clock: Clock
    by: Operator
    missing_glyphs: Glyphs | None = None

    def procedure(self, case: Case) -> Procedure:
        """The edition of the procedure whose law applies to the case."""
        return self.book.procedure(case.procedure, law_day(case, self.clock.today()))

    def judge(self, case: Case) -> Assessment:
        """The rules for the case as it stands."""
        on = law_day(case, self.clock.today())
        facts = facts_of(case.answers, case.consent, self.station, self.book, on)
        return assess(self.procedure(case), facts, on=on, policy_digest=self.book.digest)

    def make(self, uow: UnitOfWork, case: Case, *, touched: bool = False) -> CaseSheet:
        """The sheet of a case; ``touched`` when the act at hand changed it."""
        today = self.clock.today()
        on = law_day(case, today)
        procedure = self.procedure(case)
        facts = facts_of(case.answers, case.consent, self.station, self.book, on)
        assessment = assess(procedure, facts, on=on, policy_digest=self.book.digest)
        live = case.status.is_open
        look = Look(case, procedure, self.book, self.station, today)
        problems = problems_of(look, uow, self.missing_glyphs) if live else ()
        materials = tuple(
            MaterialRow(
                material,
                case.seen[material.id].kind if material.id in case.seen else "",
                case.seen[material.id].by if material.id in case.seen else "",
            )
            for material in procedure.materials_for(facts)
        )
        missing = missing_fields(procedure, case.answers, assessment, on) if live else ()
        draft = CaseSheet(
            case, procedure, assessment, facts, materials, problems, missing, {},
            self._days_left(case, today),
            Touched(cases=frozenset({case.id})) if touched else Touched(),
        )
        return replace(draft, allowed=self._allowed(draft))

    def _days_left(self, case: Case, today: date) -> int | None:
        if case.due is None or not case.status.is_open:
            return None
        return self.book.calendar.working_days_between(today, case.due)

    def _allowed(self, sheet: CaseSheet) -> Mapping[Action, str]:
        actions = allowed_actions(sheet.case.status, sheet.procedure.chain)
        return {
            action: self.lacks(sheet, action)
            for action in Action if action in actions
        }

    def lacks(self, sheet: CaseSheet, action: Action) -> str:
        """What keeps this operator from the act now; empty when nothing does."""
        permission = _PERMISSIONS.get(action, Permission.HANDLE_CASES)
        if not self.by.may(permission):
            return f"{self.by.role.label}不办此步，交有权限的人"
        if has_declined(sheet.case) and action not in _AFTER_DECLINING:
            return DECLINED
        if action is Action.SUBMIT:
            return submission_lacks(sheet, self.clock.today())
        if action is Action.SUPPLEMENT:
            return "" if missing_items(sheet) else "没有缺项，不用开告知单"
        if action in (Action.REVIEW, Action.APPROVE):
            return self.own_case(sheet.case) or decision_lacks(sheet)
        if action is Action.REJECT:
            return self.own_case(sheet.case)
        return ""

    def own_case(self, case: Case) -> str:
        """Why this operator may not decide the case, being the one who accepted it."""
        same = case.accepted_by == self.by.login and not self.station.one_person
        return OWN_CASE if same else ""


def has_declined(case: Case) -> bool:
    """Whether the applicant was asked and does not want to settle (严防“被落户”)."""
    return case.consent is not None and not case.consent.given


def missing_items(sheet: CaseSheet) -> tuple[str, ...]:
    """Everything that is lacking, in the words of the one-time notice (一次性告知)."""
    materials = [row.material.name for row in sheet.materials if not row.seen]
    return (*materials, *(blank(field) for field in sheet.missing_fields))


def unmet(assessment: Assessment) -> tuple[str, ...]:
    """What the law asks and the facts deny, where that closes the way."""
    return tuple(
        finding.says for finding in assessment.findings
        if finding.verdict is Verdict.UNMET and finding.gravity is Gravity.BLOCKS
    )


def submission_lacks(sheet: CaseSheet, today: date) -> str:
    """Why the case cannot be submitted now, the nearest thing first; empty when it can."""
    not_met = unmet(sheet.assessment)
    if not_met:
        return f"不适用{sheet.procedure.title}：{listing(not_met, 2)}"
    items = missing_items(sheet)
    if items:
        return f"还缺 {len(items)} 项：{listing(items)}"
    return _problem_words(sheet.problems) or _consent_lacks(sheet, today) or _not_open(sheet)


def _problem_words(problems: tuple[Problem, ...]) -> str:
    if not problems:
        return ""
    first = problems[0]
    return first.message if first.blocks else f"有提醒要写明理由：{first.message}"


def _consent_lacks(sheet: CaseSheet, today: date) -> str:
    consent = sheet.case.consent
    if consent is None:
        return "还没有记录自愿确认"
    if not (consent.read_aloud and consent.signed_sheet):
        return "自愿确认书还没有读明并收回"
    if is_minor(sheet.case.answers, today) and consent.signer != GUARDIAN:
        return "不满 16 周岁，由监护人签自愿确认书"
    return ""


def _not_open(sheet: CaseSheet) -> str:
    if sheet.assessment.outcome in _OPEN_OUTCOMES:
        return ""
    open_facts = [FACTS[fact].label for fact in sheet.assessment.missing if fact != CONSENT]
    return f"还要问明：{listing(open_facts)}" if open_facts else "还不能判定符合条件"


def decision_lacks(sheet: CaseSheet) -> str:
    """Why an accepted case cannot be approved now; the rules are asked again every time."""
    if sheet.assessment.outcome not in _OPEN_OUTCOMES:
        why = unmet(sheet.assessment)
        return f"不符合{sheet.procedure.title}：{listing(why, 2)}" if why else "条件还没有查清"
    absent = [field for field in IDENTITY_FIELDS if not sheet.case.answers.get(field)]
    if absent:
        return f"先更正受理件，补填{listing([field_label(field) for field in absent])}"
    blocking = [problem for problem in sheet.problems if problem.blocks]
    return blocking[0].message if blocking else ""


def require_done(lacking: str, remedy: str = "补齐后再办") -> None:
    """Raise NotAllowed with what is lacking, if anything."""
    if lacking:
        raise NotAllowed(lacking, remedy)
