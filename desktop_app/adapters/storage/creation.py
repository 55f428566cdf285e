"""Make a data folder: database, key file, first supervisor."""

from __future__ import annotations

import secrets
from pathlib import Path

from desktop_app.adapters.disk import move, private_folder
from desktop_app.adapters.storage import key_file, sealing
from desktop_app.adapters.storage.key_file import KeyFile
from desktop_app.adapters.storage.sealing import Cost
from desktop_app.adapters.storage.sqlite_engine import KEY_BYTES
from desktop_app.adapters.storage.store import create_store
from desktop_app.adapters.storage.vault import (
    DATABASE,
    KEYS,
    UNFINISHED,
    holds_data,
    require_login,
    require_password,
)
from desktop_app.domain.errors import Unavailable
from desktop_app.domain.staff import Operator, Role
from desktop_app.domain.station import Station

STATION_SETTING = "station"


def create_data(
    data_dir: Path,
    station: Station,
    login: str,
    name: str,
    password: str,
    training: bool,
    *,
    cost: Cost | None = None,
) -> None:
    """Make database, keys and first supervisor in a folder that holds none.

    The database gets its name last: cut before the key file, nothing was made; cut after it, the
    first unlock finishes. Raises InputError for login or password, Unavailable for the folder.
    """
    require_login(login)
    require_password(login, password, training=training)
    if holds_data(data_dir):
        raise Unavailable("这个文件夹里已有落户数据，没有改动", "换一个空文件夹，或直接登录")
    try:
        private_folder(data_dir)
        for left in (UNFINISHED, UNFINISHED + "-journal"):  # their key was never kept
            (data_dir / left).unlink(missing_ok=True)
        key = secrets.token_bytes(KEY_BYTES)
        _fill(data_dir / UNFINISHED, key, station, Operator(login, name, Role.SUPERVISOR))
        keys = KeyFile(secrets.token_hex(16), training, {})
        slot = sealing.seal(key, password, about=keys.about(login), cost=cost or Cost())
        key_file.save(data_dir / KEYS, KeyFile(keys.data_id, training, {login: slot}))
        move(data_dir / UNFINISHED, data_dir / DATABASE)
    except OSError as error:
        raise Unavailable("数据文件夹建不起来", "检查文件夹权限和磁盘空间后再试") from error


def _fill(path: Path, key: bytes, station: Station, supervisor: Operator) -> None:
    store = create_store(path, key)
    try:
        with store.write() as unit:
            unit.staff.put(supervisor)
            unit.settings.put(STATION_SETTING, station.code)
            unit.commit()
    finally:
        store.close()
