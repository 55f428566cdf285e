"""Many households at once (training data only): rows without the ceremony of the services."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import Connection, Insert, insert, select
from sqlalchemy.orm import Session

from desktop_app.adapters.storage.initials import initials
from desktop_app.adapters.storage.mapping import household_columns, person_columns, stay_columns
from desktop_app.adapters.storage.rows import (
    HouseholdRecord,
    PersonInitials,
    PersonRecord,
    SeriesRecord,
    StayRecord,
)
from desktop_app.adapters.storage.sqlite_errors import told
from desktop_app.adapters.storage.unit_of_work import SqlStore
from desktop_app.domain.people import Household, Membership, Person

Family = tuple[Household, Sequence[tuple[Membership, Person]]]
HOUSEHOLD_SERIES = "household"
_ASKED_AT_ONCE = 5_000


def add_families(store: SqlStore, families: Iterable[Family]) -> int:
    """Add households with their members in one transaction; returns how many persons.

    A household one of whose members is registered already is left out whole, so that making the
    same people twice adds nobody twice. The series of household numbers moves past the highest
    number given. Raises Unavailable when the disk does not take it.
    """
    with told(), store.engine.connect() as connection, connection.begin():
        wanted = list(families)
        taken = _taken(connection, [p.citizen_id for _, members in wanted for _, p in members])
        new = [
            (household, members)
            for household, members in wanted
            if not any(person.citizen_id in taken for _, person in members)
        ]
        people = [person for _, members in new for _, person in members]
        _insert(connection, insert(HouseholdRecord), [household_columns(h) for h, _ in new])
        _insert(connection, insert(PersonRecord), [person_columns(p) for p in people])
        _insert(
            connection,
            insert(StayRecord),
            [stay_columns(stay) for _, members in new for stay, _ in members],
        )
        _insert(
            connection,
            insert(PersonInitials),
            [{"initials": way, "person_id": p.id} for p in people for way in initials(p.name)],
        )
        _move_series(connection, [int(h.number) for h, _ in new if h.number.isdigit()])
        return len(people)


def last_household_number(store: SqlStore) -> int:
    """The last number of the series that new households are numbered from."""
    with told(), store.engine.connect() as connection, Session(connection) as session:
        record = session.get(SeriesRecord, HOUSEHOLD_SERIES)
        return record.last if record else 0


def _taken(connection: Connection, numbers: Sequence[str]) -> set[str]:
    taken: set[str] = set()
    for start in range(0, len(numbers), _ASKED_AT_ONCE):
        some = numbers[start : start + _ASKED_AT_ONCE]
        asked = select(PersonRecord.citizen_id).where(PersonRecord.citizen_id.in_(some))
        taken.update(connection.scalars(asked))
    return taken


def _insert(connection: Connection, statement: Insert, rows: list[dict[str, Any]]) -> None:
    if rows:
        connection.execute(statement, rows)


def _move_series(connection: Connection, numbers: Sequence[int]) -> None:
    if not numbers:
        return
    with Session(connection) as session:
        record = session.get(SeriesRecord, HOUSEHOLD_SERIES)
        last = max(numbers)
        if record is None:
            session.add(SeriesRecord(name=HOUSEHOLD_SERIES, last=last))
        else:
            record.last = max(record.last, last)
        session.flush()
