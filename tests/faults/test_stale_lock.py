"""A program that was killed leaves no lock in the way (R12)."""

from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path

from pytestqt.qtbot import QtBot

from desktop_app import main
from tests.helpers.sources import ROOT

HOLD = (
    "import sys\n"
    "from PySide6.QtCore import QCoreApplication\n"
    "from desktop_app import main\n"
    "app = QCoreApplication([])\n"
    "program = main._Program(False, sys.argv[1])\n"
    "fault = program._take_folder()\n"
    "print(fault is None and program._lock is not None, flush=True)\n"
    "app.exec()\n"
)


def test_the_lock_of_a_killed_program_is_taken_over(qtbot: QtBot, tmp_path: Path) -> None:
    folder = tmp_path / "data"
    first = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(folder)], cwd=ROOT, stdout=subprocess.PIPE, text=True
    )
    assert first.stdout is not None
    assert first.stdout.readline() == "True\n"
    second = main._Program(False, str(folder))
    assert second._take_folder() is None
    assert second._lock is None, "while it lives nobody else gets in"
    first.kill()
    first.communicate()
    assert first.returncode == -signal.SIGKILL
    again = main._Program(False, str(folder))
    assert again._take_folder() is None
    assert again._lock is not None
