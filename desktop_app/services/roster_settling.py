"""A batch after it was taken: decided at once, registered at once, told to the school."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from desktop_app.domain.batch import Batch, BatchKind, BatchRow, Reconciliation
from desktop_app.domain.case import Action, Case, Decision, Status, allowed_actions
from desktop_app.domain.errors import InputError
from desktop_app.domain.people import Household, Membership, Person
from desktop_app.domain.rules import Assessment, Outcome, Verdict
from desktop_app.domain.staff import Permission
from desktop_app.services.bulk import without_collecting
from desktop_app.services.case_facts import is_full
from desktop_app.services.case_sheets import require_done, unmet
from desktop_app.services.casework import new_id
from desktop_app.services.permits import needs
from desktop_app.services.ports import UnitOfWork
from desktop_app.services.register_plan import (
    IN_CITY,
    Planner,
    brought_up,
    collective_key,
    effective_act,
    known_as,
    new_person,
)
from desktop_app.services.roster_batches import BatchWork
from desktop_app.services.roster_sheets import BatchSheet
from desktop_app.services.words import listing

_OPEN = frozenset({Outcome.ELIGIBLE, Outcome.NEEDS_SUPERVISOR})
_HOUSEHOLD_DIGITS = 9
Left = list[tuple[str, str]]


@dataclass(frozen=True)
class _Settled:
    """One student entered into the register, with the stay it ends, if any."""

    case: Case
    person: Person
    new_person: bool
    stay: Membership
    ended: Membership | None
    act: str
    changed: bool


class Settling(BatchWork):
    """Decision, registration and reconciliation of whole batches."""

    verify: Callable[[str], bool]

    @needs(Permission.HANDLE_CASES)
    def batches(self, school: str = "") -> tuple[Batch, ...]:
        """The rosters of a school (or of all), newest first."""
        with self.store.read() as uow:
            return tuple(b for b in uow.batches.all(school) if b.kind is BatchKind.ROSTER)

    @needs(Permission.HANDLE_CASES)
    def batch(self, batch_id: str) -> BatchSheet:
        """A batch as it stands. Raises Missing."""
        with self.store.read() as uow:
            return self._sheet(uow, uow.batches.get(batch_id))

    @needs(Permission.HANDLE_CASES)
    def batch_of(self, file_sha256: str, sheet: str) -> Batch | None:
        """The newest batch that was taken from that sheet of that very file and stands."""
        found = (b for b in self.batches() if (b.file_sha256, b.sheet) == (file_sha256, sheet))
        return next((batch for batch in found if batch.undone_at is None), None)

    @needs(Permission.HANDLE_CASES)
    def rows(self, batch_id: str) -> tuple[BatchRow, ...]:
        """Every row of the file as it was taken or left."""
        with self.store.read() as uow:
            return uow.batches.rows(batch_id)

    @needs(Permission.DECIDE)
    def decide(self, batch_id: str, password: str) -> BatchSheet:
        """Approve every accepted case of a batch; the rules are asked again inside.

        A case that the rules or the register no longer let through stays as it is and is named in
        ``left``. Raises InputError for a wrong password, NotAllowed for who took the batch.
        """
        if not self.verify(password):
            raise InputError("口令不对", "再录一次口令", field="password")
        with without_collecting(), self.store.write() as uow:
            batch = uow.batches.get(batch_id)
            require_done(self._sheet(uow, batch).decide_lacks, "由没有受理本批的人决定")
            left: Left = []
            judged = self._judged(uow, batch, left)
            now = self.clock.now()
            approved = [
                replace(case, status=Status.APPROVED, touched_at=now, decisions=(
                    *case.decisions, Decision(Action.APPROVE, self.by.login, now, "", clauses)
                ))
                for case, _, clauses in judged
            ]
            uow.batches.save_cases(approved)
            told = {"workstation": self.station.workstation, "batch": batch_id}
            uow.journal.append_many(at=now, who=self.by.login, acts=[
                ("roster.approve", batch_id, {**told, "approved": len(approved),
                                              "left": len(left), "policy": self.book.digest}),
                *(("case.approve", case.id, {
                    **told, "number": case.number, "procedure": case.procedure,
                    "outcome": assessment.outcome.value, "law_day": case.law_day.isoformat(),
                    "policy": self.book.digest, "clauses": list(clauses), "reason": "",
                    "overrides": [o.alert for o in case.overrides],
                    "one_person": case.accepted_by == self.by.login,
                }) for case, assessment, clauses in judged),
            ])
            sheet = self._sheet(uow, batch, touched=approved, left=left)
            uow.commit()
        return sheet

    def _judged(
        self, uow: UnitOfWork, batch: Batch, left: Left
    ) -> list[tuple[Case, Assessment, tuple[str, ...]]]:
        """The cases that may be approved; the others go to ``left`` with the reason."""
        cases = [c for c in uow.batches.cases(batch.id) if c.status is Status.ACCEPTED]
        staying = uow.batches.open_stays([case.person_id for case in cases])
        memory: dict[object, tuple[Assessment, tuple[str, ...]]] = {}
        found = []
        for case in cases:
            key = (case.law_day, case.consent is not None and is_full(case.consent),
                   *(value for fact, value in sorted(case.answers.items())
                     if fact in _JUDGED_BY))
            if key not in memory:
                memory[key] = self._judge(case)
            assessment, clauses = memory[key]
            reason = self._undecidable(case, assessment, staying)
            if reason:
                left.append((case.id, reason))
            else:
                found.append((case, assessment, clauses))
        return found

    def _judge(self, case: Case) -> tuple[Assessment, tuple[str, ...]]:
        assessment = self.sheets.judge(case)
        cites = [cite.ref for cite in self.sheets.procedure(case).cites]
        for finding in assessment.findings:
            if finding.verdict is Verdict.MET:
                cites += [cite.ref for cite in finding.cites]
        return assessment, tuple(dict.fromkeys(cites))

    def _undecidable(
        self, case: Case, assessment: Assessment, staying: Mapping[str, Membership]
    ) -> str:
        chain = self.sheets.procedure(case).chain
        if Action.APPROVE not in allowed_actions(case.status, chain):
            return "要先逐件审核"
        if assessment.outcome not in _OPEN:
            why = unmet(assessment)
            return f"不符合：{listing(why, 2)}" if why else "条件还没有查清"
        procedure = self.sheets.procedure(case)
        moves = effective_act(procedure, case.answers, self.book) == IN_CITY
        return "" if moves or case.person_id not in staying else "此号码已在本所登记"

    @needs(Permission.REGISTER)
    def enter(self, batch_id: str) -> BatchSheet:
        """Register every approved case in the school's collective household, in one act.

        The household is opened when the school has none. Who cannot be registered (an item the
        register needs is missing, or another stay is open) is named in ``left``.
        """
        with without_collecting(), self.store.write() as uow:
            batch = uow.batches.get(batch_id)
            require_done(self._sheet(uow, batch).enter_lacks, "批准后再登记")
            left: Left = []
            planner = Planner(uow, self.book, self.station, self.clock.today())
            cases = [c for c in uow.batches.cases(batch_id) if c.status is Status.APPROVED]
            household, opened = self._household(uow, planner, cases[0])
            settled = self._settled(uow, planner, cases, household, left)
            now = self.clock.now()
            registered = [
                replace(one.case, status=Status.REGISTERED, person_id=one.person.id,
                        touched_at=now)
                for one in settled
            ]
            uow.batches.save_stays([one.ended for one in settled if one.ended is not None])
            uow.batches.add_persons([one.person for one in settled if one.new_person])
            for one in settled:
                if one.changed and not one.new_person:  # corrected since the roster was taken
                    uow.people.save_person(one.person)
            uow.batches.add_stays([one.stay for one in settled])
            uow.batches.save_cases(registered)
            told = {"workstation": self.station.workstation, "batch": batch_id,
                    "household": household.id, "policy": self.book.digest}
            uow.journal.append_many(at=now, who=self.by.login, acts=[
                ("roster.register", batch_id, {**told, "registered": len(settled),
                                               "left": len(left), "new_household": opened}),
                *(("case.register", one.case.id, {
                    **told, "number": one.case.number, "procedure": one.case.procedure,
                    "act": one.act, "person": one.person.id, "new_household": False,
                    "reason": one.stay.reason, "scope": one.stay.scope,
                    "urbanisation_reason": one.stay.urbanisation_reason,
                    "whole_family": one.stay.whole_family,
                    "values": self._digest(uow, one.case.answers),
                }) for one in settled),
            ])
            sheet = self._sheet(uow, batch, touched=registered, left=left)
            uow.commit()
        return sheet

    def _household(
        self, uow: UnitOfWork, planner: Planner, case: Case
    ) -> tuple[Household, bool]:
        found = planner.collective(case)
        if found is not None:
            return found, False
        number = f"{uow.next_number('household'):0{_HOUSEHOLD_DIGITS}d}"
        while uow.people.household_by_number(number) is not None:
            number = f"{uow.next_number('household'):0{_HOUSEHOLD_DIGITS}d}"
        made = planner.new_household(case, self.sheets.procedure(case), new_id(), number)
        uow.people.add_household(made)
        uow.settings.put(collective_key(case, self.station), made.number)
        return made, True

    def _settled(
        self, uow: UnitOfWork, planner: Planner, cases: Sequence[Case], household: Household,
        left: Left,
    ) -> list[_Settled]:
        known = uow.batches.persons([case.answers["applicant.citizen_id"] for case in cases])
        staying = uow.batches.open_stays([person.id for person in known.values()])
        found = []
        for case in cases:
            person = known.get(case.answers["applicant.citizen_id"])
            current = staying.get(person.id) if person is not None else None
            procedure = self.sheets.procedure(case)
            act = effective_act(procedure, case.answers, self.book)
            reason = _unregistrable(case, current, act)
            if reason:
                left.append((case.id, reason))
                continue
            person = person or known_as(uow, case)
            settler = brought_up(uow, person, case) if person else new_person(new_id(), case)
            stay = planner.stay(case, procedure, settler, household, new_id(), act, current)
            ended = None if current is None else current.ended(
                planner.on, stay.reason, household.address
            )
            found.append(_Settled(
                case, settler, person is None, stay, ended, act, changed=settler != person
            ))
        return found

    @needs(Permission.HANDLE_CASES)
    def reconcile(self, batch_id: str) -> Reconciliation:
        """What happened to everybody the school sent (新生落户核对单); it always balances."""
        with self.store.read() as uow:
            return self._told(uow, uow.batches.get(batch_id))


#: The answers that the rules of this way read, and that can differ within a batch.
_JUDGED_BY = frozenset({
    "applicant.hukou_region", "applicant.hukou_kind", "applicant.origin_code", "school.code",
    "student.newly_admitted", "school.regular_higher_education", "school.in_dalian",
    "school.enrolment_qualified", "station.serves_school",
})


def _unregistrable(case: Case, current: Membership | None, act: str) -> str:
    if not case.answers.get("applicant.ethnicity"):
        return "没有民族，补录后再登记"
    if current is not None and act != IN_CITY:
        return "此号码已在本所登记"
    return ""
