"""What the tests of faults stand on: the recorder, and file systems that a test may fill."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from desktop_app.adapters.storage.store import create_store
from desktop_app.adapters.storage.unit_of_work import SqlStore
from tests.adapters.storage.things import KEY
from tests.helpers.powercut.clerk import DATABASE
from tests.helpers.powercut.recording import build_recorder
from tests.helpers.world import EVERYBODY

Mount = Callable[[str], Path]


@pytest.fixture(scope="session")
def recorder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The compiled recorder."""
    return build_recorder(tmp_path_factory.mktemp("recorder"))


@pytest.fixture
def mount(tmp_path: Path) -> Iterator[Mount]:
    """Mounts small file systems in memory and takes them away at the end (root only)."""
    mounted: list[Path] = []

    def make(size: str) -> Path:
        folder = tmp_path / f"disk-{len(mounted)}"
        folder.mkdir()
        made = subprocess.run(
            ["mount", "-t", "tmpfs", "-o", f"size={size}", "none", str(folder)],
            check=False,
            capture_output=True,
            text=True,
        )
        if made.returncode != 0:
            pytest.skip(f"no right to mount here: {made.stderr.strip()}")
        mounted.append(folder)
        return folder

    yield make
    for folder in mounted:
        subprocess.run(["umount", "--lazy", str(folder)], check=True)


def staffed_store(folder: Path) -> SqlStore:
    """A new store with the staff in it."""
    store = create_store(folder / DATABASE, KEY)
    with store.write() as unit:
        for operator in EVERYBODY:
            unit.staff.put(operator)
        unit.commit()
    return store


def files_below(folder: Path) -> dict[str, bytes]:
    """Every file below a folder, by its relative name."""
    return {
        os.path.relpath(path, folder): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }
