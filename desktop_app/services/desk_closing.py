"""The end of a draft: submitted, sent for supplement, taken up again, refused or withdrawn."""

from __future__ import annotations

import secrets
import unicodedata
from collections.abc import Mapping
from dataclasses import replace

from desktop_app.domain.case import Action, Case, Decision, Status, SupplementNotice
from desktop_app.domain.errors import InputError, Missing
from desktop_app.domain.facts import FACTS
from desktop_app.domain.fields import visible
from desktop_app.domain.rules import Assessment, Verdict
from desktop_app.domain.staff import Permission
from desktop_app.services import answers as words
from desktop_app.services.case_facts import missing_fields
from desktop_app.services.case_problems import outdated
from desktop_app.services.case_sheets import (
    DECLINED,
    has_declined,
    missing_items,
    require_done,
    submission_lacks,
)
from desktop_app.services.casework import Casework
from desktop_app.services.desk_intake import consented_to
from desktop_app.services.desk_views import forget_typing
from desktop_app.services.keeping import require_room
from desktop_app.services.permits import needs
from desktop_app.services.ports import UnitOfWork
from desktop_app.services.sheets import CaseSheet
from desktop_app.services.words import need_reason, no_longer_than

#: Characters that nobody mistakes for another, read aloud or copied by hand.
_CLEAR = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
_CODE_LENGTH = 6
#: More does not fit into a row of the one-time notice.
_LONGEST_ITEM = 60


