"""A stolen disk tells nothing (R18), and the key to it is nowhere on it (R20)."""

from __future__ import annotations

import base64
import json
import multiprocessing
import os
import signal
import sqlite3
import tempfile
import traceback
from multiprocessing.connection import Connection
from pathlib import Path

import pytest

from desktop_app.adapters.storage.creation import create_data
from desktop_app.adapters.storage.keeping import backup
from desktop_app.adapters.storage.sqlite_engine import open_engine
from desktop_app.adapters.storage.store import create_store
from desktop_app.adapters.storage.unit_of_work import SqlStore
from desktop_app.adapters.storage.vault import DATABASE, FileVault
from desktop_app.domain.certificate import Paper
from desktop_app.domain.errors import Unavailable
from desktop_app.services.ports import Typing, UnitOfWork
from tests.adapters.storage.things import KEY, NOON, case, household, person
from tests.helpers.canaries import ADDRESS, NAME, NUMBER, hunt
from tests.helpers.powercut.keeper import CHEAP
from tests.helpers.world import STATION, FixedClock

PASSWORD = "canary-password-4711"
ROWS = 400
#: So small a cache that a transaction overflows into the file and its journal before it ends.
SMALL_CACHE = {"cache_size": "-64"}


def _places(folder: Path) -> list[Path]:
    """Where a program could leave something: data, temporary files, the person's own folders."""
    return [folder, Path(tempfile.gettempdir()) / folder.name, Path(os.environ["HOME"])]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A data folder beside the only place for temporary files."""
    (tmp_path / "tmp" / "data").mkdir(parents=True)
    monkeypatch.setenv("TMPDIR", str(tmp_path / "tmp"))
    monkeypatch.setenv("SQLITE_TMPDIR", str(tmp_path / "tmp"))
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "tmp"))
    (tmp_path / "data").mkdir()
    return tmp_path / "data"


def test_at_five_moments_nothing_is_readable(folder: Path) -> None:
    create_store(folder / DATABASE, KEY).close()
    store = SqlStore(open_engine(folder / DATABASE, KEY, pragmas=SMALL_CACHE), folder, KEY)
    fork = multiprocessing.get_context("fork")
    hear, tell = fork.Pipe(duplex=False)
    writer = fork.Process(target=_write_and_wait, args=(store, tell))
    writer.start()
    hear.recv()
    journal = folder / f"{DATABASE}-journal"
    assert journal.stat().st_size > 4096  # the moment is right: pages are on their way
    assert hunt(_places(folder)) == {}  # 1: in the middle of a transaction
    writer.kill()
    writer.join()
    assert hunt(_places(folder)) == {}  # 2: after a kill, with the journal left behind
    _write(store)
    assert hunt(_places(folder)) == {}  # 3: after the commit
    backup(store, folder / "copy.db")
    assert hunt(_places(folder)) == {}  # 4: with a copy
    with store.engine.begin() as connection:
        connection.exec_driver_sql("DELETE FROM person_initials")
        connection.exec_driver_sql("DELETE FROM persons")
    store.close()
    assert hunt(_places(folder)) == {}  # 5: after the rows are gone


def test_the_hunt_finds_them_in_a_plain_database(folder: Path) -> None:
    plain = sqlite3.connect(folder / "plain.db")
    plain.execute("CREATE TABLE persons (name, number, address)")
    plain.executemany("INSERT INTO persons VALUES (?, ?, ?)", [(NAME, NUMBER, ADDRESS)] * ROWS)
    plain.commit()
    plain.close()
    assert sum(hunt(_places(folder)).values()) >= 3 * ROWS
    (folder / "utf16").write_bytes(NAME.encode("utf-16-le"))
    (folder / "gb").write_bytes(NAME.encode("gb18030"))
    (folder / "json").write_bytes(NAME.encode("unicode_escape"))
    assert len(hunt(_places(folder))) == 4


def _write_and_wait(store: SqlStore, tell: Connection) -> None:
    with store.write() as unit:
        _add(unit)
        tell.send("in the middle")
        signal.pause()


def _write(store: SqlStore) -> None:
    with store.write() as unit:
        _add(unit)
        unit.commit()


def _add(unit: UnitOfWork) -> None:
    answers = {"applicant.name": NAME, "applicant.citizen_id": NUMBER}
    details = {"birth_place": ADDRESS}
    unit.people.add_person(person(0, name=NAME, citizen_id=NUMBER, details=details))
    for order in range(1, ROWS):
        unit.people.add_household(household(order, address=ADDRESS))
        unit.cases.add(case(order, answers=answers))
    unit.typings.put(Typing("case-1", {"residence.address": ADDRESS}, "", 0, NOON))
    unit.papers.add(
        Paper("paper", "case-1", "receipt", "受理回执", "1", "", 1, "clerk", NOON, ""),
        f"{NAME} {NUMBER}".encode(),
    )


def test_neither_key_nor_password_is_anywhere(
    folder: Path, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    caplog.set_level(0)
    create_data(folder, STATION, "supervisor", "演练", PASSWORD, False, cost=CHEAP)
    vault = FileVault(folder, FixedClock(), cost=CHEAP)
    unlocked = vault.unlock("supervisor", PASSWORD)
    keep_store = unlocked.store
    assert isinstance(keep_store, SqlStore)
    key = keep_store.key
    vault.check("supervisor", PASSWORD + "x")
    vault.change_password("supervisor", PASSWORD, PASSWORD + "2")
    with pytest.raises(Unavailable) as refusal:
        vault.unlock(PASSWORD, PASSWORD)
    keep_store.close()
    secrets = [PASSWORD.encode(), key, key.hex().encode(), base64.b64encode(key)]
    shown = capfd.readouterr()
    told = [
        caplog.text.encode(),
        shown.out.encode(),
        shown.err.encode(),
        "".join(traceback.format_exception(refusal.value)).encode(),
        Path("/proc/self/cmdline").read_bytes(),
        Path("/proc/self/environ").read_bytes(),
        json.dumps(dict(os.environ)).encode(),
        repr(vault.__dict__).encode(),
        repr(keep_store).encode(),
    ]
    told += [
        path.read_bytes()
        for place in _places(folder)
        for path in place.rglob("*")
        if path.is_file()
    ]
    assert not [secret for secret in secrets for text in told if secret in text]
