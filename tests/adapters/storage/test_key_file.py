"""The key file cut or scratched at any byte: the old one, the new one, or a clean refusal (R10)."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from argon2.low_level import hash_secret_raw

from desktop_app.adapters.storage import key_file, sealing
from desktop_app.adapters.storage.attempts import Attempts
from desktop_app.adapters.storage.key_file import KeyFile
from desktop_app.adapters.storage.sealing import Cost
from desktop_app.domain.errors import Damaged, Unavailable
from tests.adapters.storage.things import KEY, NOON

CHEAP = Cost(memory_kib=32, passes=1, lanes=1)
PASSWORD = "synthetic password"


@pytest.fixture
def keys() -> KeyFile:
    empty = KeyFile("0123456789abcdef", False, {})
    slot = sealing.seal(KEY, PASSWORD, about=empty.about("li"), cost=CHEAP)
    return KeyFile(empty.data_id, False, {"li": slot})


@pytest.fixture
def path(tmp_path: Path, keys: KeyFile) -> Path:
    key_file.save(tmp_path / "keys.json", keys)
    return tmp_path / "keys.json"


def test_it_comes_back_equal(path: Path, keys: KeyFile) -> None:
    assert key_file.load(path) == keys
    assert sealing.unseal(keys.slots["li"], PASSWORD, about=keys.about("li")) == KEY
    assert sealing.unseal(keys.slots["li"], PASSWORD, about=keys.about("wu")) is None


def test_the_copy_beside_it_is_as_good(path: Path, keys: KeyFile) -> None:
    copy = path.with_name("keys.copy.json")
    path.write_bytes(b"damaged")
    with pytest.raises(Damaged, match="已损坏") as damaged:
        key_file.load(path)
    path.unlink()
    with pytest.raises(Damaged, match=r"缺 keys\.json") as lost:
        key_file.load(path)
    assert copy.name in damaged.value.remedy
    assert copy.name in lost.value.remedy
    copy.replace(path)
    assert key_file.load(path) == keys


def test_cut_at_every_byte(path: Path, keys: KeyFile) -> None:
    data = path.read_bytes()
    for length in range(len(data)):
        _sound_or_refused(path, data[:length], keys)


@pytest.mark.parametrize("scratch", [b"\x00", b"\xff", b"0", b'"'])
def test_scratched_at_every_byte(path: Path, keys: KeyFile, scratch: bytes) -> None:
    data = path.read_bytes()
    for place in range(len(data)):
        _sound_or_refused(path, data[:place] + scratch + data[place + 1 :], keys)


def _sound_or_refused(path: Path, data: bytes, keys: KeyFile) -> None:
    """Nothing but Unavailable, and never another database key."""
    path.write_bytes(data)
    try:
        loaded = key_file.load(path)
    except Unavailable as refusal:
        assert refusal.remedy
        return
    for login, sealed in loaded.slots.items():
        opened = sealing.unseal(sealed, PASSWORD, about=loaded.about(login))
        assert opened in (None, KEY)
        if opened == KEY:
            assert loaded == keys


def test_cut_between_any_two_steps_of_saving(
    path: Path, keys: KeyFile, monkeypatch: pytest.MonkeyPatch
) -> None:
    changed = KeyFile(keys.data_id, False, {"li": keys.slots["li"], "wu": keys.slots["li"]})
    steps = ("open", "write", "fsync", "replace")
    for step in steps:
        with monkeypatch.context() as patch:
            patch.setattr(f"desktop_app.adapters.disk.os.{step}", _no_space)
            with pytest.raises(Unavailable, match="写不进去"):
                key_file.save(path, changed)
        assert key_file.load(path) == keys
    key_file.save(path, changed)  # as soon as there is room
    assert key_file.load(path) == changed


def _no_space(*_: object, **__: object) -> None:
    raise OSError(28, "No space left on device")


@pytest.mark.parametrize(
    ("member", "value", "words"),
    [
        ("format", 2, "另一版"),
        ("slots", [], "已损坏"),
        ("slots", {}, "已损坏"),
        ("training", 1, "已损坏"),
        ("data_id", "", "已损坏"),
    ],
)
def test_a_strange_member_is_refused(path: Path, member: str, value: Any, words: str) -> None:
    members = json.loads(path.read_bytes())
    members[member] = value
    path.write_text(json.dumps(members), "utf-8")
    with pytest.raises(Unavailable, match=words):
        key_file.load(path)


@pytest.mark.parametrize(
    ("member", "value", "words"),
    [
        ("profile", "gm", "不认识的加密方式"),
        ("algorithm", "none", "不认识的加密方式"),
        ("memory_kib", 1 << 30, "已损坏"),  # would fill the memory
        ("passes", 0, "已损坏"),
        ("lanes", True, "已损坏"),
        ("box", "AAAA", "已损坏"),
        ("login", 7, "已损坏"),
    ],
)
def test_a_strange_slot_is_refused(path: Path, member: str, value: Any, words: str) -> None:
    members = json.loads(path.read_bytes())
    members["slots"][0][member] = value
    path.write_text(json.dumps(members), "utf-8")
    with pytest.raises(Unavailable, match=words):
        key_file.load(path)


def test_no_key_and_no_password_is_written(path: Path) -> None:
    text = path.read_bytes()
    assert PASSWORD.encode() not in text
    assert KEY not in text
    assert KEY.hex().encode() not in text


def test_the_count_of_tries_cut_or_scratched_at_every_byte(tmp_path: Path) -> None:
    path = tmp_path / "tries.json"
    tries = Attempts(path, "data")
    for _ in range(3):
        tries.count("li", NOON)
    data = path.read_bytes()
    for place in range(len(data)):
        for rest in (data[:place], data[:place] + b"\x00" + data[place + 1 :]):
            path.write_bytes(rest)
            tries.require_room("li", NOON)
    path.write_bytes(data)
    tries.count("li", NOON)
    tries.count("li", NOON)
    with pytest.raises(Unavailable, match="5 次"):
        tries.require_room("li", NOON)


def test_an_unknown_login_costs_as_much_as_a_wrong_password(
    path: Path, keys: KeyFile, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[tuple[int, int, int]] = []

    def count(*arguments: Any, **how: Any) -> bytes:
        asked.append((how["time_cost"], how["memory_cost"], how["parallelism"]))
        return hash_secret_raw(*arguments, **how)

    monkeypatch.setattr(f"{sealing.__name__}.hash_secret_raw", count)
    sealing.unseal(keys.slots["li"], "wrong", about=keys.about("li"))
    sealing.waste("wrong", CHEAP)
    assert asked == [(1, 32, 1), (1, 32, 1)]
