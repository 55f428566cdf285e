"""Copies that were read before they count, and the check of everything."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest

from desktop_app.adapters.storage import keeping
from desktop_app.adapters.storage.keeping import backup, check
from desktop_app.adapters.storage.store import open_store
from desktop_app.adapters.storage.unit_of_work import SqlStore
from desktop_app.domain.errors import Unavailable
from tests.adapters.storage.things import KEY, NOON, case, keep, person
from tests.helpers import synthetic


def test_a_sound_store_has_no_faults(store: SqlStore) -> None:
    keep(store, case(), person())
    _note(store, 3)
    report = check(store)
    assert report.sound
    assert report.entries == 3
    assert report.rows["persons"] == report.rows["cases"] == 1


def test_a_changed_journal_is_named(store: SqlStore) -> None:
    _note(store, 3)
    with store.engine.begin() as connection:
        connection.exec_driver_sql("DROP TRIGGER journal_no_update")
        connection.exec_driver_sql("UPDATE journal SET who = 'other' WHERE seq = 2")
    assert check(store).faults == ("日志第 2 条：内容被改过",)


def test_a_copy_is_encrypted_and_equal(store: SqlStore, tmp_path: Path) -> None:
    keep(store, case(), person())
    _note(store, 2)
    target = tmp_path / "usb" / "copy.db"
    target.parent.mkdir()
    target.parent.chmod(0o755)
    report = backup(store, target)
    assert report == check(store)
    assert synthetic.name(1).encode() not in target.read_bytes()
    assert [path.name for path in target.parent.iterdir()] == ["copy.db"]
    assert target.parent.stat().st_mode & 0o777 == 0o755, "a folder of others is theirs"
    copy = open_store(target, KEY)
    with copy.read() as unit, store.read() as original:
        assert unit.people.person("person-1") == original.people.person("person-1")
        assert unit.journal.last() == original.journal.last()
    copy.close()


def test_copying_while_others_write(store: SqlStore, tmp_path: Path) -> None:
    _note(store, 1)
    stop = threading.Event()

    def write_on() -> None:
        while not stop.is_set():
            _note(store, 1)

    writer = threading.Thread(target=write_on)
    writer.start()
    try:
        for order in range(5):
            assert backup(store, tmp_path / f"{order}.db").sound
    finally:
        stop.set()
        writer.join()
    assert check(store).sound


def test_a_copy_that_does_not_agree_is_thrown_away(
    store: SqlStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "copy.db"
    backup(store, target)
    before = target.read_bytes()
    _note(store, 2)

    def bad_copy(connection: object, path: Path) -> None:
        path.write_bytes(before)  # as if the disk had kept something older

    monkeypatch.setattr(keeping, "copy_into", bad_copy)
    with pytest.raises(Unavailable, match="核对不上"):
        backup(store, target)
    assert target.read_bytes() == before
    assert [path.name for path in tmp_path.glob("copy*")] == ["copy.db"]


def test_a_full_stick_is_named_and_keeps_nothing_half_done(
    store: SqlStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fill_up(connection: object, path: Path) -> None:
        path.write_bytes(b"half")
        raise Unavailable("磁盘已满，这一步没有保存", "清出磁盘空间")

    monkeypatch.setattr(keeping, "copy_into", fill_up)
    stick = tmp_path / "usb"
    stick.mkdir()
    with pytest.raises(Unavailable, match="磁盘已满") as refused:
        backup(store, stick / "copy.db")
    assert str(stick) in refused.value.message
    assert list(stick.iterdir()) == []


def test_a_folder_that_takes_nothing_is_named(store: SqlStore, tmp_path: Path) -> None:
    (tmp_path / "copy.db.tmp").mkdir()
    with pytest.raises(Unavailable, match="写不进去"):
        backup(store, tmp_path / "copy.db")


def test_a_folder_that_is_not_there_is_told_and_not_made(store: SqlStore, tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    for folder in (tmp_path / "E" / "备份", tmp_path / "file"):
        with pytest.raises(Unavailable, match=str(folder)):
            backup(store, folder / "copy.db")
    assert [path.name for path in tmp_path.iterdir() if path.name in ("E", "file")] == ["file"]


def test_room_on_the_disk(store: SqlStore) -> None:
    assert store.free_bytes() > 0


def _note(store: SqlStore, times: int) -> None:
    for _ in range(times):
        with store.write() as unit:
            unit.journal.append(at=NOON, who="clerk", action="x", subject="y", detail={})
            unit.commit()
