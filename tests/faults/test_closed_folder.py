"""A folder that takes no writing, a file that is held (R6): said plainly, nothing lost."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from desktop_app.adapters.storage.creation import create_data
from desktop_app.adapters.storage.sqlite_engine import open_engine
from desktop_app.adapters.storage.store import open_store
from desktop_app.adapters.storage.unit_of_work import SqlStore
from desktop_app.adapters.storage.vault import FileVault
from desktop_app.domain.errors import Unavailable
from tests.adapters.storage.things import KEY, case, keep
from tests.faults.conftest import Mount, staffed_store
from tests.helpers.people import answers_for
from tests.helpers.powercut.clerk import DATABASE, EveryGlyph
from tests.helpers.powercut.inspection import promises_broken
from tests.helpers.powercut.keeper import CHEAP
from tests.helpers.rights import obey_file_modes
from tests.helpers.world import STATION, FixedClock, World

CLOSED = "数据文件夹不能写入。交信息员检查文件夹权限和磁盘，已填内容仍在窗口"
HELD = "数据正被另一个程序占用。关闭其他落户柜台窗口或备份软件后再办一次"


def test_a_disk_that_became_read_only(mount: Mount) -> None:
    folder = mount("4m")
    store = staffed_store(folder)
    desk = World(store, renderer=EveryGlyph()).desk()
    case_id = desk.open("zero_threshold", answers_for("zero_threshold")).case.id
    store.close()  # files open for writing would keep the disk from changing; they open again
    _remount(folder, "ro")
    with pytest.raises(Unavailable) as refusal:
        desk.answer(case_id, {"applicant.phone": "13000000009"})
    assert str(refusal.value) == CLOSED
    assert desk.sheet(case_id).case.answers["applicant.phone"] == "13000000000"  # still readable
    again = open_store(folder / DATABASE, KEY)  # a restart shows the same
    assert promises_broken(again, 1) == ""
    again.close()
    store.close()
    _remount(folder, "rw")
    desk.answer(case_id, {"applicant.phone": "13000000009"})
    assert promises_broken(store, 2) == ""
    store.close()


def test_a_folder_without_the_right_to_write(tmp_path: Path) -> None:
    store = staffed_store(tmp_path / "data")
    store.close()
    folder = tmp_path / "data"
    (folder / DATABASE).chmod(0o444)
    folder.chmod(0o555)
    try:
        assert _without_privilege(lambda: _write(folder)) == CLOSED
    finally:
        folder.chmod(0o700)


def test_a_file_without_the_right_to_read(tmp_path: Path) -> None:
    staffed_store(tmp_path / "data").close()
    (tmp_path / "data").chmod(0o555)
    (tmp_path / "data" / DATABASE).chmod(0o000)
    try:
        said = _without_privilege(lambda: _write(tmp_path / "data"))
    finally:
        (tmp_path / "data").chmod(0o700)
    assert said == "数据库文件读不出来。交信息员检查文件夹权限和磁盘"


def test_no_folder_can_be_made_there(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(Unavailable, match="建不起来"):
        create_data(tmp_path / "file" / "data", STATION, "supervisor", "演练", "", True, cost=CHEAP)


def test_a_read_only_folder_still_lets_the_right_password_in(mount: Mount) -> None:
    folder = mount("4m")
    create_data(folder, STATION, "supervisor", "演练", "long enough", False, cost=CHEAP)
    vault = FileVault(folder, FixedClock(), cost=CHEAP)
    _remount(folder, "ro")
    vault.unlock("supervisor", "long enough").store.close()
    with pytest.raises(Unavailable, match="不能登录"):  # a try that cannot be counted
        vault.unlock("supervisor", "wrong")
    with pytest.raises(Unavailable, match="写不进去"):
        vault.change_password("supervisor", "long enough", "another one")
    _remount(folder, "rw")
    assert vault.check("supervisor", "long enough")


def test_a_file_that_another_program_holds(tmp_path: Path) -> None:
    store = staffed_store(tmp_path)
    keep(store, case())
    impatient = SqlStore(open_engine(tmp_path / DATABASE, KEY, busy_ms=50), tmp_path, KEY)
    with store.write() as unit:
        unit.settings.put("x", "1")
        with pytest.raises(Unavailable) as refusal, impatient.write():
            pass
    assert str(refusal.value) == HELD
    keep(impatient, case(2))  # as soon as it is let go
    impatient.close()
    store.close()


def _write(folder: Path) -> None:
    store = open_store(folder / DATABASE, KEY)
    with store.read() as unit:
        assert unit.staff.all()
    keep(store, case())


def _without_privilege(act: Callable[[], None]) -> str:
    """What a person without rights is told, in a process of its own."""
    if os.getuid() != 0:
        return _said(act)
    hear, tell = os.pipe()
    pid = os.fork()
    if pid == 0:
        code = 1
        try:
            obey_file_modes()
            os.write(tell, _said(act).encode("utf-8"))
            code = 0
        finally:
            os._exit(code)
    os.close(tell)
    with os.fdopen(hear, "rb") as pipe:
        said = pipe.read().decode("utf-8")
    assert os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) == 0
    return said


def _said(act: Callable[[], None]) -> str:
    with pytest.raises(Unavailable) as refusal:
        act()
    return str(refusal.value)


def _remount(folder: Path, how: str) -> None:
    subprocess.run(["mount", "-o", f"remount,{how}", str(folder)], check=True)
