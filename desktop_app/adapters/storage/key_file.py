"""The key file (keys.json): one sealed copy of the database key for each login."""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from desktop_app.adapters.disk import replace_bytes
from desktop_app.adapters.storage.sealing import ALGORITHM, PROFILE, Cost, Sealed
from desktop_app.domain.errors import Damaged, Unavailable

FORMAT = 1
#: The same bytes again beside the file, for a disk that damages one of them.
COPY = ".copy"
_DAMAGED = ("钥匙文件已损坏，打不开数据", "交信息员用 keys.copy.json 或另存的钥匙文件恢复")
_UNREADABLE = ("钥匙文件读不出来", "交信息员检查数据文件夹的权限和磁盘")
_UNWRITABLE = ("钥匙文件写不进去，口令没有改动", "检查磁盘空间和文件夹权限后再试")


@dataclass(frozen=True)
class KeyFile:
    """Who has a key; ``data_id`` tells one data folder from another."""

    data_id: str
    training: bool
    slots: Mapping[str, Sealed]

    def about(self, login: str) -> bytes:
        """What a sealed key is bound to, so that it cannot be moved to another login or folder."""
        bound = [FORMAT, self.data_id, self.training, login]
        return json.dumps(bound, ensure_ascii=False).encode("utf-8")


def load(path: Path) -> KeyFile:
    """Read the key file. Raises Unavailable for one that is absent, damaged or newer."""
    try:
        text = path.read_bytes()
    except FileNotFoundError:
        if path.with_stem(path.stem + COPY).exists():
            raise Damaged(f"{path.parent} 里缺 {path.name}", _DAMAGED[1]) from None
        raise Unavailable(
            f"{path.parent} 里没有钥匙文件", "先建数据文件夹，或检查文件夹选得对不对"
        ) from None
    except OSError as error:
        raise Unavailable(*_UNREADABLE) from error
    try:
        return _parse(json.loads(text))
    except (ValueError, TypeError, KeyError, binascii.Error, RecursionError):
        raise Damaged(*_DAMAGED) from None


def save(path: Path, keys: KeyFile) -> None:
    """Replace the key file, old or new after a power cut, its copy first. Raises Unavailable."""
    members = {
        "format": FORMAT,
        "data_id": keys.data_id,
        "training": keys.training,
        "slots": [_slot(login, sealed) for login, sealed in sorted(keys.slots.items())],
    }
    text = json.dumps(members, ensure_ascii=False, indent=1) + "\n"
    try:
        replace_bytes(path.with_stem(path.stem + COPY), text.encode("utf-8"))
        replace_bytes(path, text.encode("utf-8"))
    except OSError as error:
        raise Unavailable(*_UNWRITABLE) from error


def _slot(login: str, sealed: Sealed) -> dict[str, Any]:
    return {
        "login": login,
        "profile": sealed.profile,
        "algorithm": sealed.algorithm,
        "memory_kib": sealed.cost.memory_kib,
        "passes": sealed.cost.passes,
        "lanes": sealed.cost.lanes,
        "salt": _written(sealed.salt),
        "nonce": _written(sealed.nonce),
        "box": _written(sealed.box),
    }


def _parse(members: Any) -> KeyFile:
    if members["format"] != FORMAT:
        raise Unavailable("钥匙文件是另一版程序写的", "安装新版落户柜台后再打开，数据没有改动")
    slots = {_string(slot["login"]): _sealed(slot) for slot in members["slots"]}
    if not slots or len(slots) != len(members["slots"]) or type(members["training"]) is not bool:
        raise ValueError("a key file names each login once")
    return KeyFile(_string(members["data_id"]), members["training"], slots)


def _sealed(slot: Any) -> Sealed:
    if (slot["profile"], slot["algorithm"]) != (PROFILE, ALGORITHM):
        raise Unavailable("钥匙文件用了本程序不认识的加密方式", "安装新版落户柜台后再打开")
    cost = Cost(_count(slot["memory_kib"]), _count(slot["passes"]), _count(slot["lanes"]))
    salt, nonce, box = (_read(slot[name]) for name in ("salt", "nonce", "box"))
    if not cost.bearable or (len(salt), len(nonce), len(box)) != (16, 12, 48):
        raise ValueError("a sealed key has a fixed size")
    return Sealed(PROFILE, ALGORITHM, cost, salt, nonce, box)


def _string(value: object) -> str:
    if not isinstance(value, str) or not value:
        raise ValueError("words expected")
    return value


def _count(value: object) -> int:
    if not isinstance(value, int) or isinstance(value, bool):
        raise ValueError("a number expected")
    return value


def _written(data: bytes) -> str:
    return base64.b64encode(data).decode("ascii")


def _read(text: object) -> bytes:
    return base64.b64decode(_string(text), validate=True)
