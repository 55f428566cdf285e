"""What is made ahead while nobody needs the window."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from desktop_app.ui.pages.ahead import Ahead
from tests.helpers.people import answers_for
from tests.helpers.window_journey import journey
from tests.helpers.world import INSTALLER


def steps(done: list[int], count: int) -> Iterator[None]:
    for number in range(count):
        done.append(number)
        yield


def test_all_steps_are_done_in_order(qtbot: QtBot) -> None:
    done: list[int] = []
    owner = QObject()
    ahead = Ahead(steps(done, 5), owner)
    with qtbot.waitSignal(ahead.done):
        ahead.start()
    assert done == [0, 1, 2, 3, 4]


def test_what_was_stopped_goes_on(qtbot: QtBot) -> None:
    done: list[int] = []
    owner = QObject()
    ahead = Ahead(steps(done, 3), owner)
    ahead.start()
    ahead.stop()
    assert done == []
    with qtbot.waitSignal(ahead.done):
        ahead.start()
    assert done == [0, 1, 2]


def test_the_guide_and_intake_are_made_ahead(tmp_path: Path, qtbot: QtBot) -> None:
    with journey(tmp_path) as walk:
        with qtbot.waitSignal(walk.shell.ahead.done):
            walk.shell.ahead.start()
        assert walk.where == "workbench"
        assert walk.shell.stack.has("guide") and walk.shell.stack.has("intake")
        page = walk.shell.rooms.intake
        case = walk.world.ready("veteran", answers_for("veteran", 2)).case
        walk.shell.go.intake(case.id)
        assert walk.shell.rooms.intake is page
        assert walk.where == "intake"


def test_a_page_wanted_first_is_made_once(tmp_path: Path, qtbot: QtBot) -> None:
    with journey(tmp_path) as walk:
        walk.shell.ahead.stop()
        walk.shell.go.guide()
        page = walk.shell.rooms.guide
        with qtbot.waitSignal(walk.shell.ahead.done):
            walk.shell.ahead.start()
        assert walk.shell.rooms.guide is page
        assert walk.where == "guide"


def test_nothing_is_made_for_one_who_takes_no_cases_in(tmp_path: Path, qtbot: QtBot) -> None:
    with journey(tmp_path, INSTALLER) as walk:
        with qtbot.waitSignal(walk.shell.ahead.done):
            walk.shell.ahead.start()
        assert not walk.shell.stack.has("intake")
