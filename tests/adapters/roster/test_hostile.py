"""R45: a hostile roster is refused in seconds, in words, and the program goes on."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from desktop_app.adapters.roster import limits
from desktop_app.adapters.roster.reader import ChildRosterReader
from desktop_app.domain.errors import InputError
from tests.helpers.hostile_rosters import HOSTILE, Hostile, students, table, write_xlsx

REFUSED_AS = {"not_a_roster", "encoding"}


@pytest.mark.parametrize("hostile", HOSTILE, ids=lambda hostile: hostile.name)
def test_refused_with_its_reason_and_a_look_does_no_harm(
    hostile: Hostile, tmp_path: Path
) -> None:
    path = tmp_path / hostile.name
    hostile.make(path)
    with pytest.raises(InputError) as refused:
        ChildRosterReader().read(path, {})
    assert hostile.reason in refused.value.message
    assert refused.value.remedy
    assert refused.value.field in REFUSED_AS
    try:
        seen = ChildRosterReader().look(path, {})
    except InputError as unseen:
        assert unseen.message
    else:
        assert len(seen.rows) <= limits.HEADING_ROWS


def child(code: str) -> ChildRosterReader:
    return ChildRosterReader((sys.executable, "-c", code), wall_seconds=1.0)


def test_a_child_that_never_ends_is_ended(tmp_path: Path) -> None:
    path = write_xlsx(tmp_path / "a.xlsx", table(students(1)))
    with pytest.raises(InputError, match="停止读取"):
        child("import signal; signal.pause()").read(path, {})


def test_a_child_that_dies_is_told(tmp_path: Path) -> None:
    path = write_xlsx(tmp_path / "a.xlsx", table(students(1)))
    with pytest.raises(InputError, match="停止读取"):
        child("import os; os.abort()").read(path, {})


def test_the_child_limits_itself(tmp_path: Path) -> None:
    path = write_xlsx(tmp_path / "a.xlsx", table(students(1)))
    root = Path(__file__).resolve().parents[3]
    code = f"""
import sys; sys.path.insert(0, {str(root)!r})
from desktop_app.adapters.roster import child
def greedy(path, options):
    held = bytearray(600 * 1024 * 1024)
    yield {{"count": len(held)}}
child.read = greedy
child.main(sys.argv[1:])
"""
    with pytest.raises(InputError, match="512 MB"):
        child(code).read(path, {})


def test_nothing_is_left_in_the_temporary_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "tmp"
    folder.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(folder))
    path = write_xlsx(tmp_path / "a.xlsx", table(students(2)))
    assert len(ChildRosterReader().read(path, {}).rows) == 2
    assert os.listdir(folder) == []
