"""What SQLite says, in words for the counter."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import DBAPIError
from sqlcipher3 import dbapi2

from desktop_app.domain.errors import Damaged, Unavailable

PERM, BUSY, LOCKED, READONLY, IOERR = 3, 5, 6, 8, 10
CORRUPT, FULL, CANTOPEN, NOTADB = 11, 13, 14, 26

_DAMAGED = ("数据库已损坏，已停止读写", "停止办理，交信息员用最近的备份恢复")
_CLOSED = ("数据文件夹不能写入", "交信息员检查文件夹权限和磁盘，已填内容仍在窗口")
_HELD = ("数据正被另一个程序占用", "关闭其他落户柜台窗口或备份软件后再办一次")
_WORDS: dict[int, tuple[str, str]] = {
    FULL: ("磁盘已满，这一步没有保存", "清出磁盘空间后再办一次，已填内容仍在窗口"),
    BUSY: _HELD,
    LOCKED: _HELD,
    PERM: _CLOSED,
    READONLY: _CLOSED,
    CANTOPEN: _CLOSED,
    IOERR: ("磁盘读写出错，这一步没有保存", "再办一次；仍不行就交信息员检查磁盘"),
    CORRUPT: _DAMAGED,
    NOTADB: _DAMAGED,
}


def code_of(error: BaseException) -> int:
    """SQLite's primary result code of a driver's error, 0 when it has none."""
    code = getattr(error, "sqlite_errorcode", 0)
    return int(code) & 0xFF


def unavailable(error: BaseException) -> Unavailable | None:
    """The words for an error of the machine; None for an error of the program."""
    words = _WORDS.get(code_of(error))
    if words is _DAMAGED:
        return Damaged(*words)
    return Unavailable(*words) if words else None


@contextmanager
def told(*, reading: bool = False) -> Iterator[None]:
    """Turn errors of the machine inside the block into Unavailable.

    The driver's error stays as the cause: it holds SQL and no parameters. Writing in a
    ``reading`` transaction is an error of the program: RuntimeError.
    """
    try:
        yield
    except (DBAPIError, dbapi2.Error) as error:
        cause = error.orig if isinstance(error, DBAPIError) else error
        if reading and getattr(cause, "sqlite_errorcode", 0) == READONLY:
            raise RuntimeError("a reading transaction does not write") from error
        words = unavailable(cause) if cause is not None else None
        if words is None:
            raise
        raise words from error
