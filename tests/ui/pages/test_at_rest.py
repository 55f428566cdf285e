"""A window that nobody uses has nothing to do: what works for ever beside a job starves it (T7)."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.helpers.layouts import Layouts
from tests.helpers.screens import every_screen
from tests.helpers.window_journey import journey

SETTLED = 30
WATCHED = 20


def test_no_screen_is_laid_out_again_and_again(
    tmp_path: Path, qtbot: QtBot, qapp: QApplication
) -> None:
    with journey(tmp_path) as walk:
        restless = {}
        for screen in every_screen(walk):
            for _ in range(SETTLED):
                qapp.processEvents()
            layouts = Layouts()
            qapp.installEventFilter(layouts)
            for _ in range(WATCHED):
                qapp.processEvents()
            qapp.removeEventFilter(layouts)
            if layouts.seen:
                restless[screen] = dict(layouts.seen)
        assert restless == {}
