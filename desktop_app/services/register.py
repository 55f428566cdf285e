"""The register (户籍登记): enter a decided case, look a person up, put right what is wrong."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from desktop_app.domain import citizen_id, fields
from desktop_app.domain.case import Action, Case, Status
from desktop_app.domain.errors import Conflict, InputError, NotAllowed
from desktop_app.domain.people import HEAD, Household, HouseholdKind, Membership, Person, age_on
from desktop_app.domain.staff import Permission
from desktop_app.services import answers as words
from desktop_app.services.case_facts import with_derived
from desktop_app.services.casework import Casework, new_id
from desktop_app.services.papers_void import reopen, void_papers
from desktop_app.services.permits import needs
from desktop_app.services.ports import UnitOfWork
from desktop_app.services.register_plan import (
    NOT_OF_PERSON,
    Plan,
    Planner,
    collective_key,
    left_behind,
    relations_to,
)
from desktop_app.services.sheets import RegisterSheet, Touched
from desktop_app.services.words import need_reason

#: Key of ``Person.details`` under which corrections are kept: a JSON list of what it was before.
CORRECTIONS = "corrections"
#: Below this age a look at the record needs a reason (PIPL 31).
CHILD = 14
_HOUSEHOLD_DIGITS = 9
_IDENTITY = ("citizen_id", "name", "sex", "ethnicity", "birth_date")


class Register(Casework):
    """The acts on the register, for one operator."""

    @needs(Permission.REGISTER)
    def preview(
        self, case_id: str, *, new_head: str = "", relations: Mapping[str, str] | None = None
    ) -> RegisterSheet:
        """What ``enter`` would write, without writing; a new household has the number 待编."""
        with self.store.read() as uow:
            case = self._case(uow, case_id, Action.REGISTER)
            plan = self._plan(uow, case, "待编", new_head, relations)
            found, count = ((), 0) if plan.new_household else self._members(
                uow, plan.household
            )
            return RegisterSheet(
                plan.person, plan.household, (*found, (plan.stay, plan.person)), count + 1,
                (plan.stay,),
            )

    def _members(
        self, uow: UnitOfWork, household: Household
    ) -> tuple[tuple[tuple[Membership, Person], ...], int]:
        """A family with its number; of a collective household the number only."""
        today = self.clock.today()
        if household.kind is HouseholdKind.COLLECTIVE:
            return (), uow.people.count_on(household.id, today)
        members = uow.people.members_on(household.id, today)
        return members, len(members)

    def _plan(
        self, uow: UnitOfWork, case: Case, number: str, new_head: str,
        relations: Mapping[str, str] | None,
    ) -> Plan:
        planner = Planner(uow, self.book, self.station, self.clock.today())
        return planner.plan(
            case, self.sheets.procedure(case), ids=(new_id(), new_id(), new_id()),
            household_number=number, new_head=new_head, relations=self._relations(relations),
        )

    def _relations(self, typed: Mapping[str, str] | None) -> dict[str, str]:
        today = self.clock.today()
        taken = {
            person_id: words.resolve_id("household.relation", text, self.book, today)
            for person_id, text in (typed or {}).items()
        }
        if {HEAD, ""} & set(taken.values()):
            raise InputError("户主只有一名", "另写一项与户主的关系", field="household.relation")
        return taken

    @needs(Permission.REGISTER)
    def heirs(self, case_id: str) -> tuple[Person, ...]:
        """Who can become head when ``enter`` takes a head away; empty when none is needed."""
        with self.store.read() as uow:
            case = self._case(uow, case_id, Action.REGISTER)
            person = uow.people.by_citizen_id(case.answers["applicant.citizen_id"])
            today = self.clock.today()
            stays = uow.people.stays_of(person.id) if person else ()
            leaving = next((stay for stay in stays if stay.on(today)), None)
            found = left_behind(uow, leaving, today) if leaving else []
            return tuple(person for _, person in found)

    @needs(Permission.REGISTER)
    def enter(
        self, case_id: str, *, new_head: str = "", relations: Mapping[str, str] | None = None,
        version: int | None = None,
    ) -> RegisterSheet:
        """Write an approved case into the register and end the stay it replaces.

        When the head of a family household leaves, ``new_head`` names the person who becomes head
        and ``relations`` the others' relation to them, in codes or words (``heirs`` tells who they
        are). Raises InputError or CounterError as ``register_plan`` tells; then nothing is written.
        """
        with self.store.write() as uow:
            case = self._case(uow, case_id, Action.REGISTER, version)
            plan = self._plan(uow, case, self._free_number(uow), new_head, relations)
            self._write(uow, case, plan)
            registered = replace(case, status=Status.REGISTERED, person_id=plan.person.id)
            uow.cases.save(replace(registered, touched_at=self.clock.now()))
            self._note(uow, "case.register", case.id, {
                "number": case.number, "procedure": case.procedure, "act": plan.act,
                "person": plan.person.id, "household": plan.household.id,
                "new_household": plan.new_household, "reason": plan.stay.reason,
                "scope": plan.stay.scope, "urbanisation_reason": plan.stay.urbanisation_reason,
                "whole_family": plan.stay.whole_family, "policy": self.book.digest,
                "values": self._digest(uow, case.answers),
            })
            sheet = self._sheet(uow, plan.person.id, case.id)
            uow.commit()
        return sheet

    def _free_number(self, uow: UnitOfWork) -> str:
        while True:
            number = f"{uow.next_number('household'):0{_HOUSEHOLD_DIGITS}d}"
            if uow.people.household_by_number(number) is None:
                return number

    def _write(self, uow: UnitOfWork, case: Case, plan: Plan) -> None:
        people = uow.people
        if plan.new_person:
            people.add_person(plan.person)
        else:
            people.save_person(plan.person)
        if plan.new_household:
            people.add_household(plan.household)
            if plan.household.kind is HouseholdKind.COLLECTIVE:
                uow.settings.put(collective_key(case, self.station), plan.household.number)
        if plan.ended is not None:
            people.save_stay(plan.ended)
            self._close_if_empty(uow, plan.ended.household_id)
        for stay in plan.relabelled:
            people.save_stay(stay)
        people.add_stay(plan.stay)

    def _close_if_empty(self, uow: UnitOfWork, household_id: str) -> None:
        today = self.clock.today()
        household = uow.people.household(household_id)
        family = household.kind is HouseholdKind.FAMILY
        if family and not uow.people.members_on(household_id, today):
            uow.people.save_household(replace(household, closed=today))

    def _sheet(self, uow: UnitOfWork, person_id: str, case_id: str = "") -> RegisterSheet:
        person = uow.people.person(person_id)
        stays = uow.people.stays_of(person_id)
        today = self.clock.today()
        current = next((stay for stay in stays if stay.on(today)), None)
        household = uow.people.household(current.household_id) if current else None
        members, count = self._members(uow, household) if household else ((), 0)
        if current is not None and not members:
            members = ((current, person),)
        touched = Touched(
            cases=frozenset({case_id} - {""}), persons=frozenset({person_id})
        ) if case_id else Touched()
        return RegisterSheet(person, household, members, count, stays, touched)

    @needs(Permission.SEARCH)
    def person(self, person_id: str, reason: str = "") -> RegisterSheet:
        """A person with household and stays; the look is journalled.

        Under 14 the reason is asked for (PIPL 31): InputError without one.
        """
        with self.store.write() as uow:
            person = uow.people.person(person_id)
            why = reason.strip()
            if age_on(person.birth_date, self.clock.today()) < CHILD:
                why = need_reason(reason, "查看不满 14 周岁的人")
            self._note(uow, "person.view", person_id, {
                "reason": self._digest(uow, {"reason": why}) if why else "",
            })
            sheet = self._sheet(uow, person_id)
            uow.commit()
        return sheet

    @needs(Permission.DECIDE)
    def correct(
        self, person_id: str, changes: Mapping[str, str], reason: str, *,
        version: int | None = None,
    ) -> RegisterSheet:
        """Correct registered items (更正); what stood there before is kept with the record.

        ``changes`` maps ``applicant.*`` field ids, or their tails, to typed words; sex and birth
        date follow a corrected number where they agreed with the one before. Papers that showed
        the old items are void from now on and the present case waits for new ones (R38).
        """
        why = need_reason(reason, "更正")
        with self.store.write() as uow:
            person = uow.people.person(person_id)
            if version is not None and version != person.version:
                raise Conflict("登记已被另一窗口改过", "重新打开登记表，核对后再改")
            changed = self._changed(person, changes)
            if not changed:
                return self._sheet(uow, person_id)
            uow.people.save_person(self._corrected(person, changed, why))
            voided = self._void_papers(uow, person_id, why)
            self._note(uow, "person.correct", person_id, {
                "fields": sorted(f"applicant.{key}" for key in changed),
                "values": self._digest(uow, changed), "papers": voided,
                "reason": self._digest(uow, {"reason": why}),
            })
            sheet = self._sheet(uow, person_id)
            uow.commit()
        return replace(sheet, touched=Touched(
            persons=frozenset({person_id}), papers=frozenset(voided)
        ))

    def _changed(self, person: Person, changes: Mapping[str, str]) -> dict[str, str]:
        taken: dict[str, str] = {}
        for key, text in changes.items():
            tail = key.removeprefix("applicant.")
            field = fields.FIELDS.get(f"applicant.{tail}")
            if field is None or tail in NOT_OF_PERSON:
                label = tail if field is None else field.label
                raise InputError(f"登记簿没有 {label} 这一项", "核对项目编号", field=key)
            value = words.resolve(field, text, self.book, self.clock.today())
            if not value and tail in _IDENTITY:
                raise InputError(f"{field.label}不能更正为空", "填写更正后的内容", field=field.id)
            taken[field.id] = value
        before = {f"applicant.{tail}": item(person, tail) for tail in _IDENTITY}
        wanted = {
            key.removeprefix("applicant."): value
            for key, value in with_derived(before, taken).items()
        }
        changed = {tail: value for tail, value in wanted.items() if value != item(person, tail)}
        _require_agreement(person, changed, self.clock.today())
        return changed

    def _corrected(self, person: Person, changed: Mapping[str, str], reason: str) -> Person:
        kept = json.loads(person.details.get(CORRECTIONS, "[]"))
        kept.extend(
            {
                "item": key, "before": item(person, key), "after": value, "reason": reason,
                "by": self.by.name, "date": self.clock.today().isoformat(),
            }
            for key, value in changed.items()
        )
        details = {**person.details, CORRECTIONS: json.dumps(kept, ensure_ascii=False)}
        details |= {key: value for key, value in changed.items() if key not in _IDENTITY}
        identity = {key: value for key, value in changed.items() if key in _IDENTITY}
        return replace(
            person,
            citizen_id=identity.get("citizen_id", person.citizen_id),
            name=identity.get("name", person.name),
            sex=identity.get("sex", person.sex),
            ethnicity=identity.get("ethnicity", person.ethnicity),
            birth_date=date.fromisoformat(
                identity.get("birth_date", person.birth_date.isoformat())
            ),
            details={key: value for key, value in details.items() if value},
        )

    def _void_papers(self, uow: UnitOfWork, person_id: str, reason: str) -> list[str]:
        voided: list[str] = []
        today, now = self.clock.today(), self.clock.now()
        for stay in uow.people.stays_of(person_id):
            if not stay.case_id:
                continue
            case = uow.cases.get(stay.case_id)
            procedure = self.sheets.procedure(case)
            forms = (*procedure.papers_at("registration"), *procedure.papers_at("on_request"))
            voided.extend(void_papers(uow, case, forms, f"更正：{reason}"))
            if stay.on(today):
                reopen(uow, case.id, now)
        return voided

    @needs(Permission.DECIDE)
    def set_head(
        self, household_id: str, person_id: str, reason: str,
        relations: Mapping[str, str] | None = None,
    ) -> RegisterSheet:
        """Make a member the head (户主) of a family household; the same head writes nothing."""
        why = need_reason(reason, "变更户主")
        with self.store.write() as uow:
            household = uow.people.household(household_id)
            if household.kind is not HouseholdKind.FAMILY:
                raise NotAllowed("集体户不设户主", "核对户别")
            stays = [stay for stay, _ in uow.people.members_on(household_id, self.clock.today())]
            if person_id not in {stay.person_id for stay in stays}:
                raise InputError("新户主不在这一户", "从户内成员中选", field="new_head")
            if _head(stays) == person_id:
                return self._sheet(uow, person_id)
            for stay in relations_to(stays, person_id, self._relations(relations)):
                uow.people.save_stay(stay)
            self._note(uow, "household.head", household_id, {
                "person": person_id, "reason": self._digest(uow, {"reason": why}),
            })
            sheet = self._sheet(uow, person_id)
            uow.commit()
        everyone = frozenset(stay.person_id for stay in stays)
        return replace(sheet, touched=Touched(persons=everyone))


def item(person: Person, tail: str) -> str:
    """One registered item of a person as canonical text."""
    if tail in _IDENTITY:
        value = getattr(person, tail)
        return value.isoformat() if isinstance(value, date) else str(value)
    return person.details.get(tail, "")


def _require_agreement(person: Person, changed: Mapping[str, str], today: date) -> None:
    """Raise InputError where the corrected number and birth date would not agree (GB 11643)."""
    if not {"citizen_id", "birth_date"} & changed.keys():
        return
    number = citizen_id.parse(changed.get("citizen_id", person.citizen_id)).birth_date
    born = date.fromisoformat(changed.get("birth_date", person.birth_date.isoformat()))
    if born != number:
        raise InputError(
            f"出生日期与身份号码不一致：号码为 {number.isoformat()}", "两项一并更正",
            field="applicant.birth_date",
        )
    if born > today:
        raise InputError(
            "出生日期在今天之后", "对照证件核对日期", field="applicant.birth_date"
        )


def _head(stays: list[Membership]) -> str:
    return next((stay.person_id for stay in stays if stay.relation == HEAD), "")
