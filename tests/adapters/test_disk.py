"""One writer of files: the old bytes or the new ones, private, and nothing left behind."""

from __future__ import annotations

import errno
import os
import stat
from pathlib import Path

import pytest

from desktop_app.adapters import disk
from desktop_app.domain.errors import Unavailable


def test_a_small_file_is_replaced_and_private(tmp_path: Path) -> None:
    path = tmp_path / "small"
    disk.write(path, b"old")
    disk.write(path, b"new")
    assert path.read_bytes() == b"new"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize(
    ("code", "words"),
    [
        (errno.ENOSPC, "磁盘满"),
        (errno.EROFS, "磁盘只读"),
        (errno.EACCES, "权限"),
        (errno.EIO, "没有写成"),
    ],
)
@pytest.mark.parametrize("step", ["fsync", "replace"])
def test_a_write_that_fails_keeps_the_old_file_and_says_why(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str, code: int, words: str
) -> None:
    path = tmp_path / "small"
    disk.write(path, b"old")

    def refuse(*_: object) -> None:
        raise OSError(code, "no")

    monkeypatch.setattr(os, step, refuse)
    with pytest.raises(Unavailable, match=words) as caught:
        disk.write(path, b"new")
    assert "small" in caught.value.message
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]


def test_a_folder_that_is_gone_is_told(tmp_path: Path) -> None:
    with pytest.raises(Unavailable, match="文件夹不存在"):
        disk.write(tmp_path / "gone" / "small", b"x")


def test_what_a_power_cut_left_is_written_anew_and_never_through_a_link(tmp_path: Path) -> None:
    other = tmp_path / "other"
    other.write_bytes(b"kept")
    (tmp_path / ".small.tmp").symlink_to(other)
    disk.write(tmp_path / "small", b"line\r\nline\n")
    assert (tmp_path / "small").read_bytes() == b"line\r\nline\n"
    assert not (tmp_path / "small").is_symlink()
    assert other.read_bytes() == b"kept"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["other", "small"]
