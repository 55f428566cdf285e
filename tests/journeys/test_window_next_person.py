"""F2 means the next person, wherever one is, and what is in hand stays as a draft."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtGui import QShortcut
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from desktop_app.domain.case import Status
from tests.helpers.keys import press
from tests.helpers.people import answers_for
from tests.helpers.screens import every_screen
from tests.helpers.window_journey import Journey, journey


def begins_anew(walk: Journey, key: str) -> bool:
    """Whether the key leads to an empty guide with the keyboard in its first field."""
    walk.press(key)
    return (
        walk.where == "guide" and not walk.shell.rooms.guide_model.answers
        and walk.field == "applicant.citizen_id"
    )


@pytest.mark.parametrize("key", ["F2", "Ctrl+N"])
def test_from_every_page_the_next_person_begins(
    tmp_path: Path, qtbot: QtBot, key: str
) -> None:
    with journey(tmp_path) as walk:
        stuck = [name for name in every_screen(walk) if not begins_anew(walk, key)]
        assert stuck == []


def test_from_every_control_of_the_intake_the_next_person_begins(
    tmp_path: Path, qtbot: QtBot
) -> None:
    with journey(tmp_path) as walk:
        case = walk.world.desk().open("zero_threshold", answers_for("zero_threshold", 1)).case.id
        stuck = []
        for stops in range(0, 45, 3):
            walk.shell.go.intake(case)
            for _ in range(stops):
                press("Tab")
            where = walk.focus_words()
            if not begins_anew(walk, "F2"):
                stuck.append(where)
        assert stuck == []


def test_words_on_their_way_stay_with_their_case(tmp_path: Path, qtbot: QtBot) -> None:
    with journey(tmp_path) as walk:
        answers = answers_for("zero_threshold", 1)
        del answers["residence.address"]
        case = walk.world.desk().open("zero_threshold", answers).case.id
        walk.shell.go.intake(case)
        walk.shell.rooms.intake.focus_first()
        assert walk.field == "residence.address"
        walk.write("大连市庄河市示范街道")
        assert begins_anew(walk, "F2")
        kept = walk.counter.desk.sheet(case).case
        assert kept.status is Status.DRAFT
        typing = walk.counter.desk.typing(case)
        words = kept.answers.get("residence.address", "") or (
            typing.raw.get("residence.address", "") if typing else ""
        )
        assert words == "大连市庄河市示范街道"


def test_a_guide_that_is_filled_begins_anew(tmp_path: Path, qtbot: QtBot) -> None:
    with journey(tmp_path) as walk:
        walk.press("F2")
        walk.lay_card(3)
        walk.press("F4")
        assert walk.shell.rooms.guide_model.answers
        assert begins_anew(walk, "F2")


def test_twenty_times_in_a_row_without_waiting(tmp_path: Path, qtbot: QtBot) -> None:
    """On a loaded machine keys arrive before the page of the last one was painted."""
    with journey(tmp_path) as walk:
        case = walk.world.desk().open("zero_threshold", answers_for("zero_threshold", 1)).case.id
        for _ in range(20):
            walk.shell.go.intake(case)
            press("F2")  # no turn of the event loop in between
            assert walk.where == "guide"
        QApplication.processEvents()
        assert walk.where == "guide"


def test_no_two_acts_of_a_page_answer_to_one_key(tmp_path: Path, qtbot: QtBot) -> None:
    """Qt does nothing at all for a key that two shortcuts claim: that would be a dead key."""
    with journey(tmp_path) as walk:
        doubled = set()
        for name in every_screen(walk):
            claimed: dict[str, QShortcut] = {}
            for shortcut in walk.shell.findChildren(QShortcut):
                owner = shortcut.parent()
                inside = isinstance(owner, QWidget) and owner.isVisible()
                key = shortcut.key().toString()
                if not shortcut.isEnabled() or not inside:
                    continue
                if key in claimed:
                    doubled.add((name, key))
                claimed[key] = shortcut
        assert doubled == set()
