"""Killed while typing: the words, the field and the cursor come back (R17, T24)."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from desktop_app.adapters.storage.store import open_store
from tests.helpers.window_journey import journey
from tests.helpers.world import ROOT, World

WORDS = "大连市庄河市城关街道演练路"


def test_words_field_and_cursor_survive_a_kill(tmp_path: Path, qtbot: QtBot) -> None:
    clerk = subprocess.Popen(
        [sys.executable, "-m", "tests.helpers.typing_clerk", tmp_path, WORDS],
        cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
    )
    assert clerk.stdout is not None
    assert clerk.stdout.readline() == "typed\n"
    clerk.kill()
    clerk.communicate()
    store = open_store(tmp_path / "luohu.db", bytes(range(32)))
    with journey(tmp_path, world=World(store)) as walk:
        assert walk.where == "workbench"
        assert "未完成的受理" in walk.shell.rooms.page("workbench").resume.text()  # type: ignore[attr-defined]
        walk.press("Return")
        assert walk.where == "intake"
        assert walk.field == "residence.address"
        line = QApplication.focusWidget()
        assert isinstance(line, QLineEdit)
        assert line.text() == WORDS
        assert line.cursorPosition() == len(WORDS) - 2
        assert not walk.case.case.answers.get("residence.address")
        walk.press("Return")
        assert walk.case.case.answers["residence.address"] == WORDS
    store.close()
