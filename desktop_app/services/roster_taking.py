"""Taking a roster: accepted cases for all who chose to move, in one durable act, or taken back."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from desktop_app.domain.batch import KNOWN, Batch, BatchKind, BatchRow, Reconciliation
from desktop_app.domain.case import Action, Case, Consent, Decision, MaterialSeen, Status
from desktop_app.domain.errors import InputError, NotAllowed
from desktop_app.domain.people import Person
from desktop_app.domain.procedure import Procedure
from desktop_app.domain.roster import ALREADY, CheckedRow, Level
from desktop_app.domain.rules import Assessment, Outcome, assess
from desktop_app.domain.staff import Permission
from desktop_app.services.bulk import without_collecting
from desktop_app.services.case_facts import SELF, facts_of
from desktop_app.services.case_sheets import require_done, unmet
from desktop_app.services.casework import new_id
from desktop_app.services.keeping import require_room
from desktop_app.services.permits import needs
from desktop_app.services.ports import UnitOfWork
from desktop_app.services.register_plan import known_person, new_person
from desktop_app.services.roster_batches import PROCEDURE, BatchWork
from desktop_app.services.roster_checking import Checking, remember
from desktop_app.services.roster_sheets import BatchSheet, Received, RosterCheck
from desktop_app.services.schools import own_school
from desktop_app.services.words import listing, need_reason

_ROSTER = "admission_roster"
_TAKEN_BEFORE = "已登记或正在办理"
_IN_HAND = Received()
#: What a school's place in the station's profile says of its freshers; the profile lists only
#: institutions whose students the station settles (docs/decisions/0008).
_BY_PROFILE: Mapping[str, str] = {
    "student.newly_admitted": "true",
    "school.regular_higher_education": "true",
    "school.in_dalian": "true",
    "school.enrolment_qualified": "true",
}
Act = tuple[str, str, Mapping[str, object]]
Tell = Callable[[int], None]


@dataclass(frozen=True)
class _Taken:
    """One student who is taken: the row, the case, and the person, new or known."""

    row: CheckedRow
    case: Case
    person: Person
    known: bool


class Taking(Checking, BatchWork):
    """From a checked roster to accepted cases."""

    @needs(Permission.HANDLE_CASES)
    def take(
        self, check: RosterCheck, received: Received = _IN_HAND, *, progress: Tell | None = None
    ) -> BatchSheet:
        """Accept every row that can be taken; all of it becomes durable at once, or nothing.

        A row whose number was registered or taken meanwhile is left out and told. Raises
        NotAllowed when the signed list was not received or the law does not let freshers in,
        InputError (field ``already_registered``) when nothing is left to take, Unavailable when
        the disk is nearly full. ``progress`` is told how many cases are ready.
        """
        require_room(self.store)
        if not received.signed_list:
            raise NotAllowed("没有收到学生逐人签名的自愿表", "收到签名表后再受理，严防“被落户”")
        own_school(self.station, self.book, check.school, self.clock.today())
        with without_collecting(), self.store.write() as uow:
            batch = self._new_batch(check)
            taken, rows = self._rows(uow, check, batch, received, progress)
            if not taken:
                raise InputError("没有可以受理的新生", "已受理过的不会重复受理；改正后再导入",
                                 field=ALREADY)
            numbered = self._numbered(uow, taken)
            uow.batches.add_persons([one.person for one in numbered if not one.known])
            uow.batches.save_persons([one.person for one in numbered if one.known])
            uow.batches.add_cases([one.case for one in numbered])
            uow.batches.add(batch, rows)
            remember(uow, check)
            uow.journal.append_many(at=batch.at, who=self.by.login, acts=self._acts(
                uow, check, batch, numbered, received
            ))
            sheet = self._sheet(uow, batch, touched=[one.case for one in numbered])
            uow.commit()
        return sheet

    def _new_batch(self, check: RosterCheck) -> Batch:
        today = self.clock.today()
        return Batch(
            id=new_id(), kind=BatchKind.ROSTER, school=check.school,
            school_name=check.school_name, file=check.file, file_sha256=check.sha256,
            sheet=check.sheet, sent=len(check.rows), by=self.by.login, at=self.clock.now(),
            year=today.year,
        )

    def _rows(
        self, uow: UnitOfWork, check: RosterCheck, batch: Batch, received: Received,
        progress: Tell | None,
    ) -> tuple[list[_Taken], list[BatchRow]]:
        """Who is taken, and every row as it is kept."""
        good = [row for row in check.rows if row.good]
        numbers = [row.answers["applicant.citizen_id"] for row in good]
        before = uow.batches.registered(numbers) | uow.batches.taken_from(check.sha256)
        known = uow.batches.persons(numbers)
        maker = _Maker(self, check, batch, received)
        taken: list[_Taken] = []
        rows: list[BatchRow] = []
        for position, row in enumerate(check.rows):
            number = row.answers.get("applicant.citizen_id", "")
            if row.good and number not in before:
                one = maker.taken(row, known.get(number))
                taken.append(one)
                rows.append(_kept(batch, position, row, one))
                if progress is not None and len(taken) % 500 == 0:
                    progress(len(taken))
            else:
                late = _TAKEN_BEFORE if row.good else ""
                rows.append(_kept(batch, position, row, None, late))
        return taken, rows

    def _numbered(self, uow: UnitOfWork, taken: Sequence[_Taken]) -> list[_Taken]:
        today = self.clock.today()
        first = uow.batches.reserve(f"case-{today:%y%m%d}", len(taken))
        prefix = f"DL-{self.station.code}-{today:%y%m%d}"
        return [
            replace(one, case=replace(one.case, number=f"{prefix}-{first + place:04d}"))
            for place, one in enumerate(taken)
        ]

    def _acts(
        self, uow: UnitOfWork, check: RosterCheck, batch: Batch, taken: Sequence[_Taken],
        received: Received,
    ) -> Iterator[Act]:
        """The batch first, then each case with the same words as one taken at the counter."""
        at = {"workstation": self.station.workstation}
        yield "roster.take", batch.id, {
            **at, "school": batch.school, "file": batch.file_sha256, "sent": batch.sent,
            "taken": len(taken), "first": taken[0].case.number, "last": taken[-1].case.number,
            "corrected": len(check.corrected), "signed_list": received.signed_list,
            "documents": received.documents, "consents": len(taken), "policy": self.book.digest,
        }
        for one in taken:
            case = one.case
            yield "case.submit", case.id, {
                **at, "number": case.number, "procedure": case.procedure,
                "law_day": case.law_day.isoformat(), "policy": case.policy_digest,
                "due": case.due.isoformat() if case.due else "",
                "applicant": uow.journal.keyed_digest(case.answers["applicant.citizen_id"]),
                "values": self._digest(uow, case.answers),
                "overrides": [override.alert for override in case.overrides],
                "priority": case.priority, "batch": batch.id,
            }

    @needs(Permission.HANDLE_CASES)
    def reconcile_check(self, check: RosterCheck) -> Reconciliation:
        """The reconciliation of a file that has nobody left to take."""
        batch = self._new_batch(check)
        rows = [_kept(batch, place, row, None) for place, row in enumerate(check.rows)]
        with self.store.read() as uow:
            return self._told(uow, batch, rows)

    @needs(Permission.HANDLE_CASES)
    def undo(self, batch_id: str, reason: str) -> BatchSheet:
        """Take a whole batch back: within 24 hours, while nothing of it is printed.

        Its cases are withdrawn, what was registered is reversed (冲销), persons who were not
        known before are forgotten. Raises NotAllowed saying why it cannot be any more.
        """
        why = need_reason(reason, "整批撤回")
        with without_collecting(), self.store.write() as uow:
            batch = uow.batches.get(batch_id)
            require_done(self._undo_lacks(uow, batch), "逐件办理撤回或更正")
            now = self.clock.now()
            cases = [c for c in uow.batches.cases(batch_id) if c.status not in _ENDED]
            decision = Decision(Action.WITHDRAW, self.by.login, now, why)
            uow.batches.save_cases([
                replace(case, status=Status.WITHDRAWN, touched_at=now,
                        decisions=(*case.decisions, decision))
                for case in cases
            ])
            uow.batches.save_stays([
                # It ends on the day it began: it never held (冲销), and stays on record.
                stay.ended(stay.since, "冲销", "")
                for _, stay in uow.batches.students(batch_id) if stay.until is None
            ])
            uow.batches.drop_persons([case.person_id for case in cases])
            undone = replace(batch, undone_at=now, reason=why)
            uow.batches.save(undone)
            told = {"workstation": self.station.workstation, "batch": batch_id}
            uow.journal.append_many(at=now, who=self.by.login, acts=[
                ("roster.undo", batch_id, {
                    **told, "cases": len(cases), "reason": self._digest(uow, {"reason": why}),
                }),
                *(("case.withdraw", case.id, {**told, "procedure": case.procedure})
                  for case in cases),
            ])
            sheet = self._sheet(uow, undone, touched=cases)
            uow.commit()
        return sheet


_ENDED = frozenset({Status.NOT_ACCEPTED, Status.NOT_APPROVED, Status.WITHDRAWN})


class _Maker:
    """Makes the cases of one batch; what is the same for all is worked out once."""

    def __init__(
        self, work: Taking, check: RosterCheck, batch: Batch, received: Received
    ) -> None:
        self._work = work
        self._batch = batch
        self._today = work.clock.today()
        self._common = {**_BY_PROFILE, "school.code": check.school}
        self._procedure = work.book.procedure(PROCEDURE, self._today)
        self._due = self._due_day(self._procedure)
        self._consent = Consent(True, True, received.signed_list, SELF, batch.by, batch.at)
        self._documents = received.documents
        self._judged: dict[str, tuple[Assessment, Mapping[str, MaterialSeen]]] = {}

    def _due_day(self, procedure: Procedure) -> date | None:
        limit = procedure.time_limit.working_days
        return None if limit is None else self._work.book.add_working_days(self._today, limit)

    def taken(self, row: CheckedRow, known: Person | None) -> _Taken:
        """The accepted case of a row. Raises NotAllowed when the law does not let it in."""
        answers = {**self._common, **row.answers}
        answers = {key: value for key, value in answers.items() if value}
        seen = self._seen(answers)
        case = Case(
            id=new_id(), procedure=PROCEDURE, status=Status.ACCEPTED, law_day=self._today,
            opened_by=self._batch.by, opened_at=self._batch.at,
            workstation=self._work.station.workstation, answers=answers, seen=seen,
            consent=self._consent, policy_digest=self._work.book.digest,
            accepted_by=self._batch.by, accepted_at=self._batch.at, due=self._due,
            touched_at=self._batch.at, priority=self._procedure.priority,
        )
        answers.setdefault("applicant.ethnicity", "")
        person = known_person(known, case) if known else new_person(new_id(), case)
        return _Taken(row, replace(case, person_id=person.id), person, known is not None)

    def _seen(self, answers: Mapping[str, str]) -> Mapping[str, MaterialSeen]:
        """What was seen, judged once for each place of origin: nothing else differs."""
        region = answers.get("applicant.hukou_region", "")
        if region not in self._judged:
            facts = facts_of(
                answers, self._consent, self._work.station, self._work.book, self._today
            )
            judged = assess(
                self._procedure, facts, on=self._today, policy_digest=self._work.book.digest
            )
            if judged.outcome not in (Outcome.ELIGIBLE, Outcome.NEEDS_SUPERVISOR):
                raise NotAllowed(
                    f"不符合{self._procedure.title}：{listing(unmet(judged), 2)}",
                    "核对学校和政策后再办",
                )
            self._judged[region] = judged, {
                material.id: MaterialSeen(
                    material.id, material.kind, self._batch.by, self._batch.at
                )
                for material in self._procedure.materials_for(facts)
                if self._documents or material.id == _ROSTER
            }
        return self._judged[region][1]


def _known_before(row: CheckedRow) -> bool:
    return any(problem.code == ALREADY for problem in row.problems)


def _kept(
    batch: Batch, position: int, row: CheckedRow, taken: _Taken | None, late: str = ""
) -> BatchRow:
    cells = row.row.cells
    errors = [f"{p.column}：{p.message}" for p in row.problems if p.level is Level.ERROR]
    return BatchRow(
        batch_id=batch.id, position=position, number=row.row.number,
        lane=KNOWN if late or _known_before(row) else row.lane.value,
        name=row.answers.get("applicant.name", cells.get("name", "")),
        citizen_id=row.answers.get("applicant.citizen_id", cells.get("citizen_id", "")),
        student_number=cells.get("student_number", ""), college=cells.get("college", ""),
        major=cells.get("major", ""), class_name=cells.get("class_name", ""),
        case_id=taken.case.id if taken else "", person_id=taken.person.id if taken else "",
        reason="" if taken else late or "；".join(errors),
    )
