"""Accounts, small settings and the counters of numbers in tables."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop_app.adapters.storage.rows import SeriesRecord, SettingRecord, StaffRecord
from desktop_app.domain.staff import Operator, Role


class SqlStaff:
    """The accounts of one transaction, without their secrets."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def all(self) -> tuple[Operator, ...]:
        """Everybody, by login."""
        records = self._session.scalars(select(StaffRecord).order_by(StaffRecord.login))
        return tuple(map(_to_operator, records))

    def get(self, login: str) -> Operator | None:
        """The account of that login."""
        record = self._session.get(StaffRecord, login)
        return _to_operator(record) if record else None

    def put(self, operator: Operator) -> None:
        """Add or change an account."""
        self._session.merge(
            StaffRecord(
                login=operator.login,
                name=operator.name,
                role=operator.role.value,
                active=operator.active,
            )
        )
        self._session.flush()


class SqlSettings:
    """Small values kept with the data."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def get(self, key: str) -> str | None:
        """The value, or None."""
        record = self._session.get(SettingRecord, key)
        return record.value if record else None

    def put(self, key: str, value: str) -> None:
        """Keep a value."""
        self._session.merge(SettingRecord(key=key, value=value))
        self._session.flush()


def next_number(session: Session, series: str) -> int:
    """The next whole number of a series, from 1; taken back with the transaction."""
    record = session.get(SeriesRecord, series)
    if record is None:
        record = SeriesRecord(name=series, last=0)
        session.add(record)
    record.last += 1
    session.flush()
    return record.last


def _to_operator(record: StaffRecord) -> Operator:
    return Operator(record.login, record.name, Role(record.role), record.active)
