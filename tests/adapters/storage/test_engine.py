"""How connections are opened: R13 (no known fault below), R18 and R19 (never plain)."""

from __future__ import annotations

import sqlite3
import stat
import threading
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlcipher3 import dbapi2

from desktop_app.adapters.storage import sqlite_engine
from desktop_app.adapters.storage.keeping import check
from desktop_app.adapters.storage.sqlite_engine import PRAGMAS, READING, open_engine, read_back
from desktop_app.adapters.storage.store import create_store, open_store
from desktop_app.adapters.storage.unit_of_work import SqlStore
from desktop_app.domain.errors import Unavailable
from tests.adapters.storage.things import KEY, case, keep
from tests.helpers import synthetic

WAL_FIXED = (3, 51, 3)


def test_every_pragma_reads_back_on_every_connection(store: SqlStore) -> None:
    expected = {name: answer for name, (_, answer) in PRAGMAS.items()}
    engine = store.engine.execution_options(**{READING: True})
    with engine.connect() as first, engine.connect() as second:
        assert read_back(first) == expected
        assert read_back(second) == expected
    assert expected["journal_mode"] == "delete"
    assert expected["synchronous"] == 3


def test_no_write_ahead_log_unless_the_library_has_the_fix(store: SqlStore) -> None:
    with store.engine.connect() as connection:
        version = connection.exec_driver_sql("SELECT sqlite_version()").scalar_one()
        mode = connection.exec_driver_sql("PRAGMA journal_mode").scalar_one()
    assert mode != "wal" or tuple(map(int, version.split("."))) >= WAL_FIXED
    assert tuple(map(int, dbapi2.sqlite_version.split("."))) >= WAL_FIXED


def test_writers_take_the_lock_at_the_start_and_readers_do_not(
    store: SqlStore, database: Path
) -> None:
    with store.engine.connect() as writing, writing.begin():
        with store.read() as unit:
            assert unit.settings.get("x") is None  # readers go on
        impatient = open_engine(database, KEY, busy_ms=0)
        with pytest.raises(Exception, match="locked"), impatient.connect() as other:
            other.execute(text("SELECT 1"))
        impatient.dispose()


def test_a_writer_waits_for_the_other(store: SqlStore) -> None:
    inside = threading.Event()

    def add() -> None:
        inside.set()
        with store.write() as unit:
            unit.settings.put("second", "1")
            unit.commit()

    with store.write() as unit:
        thread = threading.Thread(target=add)
        thread.start()
        inside.wait()
        unit.settings.put("first", "1")
        unit.commit()
    thread.join()
    with store.read() as unit:
        assert (unit.settings.get("first"), unit.settings.get("second")) == ("1", "1")


def test_the_file_shows_nothing(store: SqlStore, database: Path) -> None:
    keep(store, case())
    data = database.read_bytes()
    assert not data.startswith(b"SQLite format 3")
    assert synthetic.name(1).encode() not in data
    assert b"applicant" not in data
    assert b"CREATE TABLE" not in data


def test_the_folder_is_private(store: SqlStore, database: Path) -> None:
    assert stat.S_IMODE(database.parent.stat().st_mode) == 0o700


def test_a_plain_database_is_refused(database: Path) -> None:
    database.parent.mkdir()
    plain = sqlite3.connect(database)
    plain.execute("CREATE TABLE cases (id)")
    plain.commit()
    plain.close()
    before = database.read_bytes()
    with pytest.raises(Unavailable, match="没有加密"):
        open_store(database, KEY)
    assert database.read_bytes() == before


@pytest.mark.parametrize("data", [b"", b"\x00", b"x" * 15])
def test_a_stump_is_refused_and_not_taken_for_a_new_database(database: Path, data: bytes) -> None:
    database.parent.mkdir()
    database.write_bytes(data)
    with pytest.raises(Unavailable, match="不完整"):
        open_store(database, KEY)
    assert database.read_bytes() == data


@pytest.mark.parametrize("data", [b"x" * 16, b"x" * 4096, bytes(100_000)])
def test_noise_is_refused(database: Path, data: bytes) -> None:
    database.parent.mkdir()
    database.write_bytes(data)
    with pytest.raises(Unavailable, match="打不开"):
        open_store(database, KEY)


def test_another_key_is_refused(store: SqlStore, database: Path) -> None:
    store.close()
    with pytest.raises(Unavailable, match="钥匙对不上"):
        open_store(database, KEY[::-1])


def test_an_absent_file_is_named_and_not_made(database: Path) -> None:
    with pytest.raises(Unavailable, match="不在数据文件夹"):
        open_store(database, KEY)
    assert not database.exists()


def test_a_driver_without_cipher_is_refused(
    database: Path, monkeypatch: pytest.MonkeyPatch, store: SqlStore
) -> None:
    store.close()
    monkeypatch.setattr(sqlite_engine, "dbapi2", sqlite3)
    with pytest.raises(Unavailable, match="没有加密功能"):
        sqlite_engine.open_engine(database, KEY).connect()


def test_a_store_is_not_made_over_another(store: SqlStore, database: Path) -> None:
    with pytest.raises(Unavailable, match="已经存在"):
        create_store(database, KEY)


def test_one_flipped_bit_is_noticed_before_a_value_is_shown(
    store: SqlStore, database: Path
) -> None:
    keep(store, *(case(order) for order in range(40)))
    store.close()
    data = bytearray(database.read_bytes())
    data[len(data) // 2] ^= 1
    database.write_bytes(bytes(data))
    with pytest.raises(Unavailable, match=r"损坏|打不开|磁盘读写"):
        _read_all(database)


def _read_all(database: Path) -> None:
    damaged = open_store(database, KEY)
    try:
        with damaged.read() as unit:
            for order in range(40):
                unit.cases.get(f"case-{order}")
        report = check(damaged)
    finally:
        damaged.close()
    if not report.sound:
        raise Unavailable(f"数据已损坏：{report.faults[0]}")
