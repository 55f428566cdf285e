"""The journal takes the next entry and nothing else."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from desktop_app.adapters.storage.store import open_store
from desktop_app.adapters.storage.unit_of_work import SqlStore
from desktop_app.domain.journal import first_break
from desktop_app.services.ports import UnitOfWork
from tests.adapters.storage.things import KEY, NOON


def _note(unit: UnitOfWork, subject: str = "case-1", **detail: object) -> None:
    unit.journal.append(at=NOON, who="clerk", action="open", subject=subject, detail=detail)


def test_entries_chain_across_transactions(store: SqlStore) -> None:
    for order in range(5):
        with store.write() as unit:
            _note(unit, f"case-{order % 2}", number=order, 词="落户", parts=[1, {"b": 2, "a": 1}])
            unit.commit()
    with store.read() as unit:
        entries = list(unit.journal.entries())
        assert [entry.seq for entry in entries] == [1, 2, 3, 4, 5]
        assert first_break(entries) is None
        assert unit.journal.last() == entries[-1]
        assert list(unit.journal.entries(from_seq=4)) == entries[3:]
        assert [entry.seq for entry in unit.journal.about("case-1")] == [2, 4]


def test_an_entry_taken_back_leaves_no_gap(store: SqlStore) -> None:
    with store.write() as unit:
        _note(unit)
    with store.write() as unit:
        _note(unit)
        unit.commit()
    with store.read() as unit:
        assert [entry.seq for entry in unit.journal.entries()] == [1]


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE journal SET who = 'x' WHERE seq = 1",
        "DELETE FROM journal WHERE seq = 1",
        "DELETE FROM journal",
        "INSERT OR REPLACE INTO journal SELECT seq, at, 'x', action, subject, detail, previous,"
        " digest FROM journal WHERE seq = 1",
        "INSERT INTO journal SELECT seq + 2, at, who, action, subject, detail, previous, digest"
        " FROM journal WHERE seq = 1",
        "INSERT INTO journal SELECT seq - 1, at, who, action, subject, detail, previous, digest"
        " FROM journal WHERE seq = 1",
    ],
)
def test_the_table_refuses_change_and_gap(store: SqlStore, statement: str) -> None:
    with store.write() as unit:
        _note(unit)
        unit.commit()
    with (
        pytest.raises(IntegrityError, match=r"append-only|no gaps"),
        store.engine.begin() as connection,
    ):
        connection.execute(text(statement))


def test_the_keyed_digest_repeats_in_this_store_only(store: SqlStore) -> None:
    with store.read() as unit:
        digest = unit.journal.keyed_digest("210283197803150017")
        assert unit.journal.keyed_digest("210283197803150017") == digest
        assert unit.journal.keyed_digest("210283197803150018") != digest
    assert len(digest) == 64
    path = store.engine.url  # the address in the engine names no file and no key
    assert KEY.hex() not in str(path)


def test_the_keyed_digest_outlives_the_program(store: SqlStore, database: Path) -> None:
    with store.read() as unit:
        digest = unit.journal.keyed_digest("x")
    store.close()
    again = open_store(database, KEY)
    with again.read() as unit:
        assert unit.journal.keyed_digest("x") == digest
    again.close()


def test_many_entries_at_once_chain_with_those_before_and_after(store: SqlStore) -> None:
    with store.write() as unit:
        _note(unit)
        unit.journal.append_many(
            at=NOON, who="clerk", acts=[("take", f"case-{order}", {"n": order}) for order in "12"]
        )
        _note(unit)
        unit.journal.append_many(at=NOON, who="clerk", acts=[])
        unit.commit()
    with store.read() as unit:
        entries = list(unit.journal.entries())
    assert [entry.seq for entry in entries] == [1, 2, 3, 4]
    assert first_break(entries) is None
