"""``init``, ``verify``, ``check`` and ``backup`` on real folders."""

from __future__ import annotations

import json
import os
import shutil
import stat
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest
from sqlalchemy import Engine

from desktop_app.adapters.storage.sqlite_engine import open_engine
from desktop_app.adapters.storage.vault import FileVault
from desktop_app.adapters.workstation.clock import SystemClock
from desktop_app.admin.training import open_training
from tests.admin.conftest import PASSWORD, PROFILE, Run

KEPT = {"keys.json", "keys.copy.json", "luohu.db", "station.toml"}
ROOT = Path(__file__).parents[2]


def names(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


def test_init_makes_a_folder_that_only_its_user_can_read(run: Run, tmp_path: Path) -> None:
    folder = tmp_path / "new" / "data"
    said = run(
        "--data", folder, "--json", "init", "--station", PROFILE, "--password-stdin",
        stdin=f"{PASSWORD}\n",
    )
    assert said.code == 0, said.err
    assert said.member("login") == "supervisor"
    assert names(folder) == KEPT
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert all(stat.S_IMODE(file.stat().st_mode) == 0o600 for file in folder.iterdir())
    assert FileVault(folder, SystemClock()).check("supervisor", PASSWORD)
    assert PASSWORD.encode() not in b"".join(file.read_bytes() for file in folder.iterdir())


def test_init_for_training_asks_nobody_for_a_password(run: Run, tmp_path: Path) -> None:
    folder = tmp_path / "data"
    assert run("--data", folder, "init", "--station", PROFILE, "--training").code == 0
    assert FileVault(folder, SystemClock()).logins() == ("clerk", "installer", "supervisor")
    assert run("--data", folder, "verify", "--database").code == 0
    assert run("--data", folder, "--as", "clerk", "case", "list").code == 0


def test_a_second_init_is_refused_and_changes_nothing(run: Run, training: Path) -> None:
    before = {path.name: path.read_bytes() for path in training.iterdir()}
    said = run("--data", training, "--json", "init", "--station", PROFILE, "--training")
    assert said.code == 1
    assert said.member("error", "code") == "conflict"
    assert {path.name: path.read_bytes() for path in training.iterdir()} == before


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ('zone = "nowhere"', "没有 nowhere"),
        ('region = "999999"', "不在行政区划代码表里"),
        ("code = ", "不是 TOML 的写法"),
    ],
)
def test_init_refuses_a_bad_profile_by_line_and_makes_nothing(
    run: Run, tmp_path: Path, text: str, words: str
) -> None:
    lines = PROFILE.read_text("utf-8").splitlines()
    key = text.partition(" ")[0]
    place = next(n for n, line in enumerate(lines) if line.startswith(f"{key} ="))
    lines[place] = text
    bad = tmp_path / "bad.toml"
    bad.write_text("\n".join(lines), "utf-8")
    said = run(
        "--data", tmp_path / "data", "--json", "init", "--station", bad, "--password-stdin",
        stdin=PASSWORD,
    )
    assert said.code == 1
    message = said.member("error", "message")
    assert isinstance(message, str)
    assert f"第 {place + 1} 行" in message
    assert words in message
    assert not (tmp_path / "data").exists()


def test_init_refuses_a_profile_that_is_not_there(run: Run, tmp_path: Path) -> None:
    said = run("--data", tmp_path / "data", "init", "--station", tmp_path / "none.toml")
    assert said.code == 2
    assert "没有这个工位配置文件" in said.err


@pytest.mark.parametrize("place", ["file", "file/below"])
def test_init_where_a_file_stands_is_told(run: Run, tmp_path: Path, place: str) -> None:
    (tmp_path / "file").write_text("x")
    said = run("--data", tmp_path / place, "init", "--station", PROFILE, "--training")
    assert said.code == 2
    assert "是文件，不是文件夹" in said.err
    assert (tmp_path / "file").read_text() == "x"


@pytest.mark.parametrize(
    ("stdin", "words"), [("short\n", "至少"), ("\n", "至少"), ("supervisor\n", "用户名相同")]
)
def test_init_refuses_a_weak_password_and_makes_nothing(
    run: Run, tmp_path: Path, stdin: str, words: str
) -> None:
    said = run(
        "--data", tmp_path / "data", "init", "--station", PROFILE, "--password-stdin", stdin=stdin
    )
    assert said.code == 1
    assert words in said.err or "8 至" in said.err
    assert not (tmp_path / "data").exists()


