"""What must hold on every screen of freshers' day: plain words, names, Tab, Esc; whole words and
room at every size are in ``test_screen_sizes``."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QCheckBox, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from desktop_app.ui.widgets.buttons import KeyButton
from tests.helpers.roster_screens import draw
from tests.helpers.screens import is_in_sight, visible, words_in_sight
from tests.helpers.window_journey import Journey, journey

BANNED = ("(?<!申)请", "抱歉", "非法", "无效", "失败", "！", "您", "登陆", "其它", "帐号", "该")
WHOLE_NUMBER = re.compile(r"\d{17}[\dX]")
LATIN = re.compile(
    r"(DL-[\d-]+|F\d{1,2}|Ctrl|Alt|Shift|Enter|Esc|PgUp|PgDn|xlsx|xls|csv|[A-Z](?![a-z]))"
)
Check = Callable[[str], None]


def through(walk: Journey, folder: Path, check: Check) -> None:
    """Call the check on every screen of the day."""
    walked: list[str] = []

    def look(name: str) -> None:
        for _ in range(3):
            QApplication.processEvents()
        walked.append(name)
        check(name)
    draw(walk.shell, look, "16", folder)
    assert len(walked) == 13


def test_words_are_plain_and_hold_no_whole_number(tmp_path: Path, qtbot: QtBot) -> None:
    """T26, T36: where a row is corrected its number stands in the field and its advice only."""
    found: list[tuple[str, str, str]] = []
    with journey(tmp_path) as walk:
        def check(screen: str) -> None:
            for words in words_in_sight(walk.shell):
                found.extend((screen, bad, words) for bad in BANNED if re.search(bad, words))
                if re.search(r"[A-Za-z]{2,}", LATIN.sub("", words)):
                    found.append((screen, "latin", words))
                if WHOLE_NUMBER.search(words) and "correct" not in screen:
                    found.append((screen, "number", words))
        through(walk, tmp_path, check)
    assert found == [], found


def test_every_control_has_a_name_and_room(tmp_path: Path, qtbot: QtBot) -> None:
    """T16, T17."""
    with journey(tmp_path) as walk:
        def check(screen: str) -> None:
            for kind in (QLineEdit, KeyButton, QCheckBox):
                for widget in visible(walk.shell, kind):
                    assert widget.accessibleName(), (screen, widget.objectName())
                    assert "&" not in widget.accessibleName()
                    assert widget.height() >= 32, (screen, widget.accessibleName())
        through(walk, tmp_path, check)


def test_tab_reaches_everything(tmp_path: Path, qtbot: QtBot) -> None:
    """T5."""
    with journey(tmp_path) as walk:
        def check(screen: str) -> None:
            wanted = {
                widget for kind in (QLineEdit, KeyButton, QCheckBox)
                for widget in visible(walk.shell, kind)
                if widget.isEnabled() and widget.focusPolicy() & Qt.FocusPolicy.TabFocus
            }
            seen: set[QWidget] = set()
            for _ in range(120):
                focus = QApplication.focusWidget()
                assert focus is not None, screen
                seen.add(focus)
                if wanted <= seen:
                    return
                walk.press("Tab")
            missed = [w.accessibleName() for w in wanted - seen]
            assert missed == [], screen
        through(walk, tmp_path, check)


@pytest.mark.parametrize("size", [(1366, 690), (1092, 552), (910, 460)])
def test_the_bar_and_the_focus_stay_in_sight(
    size: tuple[int, int], tmp_path: Path, qtbot: QtBot
) -> None:
    """T12."""
    with journey(tmp_path) as walk:
        walk.shell.resize(*size)

        def check(screen: str) -> None:
            assert walk.shell.size().toTuple() == size, screen
            assert is_in_sight(walk.page.bar, walk.shell), screen
            focus = QApplication.focusWidget()
            assert focus is not None, screen
            assert is_in_sight(focus, walk.shell), (screen, focus.accessibleName())
        through(walk, tmp_path, check)
