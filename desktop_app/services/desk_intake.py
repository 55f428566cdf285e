"""Filling a draft: open it, answer, see materials, record consent, go past an alert."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from desktop_app.domain.case import Action, Case, Consent, MaterialSeen, Override, Status
from desktop_app.domain.errors import InputError
from desktop_app.domain.facts import FACTS
from desktop_app.domain.rules import CONSENT
from desktop_app.domain.staff import Permission
from desktop_app.services import answers as words
from desktop_app.services.case_facts import (
    GUARDED_AGE,
    GUARDIAN,
    SELF,
    is_minor,
    law_day,
    with_derived,
)
from desktop_app.services.case_problems import outdated
from desktop_app.services.case_sheets import DECLINED, has_declined, require_done
from desktop_app.services.casework import Casework, new_id
from desktop_app.services.permits import needs
from desktop_app.services.ports import UnitOfWork
from desktop_app.services.sheets import CaseSheet
from desktop_app.services.words import need_reason

#: What the signed sheet of consent names: when one of these changes, it has to be signed anew.
CONSENTED_TO = frozenset({
    "applicant.name", "applicant.citizen_id", "residence.sub_district", "residence.address",
    "household.mode", "household.number",
})


class Intake(Casework):
    """The writing half of the counter while a case is a draft."""

    @needs(Permission.HANDLE_CASES)
    def open(self, procedure_id: str, answers: Mapping[str, str] | None = None) -> CaseSheet:
        """A new draft of a way to settle, with what the guide learnt already."""
        today, now = self.clock.today(), self.clock.now()
        procedure = self.book.procedure(procedure_id, today)
        given = {key: value for key, value in (answers or {}).items() if key != CONSENT}
        case = Case(
            id=new_id(), procedure=procedure.id, status=Status.DRAFT, law_day=today,
            opened_by=self.by.login, opened_at=now, workstation=self.station.workstation,
            answers=with_derived({}, self._canonical(given)), priority=procedure.priority,
        )
        with self.store.write() as uow:
            detail = {"procedure": procedure.id, "fields": sorted(case.answers)}
            return self._keep(uow, case, "case.open", detail, new=True)

    @needs(Permission.HANDLE_CASES)
    def answer(
        self, case_id: str, answers: Mapping[str, str], *, version: int | None = None
    ) -> CaseSheet:
        """Take one or several answers, typed or canonical; an empty text clears the field.

        The same values again write nothing. Raises InputError naming the field, Conflict when
        ``version`` is not the case's present one.
        """
        taken = self._canonical(answers)
        with self.store.write() as uow:
            case = self._draft(uow, case_id, Action.ANSWER, version)
            wanted = with_derived(case.answers, taken)
            changed = {k: v for k, v in wanted.items() if case.answers.get(k, "") != v}
            if not changed:
                return self.sheets.make(uow, case)
            kept = {k: v for k, v in {**case.answers, **changed}.items() if v}
            return self._keep(uow, _with_answers(case, kept, changed), "case.answer", {
                "fields": sorted(changed), "values": self._digest(uow, changed),
            })

    def _canonical(self, answers: Mapping[str, str]) -> dict[str, str]:
        today = self.clock.today()
        taken = {}
        for field_id, text in answers.items():
            if field_id == CONSENT:
                raise InputError("自愿确认在核对页记录", "读明后在核对页记录", field=field_id)
            if field_id in FACTS and FACTS[field_id].asked_of != "counter":
                label = FACTS[field_id].label
                raise InputError(f"{label}由所领导审批时认定", "窗口不填此项", field=field_id)
            taken[field_id] = words.resolve_id(field_id, text, self.book, today)
        return taken

    def _draft(
        self, uow: UnitOfWork, case_id: str, action: Action, version: int | None
    ) -> Case:
        case = self._case(uow, case_id, action, version)
        if has_declined(case):
            require_done(DECLINED, "撤回申请或不予受理")
        return case

    @needs(Permission.HANDLE_CASES)
    def switch(
        self, case_id: str, procedure_id: str, *, version: int | None = None
    ) -> CaseSheet:
        """Go on with another way to settle; every answer stays, consent is asked again.

        A case that was sent back keeps the law of its first acceptance, and its days are counted
        from there by the limit of the new way.
        """
        with self.store.write() as uow:
            case = self._draft(uow, case_id, Action.ANSWER, version)
            procedure = self.book.procedure(procedure_id, law_day(case, self.clock.today()))
            if case.procedure == procedure.id:
                return self.sheets.make(uow, case)
            limit = procedure.time_limit.working_days
            accepted = bool(case.number) and limit is not None
            changed = replace(
                case, procedure=procedure.id, priority=procedure.priority, consent=None,
                due=self.book.add_working_days(case.law_day, limit or 0) if accepted else None,
            )
            return self._keep(uow, changed, "case.switch", {
                "from": case.procedure, "procedure": procedure.id,
            })

    @needs(Permission.HANDLE_CASES)
    def see(
        self, case_id: str, material_ids: Iterable[str] | None = None, seen: bool = True,
        *, version: int | None = None,
    ) -> CaseSheet:
        """Record that materials were seen (all of them by default), or that they were not."""
        with self.store.write() as uow:
            case = self._draft(uow, case_id, Action.ANSWER, version)
            sheet = self.sheets.make(uow, case)
            asked = {row.material.id: row.material for row in sheet.materials}
            wanted = tuple(asked) if material_ids is None else tuple(material_ids)
            unknown = [material for material in wanted if material not in asked]
            if unknown:
                raise InputError(f"此件不要 {unknown[0]} 这份材料", "核对材料清单")
            turned = [m for m in wanted if (m in case.seen) is not seen]
            if not turned:
                return sheet
            now = self.clock.now()
            kept = {m: how for m, how in case.seen.items() if m not in turned}
            if seen:
                kept |= {m: MaterialSeen(m, asked[m].kind, self.by.login, now) for m in turned}
            return self._keep(uow, replace(case, seen=kept), "case.see", {
                "materials": turned, "seen": seen,
            })

    @needs(Permission.HANDLE_CASES)
    def consent(
        self, case_id: str, *, given: bool, read_aloud: bool, signed_sheet: bool, signer: str,
        version: int | None = None,
    ) -> CaseSheet:
        """Record whether the applicant settles of free will (61号 一(二)4, 三(五)).

        ``signer`` is 本人 or 监护人; under 16 only the guardian signs. A recorded refusal leaves
        nothing but withdrawing or not accepting the case.
        """
        if signer not in (SELF, GUARDIAN):
            raise InputError("签名人只能是本人或监护人", "选一项", field="signer")
        with self.store.write() as uow:
            case = self._draft(uow, case_id, Action.CONSENT, version)
            if signer != GUARDIAN and is_minor(case.answers, self.clock.today()):
                raise InputError(
                    f"申请人不满 {GUARDED_AGE} 周岁", "由监护人签自愿确认书", field="signer"
                )
            now = self.clock.now()
            kept = Consent(given, read_aloud, signed_sheet, signer, self.by.login, now)
            before = case.consent
            if before is not None and replace(before, by=kept.by, at=now) == kept:
                return self.sheets.make(uow, case)
            return self._keep(uow, replace(case, consent=kept), "case.consent", {
                "given": given, "read_aloud": read_aloud, "signed_sheet": signed_sheet,
                "guardian": signer == GUARDIAN,
            })

    @needs(Permission.HANDLE_CASES)
    def override(
        self, case_id: str, code: str, reason: str, *, version: int | None = None
    ) -> CaseSheet:
        """Go past an alert; the reason is kept and shown to the supervisor."""
        why = need_reason(reason, "越过提醒")
        with self.store.write() as uow:
            case = self._draft(uow, case_id, Action.ANSWER, version)
            if any(o.alert == code and o.reason == why for o in case.overrides):
                return self.sheets.make(uow, case)
            sheet = self.sheets.make(uow, case)
            if all(problem.code != code or problem.blocks for problem in sheet.problems):
                raise InputError("此件没有这条可以越过的提醒", "看提醒清单")
            kept = Override(code, why, self.by.login, self.clock.now())
            return self._keep(
                uow, replace(case, overrides=(*case.overrides, kept)), "case.override",
                {"alert": code, "reason": self._digest(uow, {"reason": why})},
            )


def consented_to(case: Case) -> frozenset[str]:
    """``CONSENTED_TO``, and who signed where that was the guardian."""
    by_guardian = case.consent is not None and case.consent.signer == GUARDIAN
    return CONSENTED_TO | ({"guardian.name"} if by_guardian else frozenset())


def _with_answers(case: Case, kept: Mapping[str, str], changed: Mapping[str, str]) -> Case:
    """The case with its new answers; what rested on the old ones falls."""
    names = frozenset(changed)
    return replace(
        case,
        answers=kept,
        consent=None if names & consented_to(case) else case.consent,
        overrides=tuple(o for o in case.overrides if not outdated(o.alert, names)),
    )