def test_init_without_a_password_says_how_to_give_one(run: Run, tmp_path: Path) -> None:
    said = run("--data", tmp_path / "data", "init", "--station", PROFILE)
    assert said.code == 2
    assert "--password-stdin" in said.err
    assert not (tmp_path / "data").exists()


def test_a_wrong_password_is_told_with_the_tries_that_are_left(run: Run, real: Path) -> None:
    said = run(
        "--data", real, "--json", "verify", "--database", "--password-stdin", stdin="wrong-word\n"
    )
    assert said.code == 2
    message = said.member("error", "message")
    assert isinstance(message, str)
    assert "还可试" in message
    assert "wrong-word" not in said.out


def test_no_words_on_standard_input_count_as_no_try(run: Run, real: Path) -> None:
    for _ in range(6):
        said = run("--data", real, "--password-stdin", "verify", "--database", stdin="")
        assert said.code == 2
        assert "标准输入里没有口令" in said.err
    said = run("--data", real, "--password-stdin", "verify", "--database", stdin=PASSWORD)
    assert said.code == 0


def test_the_right_password_opens_real_data(run: Run, real: Path) -> None:
    said = run(
        "--data", real, "--as", "supervisor", "--json", "verify", "--database", "--password-stdin",
        stdin=f"{PASSWORD}\r\n",
    )
    assert said.code == 0
    assert said.member("sound") is True


def test_an_unknown_account_is_told_like_a_wrong_password(run: Run, real: Path) -> None:
    said = run(
        "--data", real, "--as", "nobody", "verify", "--database", "--password-stdin",
        stdin=PASSWORD,
    )
    assert said.code == 2
    assert "用户名或口令不对" in said.err


def test_a_folder_without_data_is_told(run: Run, tmp_path: Path) -> None:
    said = run("--data", tmp_path, "verify", "--database")
    assert said.code == 2
    assert "没有落户数据" in said.err


def test_a_folder_without_its_profile_is_told(run: Run, training: Path) -> None:
    (training / "station.toml").unlink()
    said = run("--data", training, "case", "list")
    assert said.code == 2
    assert "没有工位配置" in said.err


def test_a_sound_journal_is_verified_whole(run: Run, training: Path) -> None:
    said = run("--data", training, "--json", "verify", "--database")
    assert said.code == 0
    entries = said.member("entries")
    assert isinstance(entries, int)
    assert entries > 50


def tamper(folder: Path, *statements: str) -> None:
    vault = FileVault(folder, SystemClock())
    engine: Engine = open_engine(folder / "luohu.db", vault.database_key("supervisor", ""))
    with engine.begin() as connection:
        triggers = connection.exec_driver_sql(
            "SELECT name FROM sqlite_master WHERE type = 'trigger'"
        ).scalars()
        for name in list(triggers):
            connection.exec_driver_sql("DROP TRIGGER " + name)
        for statement in statements:
            connection.exec_driver_sql(statement)
    engine.dispose()


@pytest.mark.parametrize(
    ("statement", "seq"),
    [
        ("UPDATE journal SET who = 'other' WHERE seq = 7", 7),
        ("UPDATE journal SET at = '2001-01-01T00:00:00+00:00' WHERE seq = 20", 20),
        ("DELETE FROM journal WHERE seq = 11", 11),
        ("UPDATE journal SET detail = '{}' WHERE seq = 1", 1),
    ],
)
def test_a_changed_journal_is_refused_at_its_first_bad_entry(
    run: Run, training: Path, statement: str, seq: int
) -> None:
    tamper(training, statement)
    said = run("--data", training, "--json", "verify", "--database")
    assert said.code == 1
    assert said.member("sound") is False
    assert said.member("first_bad", "seq") == seq
    assert run("--data", training, "check").code == 1


def test_check_finds_everything_sound(run: Run, training: Path) -> None:
    said = run("--data", training, "--json", "check")
    assert said.code == 0, said.out
    assert said.member("sound") is True
    assert set(said.value["faults"]) == {"policy", "fonts", "forms", "data"}  # type: ignore[index]
    words = run("--data", training, "check").out
    assert "数据和日志：完好" in words


