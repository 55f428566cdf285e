"""Freshers' day through the window by keyboard alone (T3, T4, T28)."""

from __future__ import annotations

from pathlib import Path

from pytestqt.qtbot import QtBot

from desktop_app.domain.batch import Outcome
from desktop_app.domain.case import Status
from desktop_app.domain.roster import Lane
from tests.helpers.rosters import faulty, write_roster
from tests.helpers.window_journey import Journey, journey


def read(walk: Journey, path: Path) -> None:
    """From anywhere to the lanes of a file."""
    walk.ask.answers.append(path)
    walk.press("Alt+4", "Return")
    assert walk.where == "roster_check", walk.said()


def test_two_thousand_from_the_file_to_the_reconciliation_in_twelve_keys(
    tmp_path: Path, qtbot: QtBot
) -> None:
    path = write_roster(tmp_path / "新生名册.xlsx", faulty(2000))
    with journey(tmp_path) as walk:
        read(walk, path)
        corrections = walk.keys.count
        walk.press("Alt+Shift+A")
        corrections = walk.keys.count - corrections
        check = walk.shell.rooms.students.roster.check
        assert check is not None
        assert check.counts[Lane.NOT_CHOSEN] == 50
        walk.press("F9", "Space", "Space", "F9")
        assert walk.where == "roster_batch", walk.said()
        walk.press("A", "E", "Ctrl+P")
        assert walk.where == "roster_papers"
        walk.press("Ctrl+P", "R")
        batch = walk.shell.rooms.students.batch
        assert batch.count(Status.ISSUED) == check.accepted
        found = batch.reconciliation
        assert found is not None
        assert found.balanced
        assert found.sent == 2000
        assert found.counts[Outcome.SETTLED] == check.accepted
        titles = [paper.title for paper in walk.shell.rooms.students.papers.papers]
        assert "新生落户核对单" in titles
        assert walk.printer.sent
        assert walk.keys.count - corrections <= 12, walk.keys.keys
