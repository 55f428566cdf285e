"""Keys at random and keys by mistake: nobody is trapped, nothing is taken by Enter (T4, T23)."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.helpers.keys import press
from tests.helpers.screens import every_state
from tests.helpers.screenshots import furnish
from tests.helpers.tiers import times
from tests.helpers.window_journey import Journey, journey

KEYS = 5_000
SEEDS = range(20170509, 20170509 + times(1, 10))
ENTERS = 200
#: Acts that give somebody something; Enter alone must never do one.
WEIGHTY = {"case.submit", "case.review", "case.approve", "case.reject", "case.refuse",
           "case.withdraw", "case.register"}
MONKEY = (
    *"0123456789xzhsafpren", "Tab", "Shift+Tab", "Return", "Shift+Return", "Up", "Down", "Left",
    "Right", "Home", "End", "PgUp", "PgDown", "Space", "Backspace", "Delete", "Esc", "F1", "F2",
    "F3", "F4", "F5", "F6", "F7", "F8", "F9", "F10", "F12", "Ctrl+G", "Ctrl+T", "Ctrl+M",
    "Ctrl+S", "Ctrl+P", "Ctrl+F", "Ctrl+E", "Ctrl+Z", "Ctrl+Y", "Ctrl+Return", "Ctrl+/",
    *(f"Alt+{digit}" for digit in range(1, 10)),
)


def says_no_to_everything(walk: Journey, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever is asked, the answer is no."""
    monkeypatch.setattr(walk.ask, "_next", lambda *_: None)


def free_again(walk: Journey) -> None:
    """Out of whatever is open, by the keys that are printed on it."""
    press("Esc")
    if walk.shell.guard.cover.is_locked():
        walk.shell.guard.cover.setFocus()
        press("Return")  # training accounts have no password
    QApplication.processEvents()


@pytest.mark.parametrize("seed", SEEDS)
def test_random_keys_trap_nobody(
    seed: int, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    """T4: one walk of 5,000 keys over the whole window; now and then the way home leads home.

    The keys follow from the seed alone, so that a walk that failed can be walked again.
    """
    with journey(tmp_path) as walk:
        says_no_to_everything(walk, monkeypatch)
        furnish(walk.world)
        walk.lay_card(9)
        chance = random.Random(seed)
        seen: set[str] = set()
        keys: list[str] = []
        for count in range(1, KEYS + 1):
            keys.append(chance.choice(MONKEY))
            press(keys[-1])
            if count % 10 == 0:
                QApplication.processEvents()
                seen.add(walk.where)
            told = (seed, count, walk.where, keys[-20:])
            assert QApplication.focusWidget() is not None, told
            if count % 250 == 0:
                free_again(walk)
                walk.press("Alt+1")
                assert walk.where == "workbench", told
        assert len(seen) >= 10, (seed, seen)
        assert QApplication.activeModalWidget() is None


def test_two_hundred_enters_on_every_screen_take_nothing(
    tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    """T23: wherever a person leans on Enter, no case is accepted, decided or entered by it."""
    with journey(tmp_path) as walk:
        says_no_to_everything(walk, monkeypatch)
        cases = furnish(walk.world)
        before = [act for act in walk.world.entries() if act in WEIGHTY]
        for screen in every_state(walk, cases):
            for count in range(ENTERS):
                if QApplication.focusWidget() is None:
                    break
                press("Return")
                if count % 20 == 0:
                    QApplication.processEvents()
            now = [act for act in walk.world.entries() if act in WEIGHTY]
            assert now == before, screen