def test_a_flipped_bit_is_found_and_nothing_is_shown(run: Run, training: Path) -> None:
    database = training / "luohu.db"
    content = bytearray(database.read_bytes())
    content[len(content) // 2] ^= 1
    database.write_bytes(content)
    said = run("--data", training, "--json", "check")
    assert said.code == 1


@pytest.mark.parametrize("content", [b"", b"SQLite format 3\x00" + bytes(4096), os.urandom(8192)])
def test_a_file_that_is_no_encrypted_database_is_refused(
    run: Run, training: Path, content: bytes
) -> None:
    (training / "luohu.db").write_bytes(content)
    said = run("--data", training, "--json", "check")
    assert said.code == 1
    assert said.member("error", "code") == "damaged"


def test_a_database_of_a_newer_program_is_refused_politely(run: Run, training: Path) -> None:
    tamper(training, "UPDATE alembic_version SET version_num = '9999'")
    said = run("--data", training, "--json", "case", "list")
    assert said.code == 2
    assert "新" in str(said.member("error", "message"))


WITHOUT_PRIVILEGE = """
import sys
from desktop_app.admin.__main__ import main
from tests.helpers.rights import obey_file_modes
obey_file_modes()
sys.exit(main(["--data", sys.argv[1], "--json", "search", "x"]))
"""


@pytest.mark.skipif(not hasattr(os, "geteuid"), reason="rights of POSIX")
def test_a_read_only_folder_is_told(training: Path) -> None:
    """As one who is bound to the modes of files; root may else write anywhere."""
    shut = Path(tempfile.mkdtemp(prefix="luohu-shut-"))
    for path in training.iterdir():
        shutil.copy(path, shut / path.name)
        (shut / path.name).chmod(0o444)
    shut.chmod(0o555)
    try:
        done = subprocess.run(
            [sys.executable, "-c", WITHOUT_PRIVILEGE, str(shut)],
            cwd=ROOT, capture_output=True, check=False, timeout=60,
        )
    finally:
        shut.chmod(0o755)
        shutil.rmtree(shut)
    assert done.returncode == 2, done.stdout
    error = json.loads(done.stdout)["error"]
    assert "不能写入" in error["message"]
    assert error["remedy"]


def test_a_backup_is_encrypted_compared_and_never_overwrites(
    run: Run, training: Path, tmp_path: Path
) -> None:
    target = tmp_path / "copy.db"
    said = run("--data", training, "--json", "backup", target)
    assert said.code == 0, said.out
    assert said.member("bytes") == target.stat().st_size
    assert not target.read_bytes().startswith(b"SQLite")
    assert stat.S_IMODE(target.stat().st_mode) == 0o600
    store = open_training(training)
    with store.read() as unit:
        last = unit.journal.last()
        assert unit.settings.get("backup.at") == (last.at if last else ""), "the window shows it"
    store.close()
    again = run("--data", training, "backup", target)
    assert again.code == 1
    assert "已经存在" in again.err


def test_a_backup_beside_the_data_is_refused(run: Run, training: Path) -> None:
    said = run("--data", training, "backup", training / "copy.db")
    assert said.code == 1
    assert "另一个磁盘" in said.err


def test_a_backup_into_a_file_is_told(run: Run, training: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    said = run("--data", training, "backup", tmp_path / "file" / "copy.db")
    assert said.code == 2


def test_a_mistyped_backup_folder_is_told_and_not_made(
    run: Run, training: Path, tmp_path: Path
) -> None:
    said = run("--data", training, "backup", tmp_path / "E" / "copy.luohu")
    assert said.code == 2
    assert f"没有文件夹 {tmp_path / 'E'}" in said.err
    assert not (tmp_path / "E").exists()


def test_a_clerk_does_not_back_up(run: Run, training: Path, tmp_path: Path) -> None:
    said = run("--data", training, "--as", "clerk", "--json", "backup", tmp_path / "copy.db")
    assert said.code == 1
    assert said.member("error", "code") == "not_allowed"
    assert not (tmp_path / "copy.db").exists()
