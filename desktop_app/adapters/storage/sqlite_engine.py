"""The one module that opens connections: SQLCipher with the settings that lose nothing.

``journal_mode=DELETE`` with ``synchronous=EXTRA`` is the only cheap setting that lost no
acknowledged commit in a power-cut replay; the page HMAC of SQLCipher finds a single flipped bit.
Nothing outside the ``sqlite*`` modules is SQLite-only.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from time import monotonic
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.pool import QueuePool
from sqlcipher3 import dbapi2

from desktop_app.adapters.storage.sqlite_errors import (
    BUSY,
    CORRUPT,
    NOTADB,
    code_of,
    unavailable,
)
from desktop_app.adapters.storage.sqlite_turn import turn, wait_until
from desktop_app.domain.errors import Damaged, Unavailable

KEY_BYTES = 32
READING = "reading"
BUSY_MS = 5000
_PLAIN_HEADER = b"SQLite format 3\x00"
#: How each connection is set, and what the pragma answers when it is read back.
PRAGMAS: Mapping[str, tuple[str, object]] = {
    "journal_mode": ("DELETE", "delete"),
    "synchronous": ("EXTRA", 3),
    "foreign_keys": ("ON", 1),
    "secure_delete": ("ON", 1),
    "temp_store": ("MEMORY", 2),
    "cell_size_check": ("ON", 1),
    "trusted_schema": ("OFF", 0),
    "recursive_triggers": ("ON", 1),  # else INSERT OR REPLACE slips past the journal's guard
    "cache_size": ("-16000", -16000),  # KiB
}


def open_engine(
    path: Path,
    key: bytes,
    *,
    create: bool = False,
    busy_ms: int = BUSY_MS,
    pragmas: Mapping[str, str] | None = None,
) -> Engine:
    """An engine on an encrypted database file; ``pragmas`` differ only in tests.

    Raises Unavailable for a file that is absent, plain, locked by a wrong key or damaged, and
    when the driver has no cipher.
    """
    if len(key) != KEY_BYTES:
        raise ValueError("the database key has 32 bytes")
    if not create:
        _refuse_unfit_file(path)
    settings = {name: text for name, (text, _) in PRAGMAS.items()} | dict(pragmas or {})
    address = f"{path.absolute().as_uri()}?mode={'rwc' if create else 'rw'}"

    def connect() -> Any:
        return _connect(address, key, busy_ms, settings)

    engine = create_engine(
        "sqlite://",
        module=dbapi2,
        creator=connect,
        poolclass=QueuePool,
        pool_size=2,
        max_overflow=6,
        hide_parameters=True,  # an exception's text must not carry a name or a number
        json_serializer=_dump,
    )
    event.listen(engine, "begin", partial(_begin, folder=path.absolute().parent, busy_ms=busy_ms))
    return engine


def _connect(address: str, key: bytes, busy_ms: int, settings: Mapping[str, str]) -> Any:
    try:
        connection = dbapi2.connect(
            address,
            uri=True,
            isolation_level=None,
            check_same_thread=False,
            timeout=busy_ms / 1000,
        )
    except dbapi2.Error as error:
        raise unavailable(error) or error from error
    try:
        connection.execute("PRAGMA cipher_log_level = NONE")  # it would write to stderr
        connection.execute(f"PRAGMA key = \"x'{key.hex()}'\"")
        if not connection.execute("PRAGMA cipher_version").fetchall():
            raise Unavailable("数据库组件没有加密功能，已停止打开", "重新安装本程序")
        for name, text in settings.items():
            connection.execute(f"PRAGMA {name} = {text}").fetchall()
        connection.execute("SELECT count(*) FROM sqlite_master").fetchall()
    except dbapi2.Error as error:
        connection.close()
        raise _opening_error(error) from error
    except Unavailable:
        connection.close()
        raise
    return connection


def _opening_error(error: Exception) -> Exception:
    if code_of(error) in (NOTADB, CORRUPT):
        return Damaged(
            "数据库打不开：钥匙对不上或文件已损坏", "停止办理，交信息员用最近的备份恢复"
        )
    return unavailable(error) or error


def _refuse_unfit_file(path: Path) -> None:
    try:
        with path.open("rb") as file:
            header = file.read(len(_PLAIN_HEADER))
    except FileNotFoundError:
        raise Unavailable("数据库文件不在数据文件夹里", "交信息员找回文件或用备份恢复") from None
    except OSError as error:
        raise Unavailable("数据库文件读不出来", "交信息员检查文件夹权限和磁盘") from error
    if header == _PLAIN_HEADER:
        raise Damaged("数据库没有加密，已停止打开", "交信息员查明来历，用加密备份恢复")
    if len(header) < len(_PLAIN_HEADER):
        raise Damaged("数据库文件是空的或不完整", "停止办理，交信息员用最近的备份恢复")


def _begin(connection: Connection, folder: Path, busy_ms: int) -> None:
    """Take the writer's lock at the start: a lock taken halfway can end in a deadlock."""
    driver: Any = connection.connection.driver_connection
    if connection.get_execution_options().get(READING):
        driver.execute("PRAGMA query_only = ON")
        driver.execute("BEGIN")
        return
    driver.execute("PRAGMA query_only = OFF")
    driver.execute("PRAGMA busy_timeout = 0")
    until = monotonic() + busy_ms / 1000
    try:
        with turn(folder, until):
            if not wait_until(until, lambda: _begun(driver)):
                driver.execute("BEGIN IMMEDIATE")  # for the last time, and to say why not
    finally:
        driver.execute(f"PRAGMA busy_timeout = {busy_ms}")


