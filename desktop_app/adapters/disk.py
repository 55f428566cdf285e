"""Files that are either the old one or the new one, wherever the power is cut.

The ground that all adapters stand on: the one module of theirs that they share.
"""

from __future__ import annotations

import errno
import os
from pathlib import Path

from desktop_app.domain.errors import Unavailable

_PRIVATE_FILE = 0o600
_PRIVATE_FOLDER = 0o700
#: A new file only, never through a link that somebody laid there; Windows must not turn line
#: ends over.
_NEW = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
_WORDS = {
    errno.ENOSPC: ("磁盘满，没有写入 {name}", "腾出空间后再试"),
    errno.EDQUOT: ("磁盘配额用完，没有写入 {name}", "腾出空间后再试"),
    errno.EROFS: ("磁盘只读，没有写入 {name}", "换可写的位置后再试"),
    errno.EACCES: ("没有写入 {name} 的权限", "换可写的位置，或由信息员开放权限"),
    errno.EPERM: ("没有写入 {name} 的权限", "换可写的位置，或由信息员开放权限"),
    errno.EEXIST: ("{name} 是文件，不是文件夹", "换一个位置"),
    errno.ENOTDIR: ("{name} 的上级是文件，不是文件夹", "换一个位置"),
    errno.ENOENT: ("文件夹不存在，没有写入 {name}", "先建好文件夹再试"),
}


def words_for(error: OSError, name: str) -> Unavailable:
    """What a person is told when the machine refuses a file."""
    message, remedy = _WORDS.get(error.errno or 0, ("{name} 没有写成", "检查磁盘和文件夹后再试"))
    return Unavailable(message.format(name=name), remedy)


def require_place(path: Path) -> None:
    """Know that a file can be written there, before an act that would else be done in vain.

    Raises Unavailable.
    """
    folder = path.absolute().parent
    if path.is_dir():
        raise Unavailable(f"{path} 是文件夹，没有写入", "写一个文件名")
    if not folder.is_dir():
        raise Unavailable(f"没有文件夹 {folder}，没有写入 {path.name}", "先建文件夹，或换一个位置")
    if not os.access(folder, os.W_OK):
        raise Unavailable(f"{folder} 不能写，没有写入 {path.name}", "换一个位置，或开放权限")


def write(path: Path, content: bytes) -> None:
    """Replace a file's content as ``replace_bytes`` does. Raises Unavailable saying why."""
    if path.is_dir():
        raise Unavailable(f"{path} 是文件夹，没有写入", "写一个文件名")
    try:
        replace_bytes(path, content)
    except OSError as error:
        raise words_for(error, path.name) from error


def replace_bytes(path: Path, content: bytes) -> None:
    """Replace a file so that a reader, or a power cut, finds the old bytes or the new ones.

    The bytes are synced before the name moves, and the folder after it. What a cut leaves beside
    the file always has the same name, so that old keys do not heap up; the next write removes it.
    Raises OSError; no temporary file is left then.
    """
    temporary = path.with_name(f".{path.name}.tmp")
    temporary.unlink(missing_ok=True)
    try:
        _write_new(temporary, content)
        os.replace(temporary, path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
    sync_folder(path.parent)


def move(source: Path, target: Path) -> None:
    """Give a finished file its name, durably. Raises OSError."""
    handle = os.open(source, os.O_RDWR)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
    os.replace(source, target)
    sync_folder(target.parent)


def sync_folder(folder: Path) -> None:
    """Make the names in a folder durable, where the system knows how (Windows needs it not)."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def private_folder(folder: Path) -> None:
    """Make a folder that nobody else on the machine can look into. Raises OSError."""
    folder.mkdir(mode=_PRIVATE_FOLDER, parents=True, exist_ok=True)
    if os.name != "nt":
        folder.chmod(_PRIVATE_FOLDER)


def _write_new(path: Path, content: bytes) -> None:
    handle = os.open(path, _NEW, _PRIVATE_FILE)
    try:
        rest = memoryview(content)
        while rest:
            rest = rest[os.write(handle, rest) :]
        os.fsync(handle)
    finally:
        os.close(handle)
