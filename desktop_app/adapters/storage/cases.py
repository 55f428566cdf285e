"""Cases and unfinished typing in tables."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import date, datetime

from sqlalchemy import ColumnElement, delete, func, insert, select
from sqlalchemy.orm import Session

from desktop_app.adapters.storage.initials import initials
from desktop_app.adapters.storage.mapping import CASE_ROW, case_columns, to_case, to_case_row
from desktop_app.adapters.storage.rows import CaseInitials, CaseRecord, TypingRecord
from desktop_app.domain.case import OPEN, Case, Status
from desktop_app.domain.errors import Conflict, Missing
from desktop_app.services.ports import CaseRow, Typing

_MOVED_ON = ("案件已被另一窗口改过", "重新打开案件再办")


class SqlCases:
    """The cases of one transaction."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def add(self, case: Case) -> None:
        """Keep a new case."""
        record = CaseRecord(**case_columns(case))
        self._session.add(record)
        self._session.flush()
        self._index_name(case.id, record.applicant_name)

    def get(self, case_id: str) -> Case:
        """The case; raises Missing."""
        return to_case(self._record(case_id))

    def save(self, case: Case) -> Case:
        """Keep a changed case and return it with its next version; Conflict if it moved on."""
        record = self._record(case.id)
        if record.version != case.version:
            raise Conflict(*_MOVED_ON)
        changed = replace(case, version=case.version + 1)
        name_before = record.applicant_name
        for column, value in case_columns(changed).items():
            setattr(record, column, value)
        self._session.flush()
        if record.applicant_name != name_before:
            self._session.execute(delete(CaseInitials).where(CaseInitials.case_id == case.id))
            self._index_name(case.id, record.applicant_name)
        return changed

    def by_number(self, number: str) -> Case | None:
        """The case of that number."""
        return self._one(CaseRecord.number == number) if number else None

    def by_resume_code(self, code: str) -> Case | None:
        """The case whose one-time notice carries that code."""
        return self._one(CaseRecord.resume_code == code) if code else None

    def open_for(self, citizen_id: str) -> tuple[CaseRow, ...]:
        """Cases of that applicant that still wait for somebody; none for an empty number."""
        if not citizen_id:
            return ()
        found = self._session.execute(
            select(*CASE_ROW)
            .where(CaseRecord.applicant_number == citizen_id, _in(OPEN))
            .order_by(CaseRecord.opened_at)
        )
        return tuple(to_case_row(row, masked=True) for row in found)

    def in_status(
        self, statuses: Collection[Status], *, limit: int = 200, offset: int = 0
    ) -> tuple[CaseRow, ...]:
        """Cases in any of these states: veterans first, then the longest waiting."""
        found = self._session.execute(
            select(*CASE_ROW)
            .where(_in(statuses))
            .order_by(CaseRecord.priority.desc(), CaseRecord.waiting_since, CaseRecord.id)
            .limit(limit)
            .offset(offset)
        )
        return tuple(to_case_row(row, masked=True) for row in found)

    def count_in(self, statuses: Collection[Status]) -> int:
        """How many cases stand in any of these states."""
        asked = select(func.count()).select_from(CaseRecord).where(_in(statuses))
        return self._session.scalar(asked) or 0

    def due_by(self, day: date, *, limit: int = 200) -> tuple[CaseRow, ...]:
        """Open cases whose last day is that day or before it, the most overdue first."""
        found = self._session.execute(
            select(*CASE_ROW)
            .where(_in(OPEN), CaseRecord.due <= day)
            .order_by(CaseRecord.due, CaseRecord.waiting_since, CaseRecord.id)
            .limit(limit)
        )
        return tuple(to_case_row(row, masked=True) for row in found)

    def touched_since(self, moment: datetime, *, limit: int = 50) -> tuple[CaseRow, ...]:
        """The latest cases touched since a moment, newest first."""
        found = self._session.execute(
            select(*CASE_ROW)
            .where(CaseRecord.touched_at >= moment)
            .order_by(CaseRecord.touched_at.desc(), CaseRecord.id)
            .limit(limit)
        )
        return tuple(to_case_row(row, masked=True) for row in found)

    def count_since(self, moment: datetime) -> Mapping[Status, int]:
        """How many cases touched since a moment stand in each state."""
        found = self._session.execute(
            select(CaseRecord.status, func.count())
            .where(CaseRecord.touched_at >= moment)
            .group_by(CaseRecord.status)
        )
        return {Status(status): count for status, count in found}

    def _record(self, case_id: str) -> CaseRecord:
        record = self._session.get(CaseRecord, case_id)
        if record is None:
            raise Missing("没有这个案件", "在“查询”里按件号或姓名找")
        return record

    def _one(self, condition: ColumnElement[bool]) -> Case | None:
        record = self._session.scalars(select(CaseRecord).where(condition)).one_or_none()
        return to_case(record) if record else None

    def _index_name(self, case_id: str, name: str) -> None:
        ways = [{"initials": way, "case_id": case_id} for way in initials(name)]
        if ways:
            self._session.execute(insert(CaseInitials), ways)


class SqlTypings:
    """Unfinished typing of one transaction."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def put(self, typing: Typing) -> None:
        """Keep it in place of what was kept before."""
        record = TypingRecord(
            case_id=typing.case_id,
            raw=dict(typing.raw),
            focus=typing.focus,
            cursor=typing.cursor,
            at=typing.at,
        )
        self._session.merge(record)
        self._session.flush()

    def get(self, case_id: str) -> Typing | None:
        """What was being typed."""
        record = self._session.get(TypingRecord, case_id)
        if record is None:
            return None
        return Typing(record.case_id, dict(record.raw), record.focus, record.cursor, record.at)

    def drop(self, case_id: str) -> None:
        """Forget it."""
        self._session.execute(delete(TypingRecord).where(TypingRecord.case_id == case_id))


def _in(statuses: Collection[Status]) -> ColumnElement[bool]:
    return CaseRecord.status.in_(sorted(status.value for status in statuses))
