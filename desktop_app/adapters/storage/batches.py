"""Batches of students in tables, written many rows to a statement."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import fields, replace
from datetime import date
from typing import Any

import msgspec
from sqlalchemy import bindparam, delete, func, insert, or_, select, update

from desktop_app.adapters.storage.initials import initials
from desktop_app.adapters.storage.many import ManyRows, as_record, columns_of, parts
from desktop_app.adapters.storage.mapping import (
    case_columns,
    person_columns,
    stay_columns,
    to_case,
    to_person,
    to_stay,
)
from desktop_app.adapters.storage.rows import (
    BatchRecord,
    BatchRowRecord,
    CaseInitials,
    CaseRecord,
    PaperRecord,
    PaperValues,
    PersonInitials,
    PersonRecord,
    SeriesRecord,
    StayRecord,
)
from desktop_app.domain.batch import Batch, BatchKind, BatchRow, CaseState
from desktop_app.domain.case import Case, Status
from desktop_app.domain.errors import Missing
from desktop_app.domain.people import Membership, Person

_ENDED = (Status.NOT_ACCEPTED, Status.NOT_APPROVED, Status.WITHDRAWN)
_BATCH = tuple(field.name for field in fields(Batch) if field.name != "kind")
_ROW = tuple(field.name for field in fields(BatchRow))
_CASES_MOVED_ON = ("批次里有案件已被另一窗口改过", "重新打开批次再办")
_PERSONS_MOVED_ON = ("批次里有人的登记已被另一窗口改过", "重新打开批次再办")


class SqlBatches(ManyRows):
    """The batches of one transaction."""

    def add(self, batch: Batch, rows: Sequence[BatchRow]) -> None:
        """Keep a new batch with every row of its file."""
        self._session.execute(insert(BatchRecord), [_batch_columns(batch)])
        self._insert(BatchRowRecord, map(_row_columns, rows))

    def save(self, batch: Batch) -> None:
        """Keep a batch that was taken back."""
        changes = update(BatchRecord).where(BatchRecord.id == batch.id)
        self._session.execute(changes.values(undone_at=batch.undone_at, reason=batch.reason))

    def save_rows(self, rows: Sequence[BatchRow]) -> None:
        """Keep rows that changed."""
        changed = ("reason", "destination", "certificate", "returned")
        statement = (
            update(BatchRowRecord.__table__)  # type: ignore[arg-type]  # FromClause at run time
            .where(
                BatchRowRecord.batch_id == bindparam("b_batch"),
                BatchRowRecord.position == bindparam("b_position"),
            )
            .values({name: bindparam(f"v_{name}") for name in changed})
        )
        self._execute(statement, [
            {"b_batch": row.batch_id, "b_position": row.position,
             **{f"v_{name}": getattr(row, name) for name in changed}}
            for row in rows
        ])

    def get(self, batch_id: str) -> Batch:
        """The batch; raises Missing."""
        record = self._session.get(BatchRecord, batch_id)
        if record is None:
            raise Missing("没有这个批次", "从批次列表中选")
        return _to_batch(record)

    def all(self, school: str = "") -> tuple[Batch, ...]:
        """Batches of a school, or of every school, newest first."""
        asked = select(BatchRecord).order_by(BatchRecord.at.desc(), BatchRecord.id)
        if school:
            asked = asked.where(BatchRecord.school == school)
        return tuple(map(_to_batch, self._session.scalars(asked)))

    def rows(self, batch_id: str) -> tuple[BatchRow, ...]:
        """Its rows in the order of the file."""
        columns = [getattr(BatchRowRecord, name) for name in _ROW]
        asked = select(*columns).where(BatchRowRecord.batch_id == batch_id)
        found = self._session.execute(asked.order_by(BatchRowRecord.position))
        return tuple(BatchRow(*row) for row in found)

    def cases(self, batch_id: str) -> tuple[Case, ...]:
        """The cases of a batch in the order of the file."""
        found = self._session.execute(
            select(*columns_of(CaseRecord))
            .join(BatchRowRecord, BatchRowRecord.case_id == CaseRecord.id)
            .where(BatchRowRecord.batch_id == batch_id, BatchRowRecord.case_id != "")
            .order_by(BatchRowRecord.position)
        )
        return tuple(to_case(as_record(CaseRecord, row)) for row in found)

    def states(self, batch_id: str) -> dict[str, CaseState]:
        """The cases of a batch in short, by id."""
        found = self._session.execute(
            select(CaseRecord.id, CaseRecord.number, CaseRecord.status, CaseRecord.decisions)
            .join(BatchRowRecord, BatchRowRecord.case_id == CaseRecord.id)
            .where(BatchRowRecord.batch_id == batch_id, BatchRowRecord.case_id != "")
        )
        return {key: _state(*row) for key, *row in found}

    def states_of(self, numbers: Collection[str], procedure: str) -> dict[str, CaseState]:
        """The standing cases of these citizen numbers in one way to settle, by number."""
        found: dict[str, CaseState] = {}
        ended = [status.value for status in _ENDED]
        for some in parts(numbers):
            asked = select(
                CaseRecord.applicant_number, CaseRecord.number, CaseRecord.status,
                CaseRecord.decisions,
            ).where(
                CaseRecord.applicant_number.in_(some), CaseRecord.status.not_in(ended),
                CaseRecord.procedure == procedure,
            )
            cases = self._session.execute(asked.order_by(CaseRecord.opened_at))
            found |= {key: _state(*row) for key, *row in cases}
        return found

    def counts(self, batch_id: str) -> dict[Status, int]:
        """How many cases of a batch stand in each state."""
        found = self._session.execute(
            select(CaseRecord.status, func.count())
            .join(BatchRowRecord, BatchRowRecord.case_id == CaseRecord.id)
            .where(BatchRowRecord.batch_id == batch_id, BatchRowRecord.case_id != "")
            .group_by(CaseRecord.status)
        )
        return {Status(status): count for status, count in found}

    def printed(self, batch_id: str) -> bool:
        """Whether any paper of the batch or of one of its cases was printed and is not void."""
        cases = select(BatchRowRecord.case_id).where(BatchRowRecord.batch_id == batch_id)
        found = select(PaperRecord.id).where(
            PaperRecord.voided == "",
            or_(PaperRecord.case_id == batch_id,
                PaperRecord.case_id.in_(cases.where(BatchRowRecord.case_id != ""))),
        )
        return self._session.scalars(found.limit(1)).first() is not None

    def students(self, batch_id: str) -> tuple[tuple[Person, Membership], ...]:
        """Persons and stays that the cases of a batch made, in the order of the file."""
        found = self._session.execute(
            select(PersonRecord, StayRecord)
            .join(StayRecord, StayRecord.person_id == PersonRecord.id)
            .join(BatchRowRecord, BatchRowRecord.case_id == StayRecord.case_id)
            .where(BatchRowRecord.batch_id == batch_id, BatchRowRecord.case_id != "")
            .order_by(BatchRowRecord.position)
        )
        return tuple((to_person(person), to_stay(stay)) for person, stay in found)

    def registered(self, numbers: Collection[str]) -> frozenset[str]:
        """Which citizen numbers have an open stay here, or a case that is not ended."""
        found: set[str] = set()
        ended = [status.value for status in _ENDED]
        for some in parts(numbers):
            found.update(self._session.scalars(
                select(PersonRecord.citizen_id)
                .join(StayRecord, StayRecord.person_id == PersonRecord.id)
                .where(PersonRecord.citizen_id.in_(some), StayRecord.until.is_(None))
            ))
            open_cases = select(CaseRecord.applicant_number, CaseRecord.person_id).where(
                CaseRecord.applicant_number.in_(some), CaseRecord.status.not_in(ended)
            )
            found.update(self._still_open(self._session.execute(open_cases).all()))
        return frozenset(found)

    def _still_open(self, cases: Iterable[Any]) -> set[str]:
        """The numbers of these cases, but for persons who were settled and have left since."""
        rows = [(number, person) for number, person in cases]
        left: set[str] = set()
        for some in parts([person for _, person in rows if person]):
            stays = self._session.execute(
                select(StayRecord.person_id, StayRecord.until).where(
                    StayRecord.person_id.in_(some)
                )
            ).all()
            staying = {person for person, until in stays if until is None}
            left |= {person for person, _ in stays} - staying
        return {number for number, person in rows if person not in left}

    def taken_from(self, file_sha256: str) -> frozenset[str]:
        """The citizen numbers that were taken from that very file, unless it was taken back."""
        return frozenset(self._session.scalars(
            select(BatchRowRecord.citizen_id)
            .join(BatchRecord, BatchRecord.id == BatchRowRecord.batch_id)
            .where(
                BatchRecord.file_sha256 == file_sha256,
                BatchRecord.undone_at.is_(None),
                BatchRecord.kind == BatchKind.ROSTER.value,
                BatchRowRecord.case_id != "",
            )
        ))

    def persons(self, numbers: Collection[str]) -> dict[str, Person]:
        """The persons of these citizen numbers who are known here."""
        found: dict[str, Person] = {}
        for some in parts(numbers):
            asked = select(*columns_of(PersonRecord)).where(PersonRecord.citizen_id.in_(some))
            for row in self._session.execute(asked):
                found[row.citizen_id] = to_person(as_record(PersonRecord, row))
        return found

    def open_stays(self, person_ids: Collection[str]) -> dict[str, Membership]:
        """The open stay of each of these persons who has one."""
        found: dict[str, Membership] = {}
        for some in parts(person_ids):
            asked = select(*columns_of(StayRecord)).where(
                StayRecord.person_id.in_(some), StayRecord.until.is_(None)
            )
            for row in self._session.execute(asked):
                found[row.person_id] = to_stay(as_record(StayRecord, row))
        return found

    def members(self, household_id: str, on: date) -> tuple[tuple[BatchRow, Membership], ...]:
        """Present members of a household with the row of the roster that brought them."""
        found = self._session.execute(
            select(StayRecord, PersonRecord.name, PersonRecord.citizen_id, BatchRowRecord)
            .join(PersonRecord, PersonRecord.id == StayRecord.person_id)
            .outerjoin(
                BatchRowRecord,
                (BatchRowRecord.case_id == StayRecord.case_id) & (BatchRowRecord.case_id != ""),
            )
            .where(
                StayRecord.household_id == household_id,
                StayRecord.since <= on,
                or_(StayRecord.until.is_(None), StayRecord.until > on),
            )
            .order_by(StayRecord.since, BatchRowRecord.position, PersonRecord.citizen_id)
        )
        return tuple(
            (
                replace(
                    _to_row(row) if row is not None else _ALONE,
                    name=name, citizen_id=number, person_id=stay.person_id,
                ),
                to_stay(stay),
            )
            for stay, name, number, row in found
        )

    def add_cases(self, cases: Sequence[Case]) -> None:
        """Keep new cases."""
        rows = [case_columns(case) for case in cases]
        self._insert(CaseRecord, rows)
        self._insert(CaseInitials, (
            {"initials": way, "case_id": row["id"]}
            for row in rows for way in initials(row["applicant_name"])
        ))

    def save_cases(self, cases: Sequence[Case]) -> None:
        """Keep changed cases, each under its next version; Conflict when one moved on."""
        self._update(
            CaseRecord, [(case.version, _decided_columns(case)) for case in cases],
            _CASES_MOVED_ON,
        )

    def add_persons(self, persons: Sequence[Person]) -> None:
        """Keep new persons."""
        self._insert(PersonRecord, map(person_columns, persons))
        self._insert(PersonInitials, (
            {"initials": way, "person_id": person.id}
            for person in persons for way in initials(person.name)
        ))

    def save_persons(self, persons: Sequence[Person]) -> None:
        """Keep changed persons, each under its next version; Conflict when one moved on."""
        self._update(
            PersonRecord,
            [(person.version, person_columns(replace(person, version=person.version + 1)))
             for person in persons],
            _PERSONS_MOVED_ON,
        )

    def drop_persons(self, person_ids: Collection[str]) -> None:
        """Forget persons who never had a stay here and have no other case."""
        for some in parts(person_ids):
            kept = set(self._session.scalars(
                select(StayRecord.person_id).where(StayRecord.person_id.in_(some))
            ))
            going = [person for person in some if person not in kept]
            for table, column in (
                (PersonInitials, PersonInitials.person_id), (PersonRecord, PersonRecord.id)
            ):
                self._session.execute(
                    delete(table).where(column.in_(going)),
                    execution_options={"synchronize_session": False},
                )

    def add_stays(self, stays: Sequence[Membership]) -> None:
        """Begin stays."""
        self._insert(StayRecord, map(stay_columns, stays))

    def save_stays(self, stays: Sequence[Membership]) -> None:
        """Keep stays that ended or began again."""
        self._update(StayRecord, [(None, stay_columns(stay)) for stay in stays], ("", ""))

    def reserve(self, series: str, count: int) -> int:
        """The first of so many next numbers of a series."""
        record = self._session.get(SeriesRecord, series)
        if record is None:
            record = SeriesRecord(name=series, last=0)
            self._session.add(record)
        first = record.last + 1
        record.last += count
        self._session.flush()
        return first

    def keep_values(self, paper_id: str, packed: bytes) -> None:
        """Keep what a batch of papers was filled with, for pages printed again."""
        self._session.execute(insert(PaperValues), [{"paper_id": paper_id, "packed": packed}])

    def values(self, paper_id: str) -> bytes:
        """What was kept; raises Missing."""
        record = self._session.get(PaperValues, paper_id)
        if record is None:
            raise Missing("这份文书没有留下打印的内容", "重新打印一份")
        return record.packed


_ALONE = BatchRow("", 0, 0, "", "", "")


def _state(number: str | None, status: str, decisions: list[Any]) -> CaseState:
    return CaseState(number or "", Status(status), decisions[-1]["reason"] if decisions else "")


def _decided_columns(case: Case) -> dict[str, Any]:
    """What acts on a whole batch change; writing every column costs three times as much."""
    return {
        "id": case.id, "status": case.status.value, "person_id": case.person_id,
        "decisions": msgspec.to_builtins(case.decisions),
        "touched_at": case.touched_at or case.opened_at, "version": case.version + 1,
    }


def _batch_columns(batch: Batch) -> dict[str, Any]:
    return {**{name: getattr(batch, name) for name in _BATCH}, "kind": batch.kind.value}


def _to_batch(record: BatchRecord) -> Batch:
    return Batch(
        **{name: getattr(record, name) for name in _BATCH}, kind=BatchKind(record.kind)
    )


def _row_columns(row: BatchRow) -> dict[str, Any]:
    return {name: getattr(row, name) for name in _ROW}


def _to_row(record: BatchRowRecord) -> BatchRow:
    return BatchRow(*(getattr(record, name) for name in _ROW))
