"""Small files that are either the old one or the new one, wherever the power is cut."""

from __future__ import annotations

import errno
import os
import tempfile
from pathlib import Path

from desktop_app.domain.errors import Unavailable

_PRIVATE = 0o600
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


def write(path: Path, content: bytes, *, mode: int = _PRIVATE) -> None:
    """Replace the file's content: temporary file, fsync, rename, fsync of the folder.

    Raises Unavailable saying why; the old file is then untouched and no temporary one is left.
    """
    if path.is_dir():
        raise Unavailable(f"{path} 是文件夹，没有写入", "写一个文件名")
    try:
        _replace(path, content, mode)
    except OSError as error:
        raise words_for(error, path.name) from error


def _replace(path: Path, content: bytes, mode: int) -> None:
    handle, temporary = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        os.chmod(temporary, mode)
        os.replace(temporary, path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise
    _sync_folder(path.parent)


def _sync_folder(folder: Path) -> None:
    """Make the rename itself durable; Windows cannot open folders and does not need it."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
