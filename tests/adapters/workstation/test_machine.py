"""Folders, small files, the clock, and what the process forbids itself."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import platformdirs
import pytest

from desktop_app.adapters.workstation import hardening, paths
from desktop_app.adapters.workstation.clock import SystemClock
from desktop_app.domain.errors import Unavailable

AT = datetime(2026, 3, 1, 17, 30, tzinfo=UTC)


def test_the_folder_asked_for_comes_first(tmp_path: Path) -> None:
    environ = {"LUOHU_DATA": str(tmp_path / "env")}
    assert paths.data_dir(tmp_path / "given", environ) == tmp_path / "given"
    assert paths.data_dir(None, environ) == tmp_path / "env"
    assert paths.data_dir("", environ) == tmp_path / "env"


def test_without_a_word_training_and_real_data_live_apart() -> None:
    own = Path(platformdirs.user_data_dir("luohu-counter", appauthor=False))
    assert paths.data_dir(None, {}) == own / "data"
    assert paths.data_dir(None, {}, training=True) == own / "training"


@pytest.mark.skipif(os.name == "nt", reason="no such folders there")
def test_a_folder_that_all_users_share_is_refused_and_stays_open(tmp_path: Path) -> None:
    tmp_path.chmod(0o1777)
    with pytest.raises(Unavailable, match="众人共用"):
        paths.private_folder(tmp_path)
    assert stat.S_IMODE(tmp_path.stat().st_mode) == 0o1777


def test_a_relative_folder_becomes_absolute(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)
    assert paths.data_dir("here", {}) == tmp_path / "here"


def test_the_folder_of_the_log_is_private(tmp_path: Path) -> None:
    folder = paths.logs_dir(tmp_path)
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    folder.chmod(0o755)
    assert stat.S_IMODE(paths.logs_dir(tmp_path).stat().st_mode) == 0o700


def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(Unavailable) as caught:
        paths.logs_dir(tmp_path / "file")
    assert caught.value.remedy


def test_the_day_is_the_stations_whatever_the_machine_says() -> None:
    clock = SystemClock(wall=AT.timestamp)
    assert clock.now() == AT
    assert clock.today() == date(2026, 3, 2)


def test_the_clock_follows_the_machine_back_as_well() -> None:
    wall = [AT.timestamp()]
    clock = SystemClock(wall=lambda: wall[0])
    assert clock.now() == AT
    wall[0] -= timedelta(days=3653).total_seconds()
    assert clock.now() == AT - timedelta(days=3653)


def test_the_clock_of_the_machine_is_the_default() -> None:
    before = datetime.now(UTC)
    assert before <= SystemClock().now() <= datetime.now(UTC)
    assert SystemClock().now().tzinfo is UTC


CRASH = """
import ctypes, os, resource
from desktop_app.adapters.workstation import hardening
hardening.forbid_memory_images()
assert resource.getrlimit(resource.RLIMIT_CORE) == (0, 0)
assert ctypes.CDLL(None).prctl(3, 0, 0, 0, 0) == 0, "dumpable"
os.kill(os.getpid(), 11)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="a promise about Linux")
def test_a_crash_leaves_no_memory_image(tmp_path: Path) -> None:
    environ = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[3])}
    done = subprocess.run(
        [sys.executable, "-c", CRASH], cwd=tmp_path, env=environ, capture_output=True, check=False
    )
    assert done.returncode == -11, done.stderr
    assert list(tmp_path.iterdir()) == []


def test_new_files_are_private(tmp_path: Path) -> None:
    before = os.umask(0o022)
    try:
        hardening.keep_files_private()
        (tmp_path / "file").write_text("x")
    finally:
        os.umask(before)
    assert stat.S_IMODE((tmp_path / "file").stat().st_mode) == 0o600
