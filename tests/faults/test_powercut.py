"""Power cuts at every recorded call of the real services (R1, R3, R4): nothing shown is lost.

The same replay with weaker settings must find losses, else it would prove nothing.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from desktop_app.adapters.storage.store import BACKUPS
from tests.adapters.storage.editions import fixture, later_scripts
from tests.faults.conftest import files_below, staffed_store
from tests.helpers.powercut.clerk import DATABASE
from tests.helpers.powercut.inspection import CounterInspection, Findings, inspect_all
from tests.helpers.powercut.recording import record
from tests.helpers.powercut.upkeep import FoundingInspection, inspect_upgrade
from tests.helpers.tiers import times

KEEPER = "tests.helpers.powercut.keeper"
CLERK = "tests.helpers.powercut.clerk"


def _replay(
    recorder: Path, tmp_path: Path, people: int, tears: int, *pragmas: str, seed: int = 1
) -> Findings:
    root, log = tmp_path / "data", tmp_path / "calls"
    staffed_store(root).close()
    before = files_below(root)
    record(recorder, root, log, CLERK, [str(root), "1", str(people), *pragmas])
    return inspect_all(root, before, log, CounterInspection(), tears=tears, seed=seed)


@pytest.mark.parametrize("seed", range(times(1, 12)))
def test_nothing_acknowledged_is_lost_and_nothing_is_corrupt(
    recorder: Path, tmp_path: Path, seed: int
) -> None:
    found = _replay(recorder, tmp_path, 5, times(2, 8), seed=seed)
    assert not found.wrong, (found.first, found.wrong)
    assert found.states.total() >= times(8_000, 20_000)  # twelve times in the long tier
    assert found.opened.total() >= times(3_000, 8_000)  # no two of them the same


def test_an_upgrade_cut_at_any_call_is_old_or_new(recorder: Path, tmp_path: Path) -> None:
    root, log = tmp_path / "data", tmp_path / "calls"
    fixture(root / DATABASE)
    (root / BACKUPS).mkdir()
    scripts = later_scripts(tmp_path)
    before = {DATABASE: (root / DATABASE).read_bytes()}
    record(recorder, root, log, KEEPER, [str(root), "upgrade", str(scripts)])
    found = inspect_all(root, before, log, inspect_upgrade, tears=times(1, 20))
    assert not found.wrong, (found.first, found.wrong)
    assert found.opened.total() >= 100


def test_making_a_folder_and_changing_passwords_cut_at_any_call(
    recorder: Path, tmp_path: Path
) -> None:
    root, log = tmp_path / "data", tmp_path / "calls"
    root.mkdir()
    record(recorder, root, log, KEEPER, [str(root), "found"])
    found = inspect_all(root, {}, log, FoundingInspection(), tears=times(1, 20))
    assert not found.wrong, (found.first, found.wrong)
    assert found.opened.total() >= 100


def test_the_replay_catches_unsynced_names(recorder: Path, tmp_path: Path) -> None:
    """FULL is SQLite's own default: consistent, but a cut can bring the old journal back."""
    found = _replay(recorder, tmp_path, 1, 1, "synchronous=FULL")
    assert found.count("lost", "cut", "torn") > 0
    assert found.count("corrupt") == found.count("halves") == 0
    assert found.count("lost", "kill") == 0


def test_the_replay_catches_unsynced_data(recorder: Path, tmp_path: Path) -> None:
    found = _replay(recorder, tmp_path, 1, 2, "synchronous=OFF")
    assert found.count("lost", "cut") > 0
    assert found.count("corrupt") + found.count("halves") > 0


def test_the_replay_catches_an_unsynced_key_file(recorder: Path, tmp_path: Path) -> None:
    root, log = tmp_path / "data", tmp_path / "calls"
    root.mkdir()
    record(recorder, root, log, KEEPER, [str(root), "found-unsynced"])
    found = inspect_all(root, {}, log, FoundingInspection(), tears=2)
    assert found.count("lost", "cut") > 0
    assert found.count("corrupt", "torn") > 0
