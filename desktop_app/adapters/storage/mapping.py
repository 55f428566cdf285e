"""Rows to frozen domain objects and back; nothing else knows both."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Mapping
from typing import Any

import msgspec

from desktop_app.adapters.storage.rows import (
    CaseRecord,
    HouseholdRecord,
    JournalRecord,
    PaperRecord,
    PersonRecord,
    StayRecord,
)
from desktop_app.domain.case import (
    Case,
    Consent,
    Decision,
    MaterialSeen,
    Override,
    Status,
    SupplementNotice,
)
from desktop_app.domain.certificate import Paper
from desktop_app.domain.fields import masked_id, masked_name
from desktop_app.domain.journal import Entry
from desktop_app.domain.people import Household, HouseholdKind, Membership, Person
from desktop_app.services.ports import CaseRow

APPLICANT_NAME = "applicant.name"
APPLICANT_NUMBER = "applicant.citizen_id"


def case_columns(case: Case) -> dict[str, Any]:
    """The columns of a case, those for lists and search included."""
    number = case.answers.get(APPLICANT_NUMBER, "")
    return {
        "id": case.id,
        "number": case.number or None,
        "procedure": case.procedure,
        "status": case.status.value,
        "law_day": case.law_day,
        "opened_by": case.opened_by,
        "opened_at": case.opened_at,
        "workstation": case.workstation,
        "answers": dict(case.answers),
        "seen": msgspec.to_builtins(dict(case.seen)),
        "consent": msgspec.to_builtins(case.consent),
        "overrides": msgspec.to_builtins(case.overrides),
        "supplement": msgspec.to_builtins(case.supplement),
        "resume_code": case.supplement.resume_code if case.supplement else None,
        "decisions": msgspec.to_builtins(case.decisions),
        "policy_digest": case.policy_digest,
        "accepted_by": case.accepted_by,
        "accepted_at": case.accepted_at,
        "due": case.due,
        "person_id": case.person_id,
        "priority": case.priority,
        "touched_at": case.touched_at or case.opened_at,
        "version": case.version,
        "waiting_since": case.accepted_at or case.opened_at,
        "applicant_name": case.answers.get(APPLICANT_NAME, ""),
        "applicant_number": number,
        "applicant_last_four": number[-4:],
        "tail": case.number[::-1] or None,
    }


def to_case(record: CaseRecord) -> Case:
    """The case of a row."""
    return Case(
        id=record.id,
        number=record.number or "",
        procedure=record.procedure,
        status=Status(record.status),
        law_day=record.law_day,
        opened_by=record.opened_by,
        opened_at=record.opened_at,
        workstation=record.workstation,
        answers=dict(record.answers),
        seen=msgspec.convert(record.seen, dict[str, MaterialSeen]),
        consent=msgspec.convert(record.consent, Consent | None),
        overrides=msgspec.convert(record.overrides, tuple[Override, ...]),
        supplement=msgspec.convert(record.supplement, SupplementNotice | None),
        decisions=msgspec.convert(record.decisions, tuple[Decision, ...]),
        policy_digest=record.policy_digest,
        accepted_by=record.accepted_by,
        accepted_at=record.accepted_at,
        due=record.due,
        person_id=record.person_id,
        priority=record.priority,
        touched_at=record.touched_at,
        version=record.version,
    )


#: What ``to_case_row`` reads, in its order: lists need no more of a case.
CASE_ROW = (
    CaseRecord.id,
    CaseRecord.number,
    CaseRecord.applicant_name,
    CaseRecord.applicant_number,
    CaseRecord.procedure,
    CaseRecord.status,
    CaseRecord.priority,
    CaseRecord.accepted_by,
    CaseRecord.touched_at,
    CaseRecord.due,
)


def to_case_row(columns: Any, *, masked: bool) -> CaseRow:
    """A line of a list; ``masked`` hides name and number, as lists must."""
    id_, number, name, citizen_id, procedure, status, priority, accepted_by, touched_at, due = (
        columns
    )
    return CaseRow(
        id=id_,
        number=number or "",
        name=masked_name(name) if masked else name,
        citizen_id=masked_id(citizen_id) if masked else citizen_id,
        procedure=procedure,
        status=Status(status),
        priority=priority,
        accepted_by=accepted_by,
        touched_at=touched_at,
        due=due,
    )


def person_columns(person: Person) -> dict[str, Any]:
    """The columns of a person."""
    return {
        "id": person.id,
        "citizen_id": person.citizen_id,
        "name": person.name,
        "sex": person.sex,
        "ethnicity": person.ethnicity,
        "birth_date": person.birth_date,
        "details": dict(person.details),
        "version": person.version,
        "last_four": person.citizen_id[-4:],
    }


def to_person(record: PersonRecord) -> Person:
    """The person of a row."""
    return Person(
        id=record.id,
        citizen_id=record.citizen_id,
        name=record.name,
        sex=record.sex,
        ethnicity=record.ethnicity,
        birth_date=record.birth_date,
        details=dict(record.details),
        version=record.version,
    )


def household_columns(household: Household) -> dict[str, Any]:
    """The columns of a household."""
    return {**_fields(household), "kind": household.kind.value}


def to_household(record: HouseholdRecord) -> Household:
    """The household of a row."""
    return Household(
        **{name: getattr(record, name) for name in _HOUSEHOLD},
        kind=HouseholdKind(record.kind),
    )


def stay_columns(stay: Membership) -> dict[str, Any]:
    """The columns of a stay."""
    return _fields(stay)


def to_stay(record: StayRecord) -> Membership:
    """The stay of a row."""
    return Membership(**{name: getattr(record, name) for name in _STAY})


def paper_columns(paper: Paper) -> dict[str, Any]:
    """The columns of a paper."""
    return _fields(paper)


def to_paper(record: PaperRecord) -> Paper:
    """The paper of a row."""
    return Paper(**{name: getattr(record, name) for name in _PAPER})


def entry_columns(entry: Entry) -> dict[str, Any]:
    """The columns of a journal entry; its detail as canonical JSON."""
    return {**_fields(entry), "detail": _detail(entry.detail)}


def to_entry(record: JournalRecord) -> Entry:
    """The entry of a row."""
    return Entry(
        seq=record.seq,
        at=record.at,
        who=record.who,
        action=record.action,
        subject=record.subject,
        detail=json.loads(record.detail),
        previous=record.previous,
        digest=record.digest,
    )


def _detail(detail: Mapping[str, object]) -> str:
    return json.dumps(dict(detail), ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def _names(kind: Any) -> tuple[str, ...]:
    return tuple(member.name for member in dataclasses.fields(kind))


def _fields(thing: Any) -> dict[str, Any]:
    return {name: getattr(thing, name) for name in _names(type(thing))}


_HOUSEHOLD = tuple(name for name in _names(Household) if name != "kind")
_STAY = _names(Membership)
_PAPER = _names(Paper)