class Closing(Casework):
    """The acts by which a draft leaves the clerk's hands."""

    @needs(Permission.HANDLE_CASES)
    def submit(self, case_id: str, *, version: int | None = None) -> CaseSheet:
        """Accept the case: number, law day, policy digest and due day are fixed in one stroke.

        Raises NotAllowed with what is lacking, Unavailable when the disk is nearly full. A case
        that was sent back keeps the number and the law of its first acceptance.
        """
        require_room(self.store)
        today = self.clock.today()
        with self.store.write() as uow:
            case = self._case(uow, case_id, Action.SUBMIT, version)
            if has_declined(case):
                require_done(DECLINED, "撤回申请或不予受理")
            require_done(submission_lacks(self.sheets.make(uow, case), today))
            accepted = replace(
                self._accepted(uow, case), status=Status.ACCEPTED,
                accepted_by=self.by.login, accepted_at=self.clock.now(),
            )
            forget_typing(uow, case.id)
            return self._keep(uow, accepted, "case.submit", {
                "number": accepted.number, "procedure": case.procedure,
                "law_day": accepted.law_day.isoformat(), "policy": accepted.policy_digest,
                "due": accepted.due.isoformat() if accepted.due else "",
                "applicant": uow.journal.keyed_digest(case.answers["applicant.citizen_id"]),
                "values": self._digest(uow, case.answers),
                "overrides": [override.alert for override in case.overrides],
                "priority": case.priority,
            })

    def _accepted(self, uow: UnitOfWork, case: Case) -> Case:
        if case.number:
            return case
        today = self.clock.today()
        limit = self.book.procedure(case.procedure, today).time_limit.working_days
        sequence = uow.next_number(f"case-{today:%y%m%d}")
        return replace(
            case, law_day=today, policy_digest=self.book.digest,
            number=f"DL-{self.station.code}-{today:%y%m%d}-{sequence:04d}",
            due=None if limit is None else self.book.add_working_days(today, limit),
        )

    @needs(Permission.HANDLE_CASES)
    def supplement(
        self, case_id: str, extra: tuple[str, ...] = (), *, version: int | None = None
    ) -> CaseSheet:
        """One notice with everything that is missing, and a code to go on with later.

        ``extra`` adds what the clerk writes; words that ask for rural land rights are refused
        (61号 三(五)), as is what the notice could not print.
        """
        own = tuple(text.strip() for text in extra if text.strip())
        for text in own:
            no_longer_than(visible(text, "补正内容", "extra"), _LONGEST_ITEM, "extra")
            self._keep_fit_for_paper(text, "extra")
        with self.store.write() as uow:
            case = self._case(uow, case_id, Action.SUPPLEMENT, version)
            if has_declined(case):
                require_done(DECLINED, "撤回申请或不予受理")
            items = (*missing_items(self.sheets.make(uow, case)), *own)
            if not items:
                require_done("没有缺项，不用开告知单", "核对后提交受理")
            notice = SupplementNotice(
                self._free_code(uow), items, self.by.login, self.clock.now()
            )
            forget_typing(uow, case.id)
            changed = replace(case, status=Status.SUPPLEMENT, supplement=notice)
            return self._keep(uow, changed, "case.supplement", {
                "items": len(items), "code": uow.journal.keyed_digest(notice.resume_code),
            })

    def _free_code(self, uow: UnitOfWork) -> str:
        while True:
            code = "".join(secrets.choice(_CLEAR) for _ in range(_CODE_LENGTH))
            if uow.cases.by_resume_code(code) is None:
                return code

    @needs(Permission.HANDLE_CASES)
    def resume(self, code: str) -> CaseSheet:
        """Take up a case by the code on its notice; blanks and small letters do not matter.

        A case that was taken up already is shown as it stands. Raises Missing.
        """
        plain = unicodedata.normalize("NFKC", code).upper()
        wanted = "".join(char for char in plain if char.isalnum())
        with self.store.write() as uow:
            case = uow.cases.by_resume_code(wanted)
            if case is None:
                raise Missing(f"没有续办码 {wanted} 的件", "对照告知单核对续办码")
            if case.status is not Status.SUPPLEMENT:
                return self.sheets.make(uow, case)
            return self._keep(uow, replace(case, status=Status.DRAFT), "case.resume", {})

    @needs(Permission.HANDLE_CASES)
    def refuse(self, case_id: str, reason: str, *, version: int | None = None) -> CaseSheet:
        """Not accepted (不予受理): the reason, and the clauses of what is not met."""
        why = need_reason(reason, "不予受理")
        self._keep_fit_for_paper(why, "reason")
        with self.store.write() as uow:
            case = self._case(uow, case_id, Action.REFUSE, version)
            clauses = unmet_clauses(self.sheets.judge(case))
            return self._end(uow, case, Action.REFUSE, Status.NOT_ACCEPTED, "case.refuse", why,
                             clauses)

    @needs(Permission.HANDLE_CASES)
    def withdraw(self, case_id: str, reason: str, *, version: int | None = None) -> CaseSheet:
        """The applicant takes the application back."""
        why = need_reason(reason, "撤回申请")
        with self.store.write() as uow:
            case = self._case(uow, case_id, Action.WITHDRAW, version)
            return self._end(uow, case, Action.WITHDRAW, Status.WITHDRAWN, "case.withdraw", why)

    @needs(Permission.HANDLE_CASES)
    def discard(self, case_id: str) -> CaseSheet:
        """Give up a draft that was never accepted; it stays on record as withdrawn."""
        with self.store.write() as uow:
            case = self._case(uow, case_id, Action.WITHDRAW)
            if case.status is not Status.DRAFT or case.number:
                require_done("只有未受理的草稿能放弃", "申请人不办的，走撤回申请")
            return self._end(uow, case, Action.WITHDRAW, Status.WITHDRAWN, "case.discard",
                             "放弃草稿")

    def _end(
        self, uow: UnitOfWork, case: Case, action: Action, status: Status, act: str, reason: str,
        clauses: tuple[str, ...] = (),
    ) -> CaseSheet:
        decision = Decision(action, self.by.login, self.clock.now(), reason, clauses)
        forget_typing(uow, case.id)
        ended = replace(case, status=status, decisions=(*case.decisions, decision))
        return self._keep(uow, ended, act, {
            "procedure": case.procedure, "clauses": list(clauses),
            "reason": self._digest(uow, {"reason": reason}),
        })

    @needs(Permission.HANDLE_CASES)
    def correct(
        self, case_id: str, changes: Mapping[str, str], reason: str, *, version: int | None = None
    ) -> CaseSheet:
        """Correct an accepted case before it is decided, with the reason kept.

        What the rules read or the signed sheet names is not corrected here: it goes back to the
        counter and is asked and signed anew. A review made before is void.
        """
        why = need_reason(reason, "更正")
        with self.store.write() as uow:
            case = self._case(uow, case_id, Action.CORRECT, version)
            if not case.status.is_open:
                require_done("已登记的件不在这里更正", "在登记页更正登记事项")
            taken = self._corrections(changes, consented_to(case))
            changed = {k: v for k, v in taken.items() if case.answers.get(k, "") != v}
            if not changed:
                return self.sheets.make(uow, case)
            answers = {k: v for k, v in {**case.answers, **changed}.items() if v}
            lacking = set(missing_fields(
                self.sheets.procedure(case), answers, self.sheets.judge(case), case.law_day
            )) & set(changed)
            if lacking:
                raise InputError("必填的内容不能更正为空", "填写更正后的内容", field=lacking.pop())
            decision = Decision(Action.CORRECT, self.by.login, self.clock.now(), why)
            kept = replace(
                case, answers=answers, status=Status.ACCEPTED,
                decisions=(*case.decisions, decision),
                overrides=tuple(
                    o for o in case.overrides if not outdated(o.alert, frozenset(changed))
                ),
            )
            return self._keep(uow, kept, "case.correct", {
                "fields": sorted(changed), "values": self._digest(uow, changed),
                "before": self._digest(uow, {k: case.answers.get(k, "") for k in changed}),
                "reason": self._digest(uow, {"reason": why}),
            })

    def _corrections(
        self, changes: Mapping[str, str], signed: frozenset[str]
    ) -> dict[str, str]:
        taken = {}
        for field_id, text in changes.items():
            if field_id in FACTS or field_id in signed:
                raise InputError("这一项关系到条件或自愿确认", "由审批台退回更改", field=field_id)
            taken[field_id] = words.resolve_id(field_id, text, self.book, self.clock.today())
        return taken

    @needs(Permission.HANDLE_CASES)
    def archive(self, case_id: str) -> CaseSheet:
        """Put a finished case away (归档)."""
        with self.store.write() as uow:
            case = self._case(uow, case_id, Action.ARCHIVE)
            return self._keep(uow, replace(case, status=Status.ARCHIVED), "case.archive", {})


def unmet_clauses(assessment: Assessment) -> tuple[str, ...]:
    """The clauses behind everything that is not met, each once."""
    return tuple(dict.fromkeys(
        cite.ref
        for finding in assessment.findings if finding.verdict is Verdict.UNMET
        for cite in finding.cites
    ))