def _begun(driver: Any) -> bool:
    try:
        driver.execute("BEGIN IMMEDIATE")
    except dbapi2.OperationalError as error:
        if code_of(error) != BUSY:
            raise
        return False
    return True


def _dump(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def read_back(connection: Connection) -> dict[str, object]:
    """Each pragma of ``PRAGMAS`` as the connection has it now."""
    return {name: connection.exec_driver_sql(f"PRAGMA {name}").scalar() for name in PRAGMAS}


@contextmanager
def references_off(connection: Connection) -> Iterator[None]:
    """Foreign keys unchecked on this connection; the pragma does nothing inside a transaction."""
    driver: Any = connection.connection.driver_connection
    driver.execute("PRAGMA foreign_keys = OFF")
    try:
        yield
    finally:
        driver.execute("PRAGMA foreign_keys = ON")


def broken_references(connection: Connection) -> bool:
    """Whether any row refers to one that is not there."""
    return connection.exec_driver_sql("PRAGMA foreign_key_check").first() is not None


def copy_into(connection: Connection, target: Path) -> None:
    """Write the whole database, encrypted under the same key, into a file that is not there yet.

    Other programs may go on writing: the copy is one moment of the data.
    """
    driver: Any = connection.connection.driver_connection
    driver.execute("PRAGMA query_only = OFF")
    driver.execute("VACUUM INTO ?", (str(target),))


@contextmanager
def roomy(connection: Connection) -> Iterator[None]:
    """256 MiB of cache meanwhile: reading everything at a million persons takes a quarter."""
    connection.exec_driver_sql("PRAGMA cache_size = -262144")
    try:
        yield
    finally:
        connection.exec_driver_sql(f"PRAGMA cache_size = {PRAGMAS['cache_size'][0]}")


def faults(connection: Connection, *, thorough: bool) -> tuple[str, ...]:
    """What SQLCipher's page digests and SQLite's own check find wrong; empty when sound.

    ``thorough`` also compares every index with its table, at a million persons 20 s to 3 s.
    """
    check = "integrity_check" if thorough else "quick_check"
    pages = connection.exec_driver_sql("PRAGMA cipher_integrity_check").scalars().all()
    tables = connection.exec_driver_sql(f"PRAGMA {check}(20)").scalars().all()
    return tuple(map(str, pages[:20])) + tuple(str(line) for line in tables if line != "ok")
