"""The way in: passwords, counted tries, keys for others."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from desktop_app.adapters.storage.creation import create_data
from desktop_app.adapters.storage.sealing import Cost
from desktop_app.adapters.storage.vault import DATABASE, KEYS, TRIES, UNFINISHED, FileVault
from desktop_app.domain.errors import InputError, Unavailable
from desktop_app.domain.staff import Operator, Role
from desktop_app.domain.station import Station
from tests.adapters.storage.things import SetClock

CHEAP = Cost(memory_kib=64, passes=1, lanes=1)
STATION = Station("210213001", "样板派出所", "210213", "new_district", "W1", "1")

LONG = "红砖墙上的猫2026"


@pytest.fixture
def clock() -> SetClock:
    return SetClock()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "data"
    create_data(made, STATION, "supervisor", "试甲", LONG, False, cost=CHEAP)
    return made


@pytest.fixture
def vault(folder: Path, clock: SetClock) -> FileVault:
    return FileVault(folder, clock, cost=CHEAP)


def test_the_first_supervisor_gets_in(vault: FileVault) -> None:
    assert vault.logins() == ("supervisor",)
    assert vault.training is False
    unlocked = vault.unlock("supervisor", LONG)
    assert unlocked.operator == Operator("supervisor", "试甲", Role.SUPERVISOR)
    with unlocked.store.read() as unit:
        assert unit.settings.get("station") == STATION.code
    unlocked.store.close()


def test_wrong_tries_count_down_then_the_account_waits(
    vault: FileVault, folder: Path, clock: SetClock
) -> None:
    said = [_refusal(vault, "supervisor", "wrong") for _ in range(5)]
    assert said[:4] == [
        f"用户名或口令不对，还可试 {left} 次。核对后再输一次" for left in (4, 3, 2, 1)
    ]
    # 04:00 UTC is noon at the station
    assert said[4] == "口令错误 5 次。12:15 后可再试，或由所领导重设口令"
    again = FileVault(folder, clock, cost=CHEAP)  # a restart does not help
    assert _refusal(again, "supervisor", LONG) == said[4]
    with pytest.raises(Unavailable):
        again.check("supervisor", LONG)
    clock.go(minutes=14, seconds=59)
    assert _refusal(again, "supervisor", LONG) == said[4]
    clock.go(seconds=1)
    again.unlock("supervisor", LONG).store.close()


def test_a_right_password_starts_the_count_anew(vault: FileVault) -> None:
    for _ in range(4):
        _refusal(vault, "supervisor", "wrong")
    vault.unlock("supervisor", LONG).store.close()
    assert "还可试 4 次" in _refusal(vault, "supervisor", "wrong")


@pytest.mark.parametrize("days", [-1, -3650])
def test_turning_the_clock_back_makes_the_wait_neither_shorter_nor_endless(
    vault: FileVault, clock: SetClock, days: int
) -> None:
    for _ in range(5):
        _refusal(vault, "supervisor", "wrong")
    clock.go(days=days)
    assert "5 次" in _refusal(vault, "supervisor", LONG)
    clock.go(minutes=14)
    assert "5 次" in _refusal(vault, "supervisor", LONG)
    clock.go(minutes=1)
    vault.unlock("supervisor", LONG).store.close()


def test_the_whole_machine_waits_after_twenty(vault: FileVault, clock: SetClock) -> None:
    for order in range(20):
        _refusal(vault, f"nobody{order}", "wrong")
    assert "20 次" in _refusal(vault, "supervisor", LONG)
    clock.go(minutes=15)
    vault.unlock("supervisor", LONG).store.close()


def test_variants_of_a_login_share_one_count(vault: FileVault) -> None:
    for login in ("nobody", "NOBODY", " nobody", "Nobody ", "noBody"):
        _refusal(vault, login, "wrong")
    assert "5 次" in _refusal(vault, "nobody", "wrong")


def test_an_unknown_login_is_told_the_same(vault: FileVault) -> None:
    assert _refusal(vault, "nobody", LONG) == _refusal(vault, "supervisor", "wrong")


def test_what_was_typed_as_a_login_is_not_kept(vault: FileVault, folder: Path) -> None:
    _refusal(vault, LONG, "wrong")  # the password in the wrong field
    assert LONG not in (folder / TRIES).read_text("utf-8")
    assert "2026" not in json.loads((folder / TRIES).read_text("utf-8"))[0][1]


@pytest.mark.parametrize("text", ["", "{", "[[1]]", '[["x","y"]]', "[" * 9000, "\xff"])
def test_a_damaged_count_does_not_lock_anybody_out(
    vault: FileVault, folder: Path, text: str
) -> None:
    (folder / TRIES).write_text(text, "latin-1")
    vault.unlock("supervisor", LONG).store.close()


def test_check_asks_again(vault: FileVault) -> None:
    assert vault.check("supervisor", LONG)
    assert not vault.check("supervisor", LONG + "x")
    assert not vault.check("nobody", LONG)


def test_another_person_gets_a_key_and_an_account(vault: FileVault) -> None:
    vault.enrol("li", "password-of-li", by_login="supervisor", by_password=LONG)
    assert vault.logins() == ("li", "supervisor")
    with pytest.raises(Unavailable, match="停用"):
        vault.unlock("li", "password-of-li")  # a key alone does not make an account
    _put(vault, Operator("li", "试乙", Role.CLERK))
    opened = vault.unlock("li", "password-of-li")
    assert opened.operator.role is Role.CLERK
    opened.store.close()
    _put(vault, Operator("li", "试乙", Role.CLERK, active=False))
    with pytest.raises(Unavailable, match="停用"):
        vault.unlock("li", "password-of-li")


def test_a_supervisor_frees_a_waiting_account_with_a_new_password(vault: FileVault) -> None:
    vault.enrol("li", "password-of-li", by_login="supervisor", by_password=LONG)
    for _ in range(5):
        _refusal(vault, "li", "wrong")
    vault.enrol("li", "another-of-li", by_login="supervisor", by_password=LONG)
    assert vault.check("li", "another-of-li")
    assert not vault.check("li", "password-of-li")


def test_enrolling_needs_a_right_password(vault: FileVault) -> None:
    with pytest.raises(Unavailable, match="还可试"):
        vault.enrol("li", "password-of-li", by_login="supervisor", by_password="wrong")
    assert vault.logins() == ("supervisor",)


def test_a_changed_password(vault: FileVault) -> None:
    with pytest.raises(Unavailable, match="还可试"):
        vault.change_password("supervisor", "wrong", "another password")
    vault.change_password("supervisor", LONG, "another password")
    assert not vault.check("supervisor", LONG)
    vault.unlock("supervisor", "another password").store.close()


@pytest.mark.parametrize("password", ["", "1234567", "x" * 129, "supervisor", "SUPERVISOR"])
def test_an_unfit_password_is_refused(vault: FileVault, password: str) -> None:
    with pytest.raises(InputError) as refusal:
        vault.change_password("supervisor", LONG, password)
    assert refusal.value.field == "password"
    assert not password or password not in str(refusal.value)


@pytest.mark.parametrize("login", ["", "a b", "x" * 33, "a\n", "a\u202e"])
def test_an_unfit_login_is_refused(vault: FileVault, login: str) -> None:
    with pytest.raises(InputError) as refusal:
        vault.enrol(login, "password-of-li", by_login="supervisor", by_password=LONG)
    assert refusal.value.field == "login"


def test_a_training_folder_may_do_without_passwords(tmp_path: Path, clock: SetClock) -> None:
    create_data(tmp_path / "t", STATION, "supervisor", "试甲", "", True, cost=CHEAP)
    vault = FileVault(tmp_path / "t", clock, cost=CHEAP)
    assert vault.training
    vault.unlock("supervisor", "").store.close()
    vault.enrol("li", "", by_login="supervisor", by_password="")
    assert vault.check("li", "")
    assert not vault.check("li", "x")


def test_no_password_only_in_training(tmp_path: Path) -> None:
    with pytest.raises(InputError):
        create_data(tmp_path / "t", STATION, "supervisor", "试甲", "", False, cost=CHEAP)
    assert not (tmp_path / "t").exists()


def test_a_folder_that_holds_data_is_refused_and_unchanged(folder: Path) -> None:
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    for name in (KEYS, DATABASE):
        with pytest.raises(Unavailable, match="已有落户数据"):
            create_data(folder, STATION, "other", "试乙", LONG, False, cost=CHEAP)
        assert {path.name: path.read_bytes() for path in folder.iterdir()} == before
        (folder / name).unlink()
        del before[name]
        if name == KEYS:
            with pytest.raises(Unavailable, match=r"缺 keys\.json"):
                FileVault(folder, SetClock()).logins()


def test_a_making_cut_short_is_finished_by_the_first_unlock(folder: Path, vault: FileVault) -> None:
    (folder / DATABASE).rename(folder / UNFINISHED)  # as cut between the last two steps
    vault.unlock("supervisor", LONG).store.close()
    assert (folder / DATABASE).exists()
    assert not (folder / UNFINISHED).exists()


def test_a_making_cut_before_its_key_was_kept_begins_again(tmp_path: Path) -> None:
    for name in (UNFINISHED, UNFINISHED + "-journal"):
        (tmp_path / name).write_bytes(b"rest of another try")
    create_data(tmp_path, STATION, "supervisor", "试甲", LONG, False, cost=CHEAP)
    FileVault(tmp_path, SetClock(), cost=CHEAP).unlock("supervisor", LONG).store.close()


def test_a_slot_does_not_open_under_another_login_or_in_another_folder(
    folder: Path, vault: FileVault
) -> None:
    vault.enrol("li", "password-of-li", by_login="supervisor", by_password=LONG)
    members = json.loads((folder / KEYS).read_text("utf-8"))
    for slot in members["slots"]:
        if slot["login"] == "li":
            slot["login"] = "boss"
    (folder / KEYS).write_text(json.dumps(members), "utf-8")
    assert not vault.check("boss", "password-of-li")
    members["training"] = True  # no way to turn a real folder into a training one
    (folder / KEYS).write_text(json.dumps(members), "utf-8")
    assert not vault.check("supervisor", LONG)


def test_the_key_file_names_how_it_is_sealed_and_at_what_cost(tmp_path: Path) -> None:
    create_data(tmp_path, STATION, "supervisor", "试甲", LONG, False)
    (slot,) = json.loads((tmp_path / KEYS).read_text("utf-8"))["slots"]
    assert (slot["profile"], slot["algorithm"]) == ("intl", "argon2id+aes-256-gcm")
    assert slot["memory_kib"] >= 64 * 1024
    assert slot["passes"] >= 3
    assert {path.stat().st_mode & 0o077 for path in tmp_path.glob("*.json")} == {0}


def test_the_sign_in_window_does_not_wait_for_the_database() -> None:
    program = (
        "import sys; import desktop_app.adapters.storage.vault;"
        "sys.exit(any(name in sys.modules for name in ('sqlalchemy', 'sqlcipher3', 'alembic')))"
    )
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0


def _refusal(vault: FileVault, login: str, password: str) -> str:
    with pytest.raises(Unavailable) as refusal:
        vault.unlock(login, password).store.close()
    return str(refusal.value)


def _put(vault: FileVault, operator: Operator) -> None:
    opened = vault.unlock("supervisor", LONG)
    with opened.store.write() as unit:
        unit.staff.put(operator)
        unit.commit()
    opened.store.close()
