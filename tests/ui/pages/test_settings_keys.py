"""The key map in the settings (ux §6): changed by keyboard, refused by name, kept per person."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from desktop_app.domain.errors import Unavailable
from desktop_app.ui.pages.settings import SettingsPage
from desktop_app.ui.widgets.key_capture import KeyCapture
from tests.helpers.keys import focused
from tests.helpers.screens import words_in_sight
from tests.helpers.window_journey import Journey, journey
from tests.helpers.world import World, open_world


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    """A station that outlives its windows."""
    opened = open_world(tmp_path)
    yield opened
    opened.store.close()


def settings(walk: Journey) -> SettingsPage:
    """The settings, reached by key."""
    walk.press("Alt+8")
    page = walk.page
    assert isinstance(page, SettingsPage)
    return page


def choose(walk: Journey, act: str) -> KeyCapture:
    """Walk to an act in the list and ask for its new key."""
    card = settings(walk).keys_card
    card.table.view.setFocus()
    walk.press("Home")
    for _ in range(60):
        binding = card.current()
        if binding is not None and binding.id == act:
            break
        walk.press("Down")
    walk.press("Return")
    return card.capture


def test_a_new_key_works_at_once_and_is_printed_on_the_buttons(
    tmp_path: Path, qtbot: QtBot
) -> None:
    with journey(tmp_path) as walk:
        walk.press("F2")
        assert walk.where == "guide"
        assert "F4" in walk.page.bar.button("read_card").accessibleName()
        capture = choose(walk, "read_card")
        assert capture.isVisible()
        walk.press("Ctrl+J")
        assert not capture.isVisible()
        assert "Ctrl+J" in walk.said()
        assert focused().accessibleName() == "按键", "the keyboard is back in the list"
        walk.press("F2")
        assert "Ctrl+J" in walk.page.bar.button("read_card").accessibleName()
        walk.lay_card(7)
        walk.press("F4")
        assert not walk.shell.rooms.guide_model.answers
        walk.press("Ctrl+J")
        assert walk.shell.rooms.guide_model.answers["applicant.name"]


def test_rail_and_lock_button_print_the_new_key(tmp_path: Path, qtbot: QtBot) -> None:
    with journey(tmp_path) as walk:
        choose(walk, "lock")
        walk.press("Ctrl+L")
        assert walk.shell.work.status.lock.key() == "Ctrl+L"
        choose(walk, "place_3")
        walk.press("Alt+Q")
        keys = {b.entry.id: b.entry.key for b in walk.shell.work.rail.buttons()}
        assert keys["search"] == "Alt+Q"
        walk.press("Alt+Q")
        assert walk.where == "search"
        walk.press("Ctrl+L")
        assert walk.shell.guard.cover.is_locked()


@pytest.mark.parametrize(
    ("key", "words"),
    [
        ("F9", "提交并打印"), ("Return", "文字编辑"), ("Tab", "文字编辑"), ("A", "字母或数字"),
        ("Ctrl+C", "文字编辑"), ("Alt+1", "工作台"), ("Ctrl+Z", "撤销"),
    ],
)
def test_a_conflict_is_named_and_refused(
    tmp_path: Path, qtbot: QtBot, key: str, words: str
) -> None:
    with journey(tmp_path) as walk:
        capture = choose(walk, "assess")
        walk.press(key)
        assert capture.isVisible(), "it waits for another key"
        assert words in capture.why()
        assert walk.counter.preferences.keys() == {}
        walk.press("Esc")
        assert not capture.isVisible()
        assert walk.where == "settings"
        assert walk.shell.work.keys.key("assess") == "F7"


def test_no_key_acts_while_one_is_waited_for(tmp_path: Path, qtbot: QtBot) -> None:
    with journey(tmp_path) as walk:
        capture = choose(walk, "assess")
        walk.press("F2", "F12", "Ctrl+/", "Alt+1")
        assert capture.isVisible()
        assert walk.where == "settings"


def test_it_survives_a_restart_for_this_person_and_can_be_put_back(
    world: World, tmp_path: Path, qtbot: QtBot
) -> None:
    with journey(tmp_path, world=world) as walk:
        capture = choose(walk, "new_case")
        walk.press("F8")
        assert "核对" in capture.why()
        walk.press("Ctrl+U")
    with journey(tmp_path, world=world) as walk:
        walk.press("F2")
        assert walk.where == "workbench"
        walk.press("Ctrl+U")
        assert walk.where == "guide"
        card = settings(walk).keys_card
        card.table.view.setFocus()
        walk.press("R")
        walk.press("F2")
        assert walk.where == "guide"
        assert walk.counter.preferences.keys() == {}


def test_one_act_is_put_back_alone(tmp_path: Path, qtbot: QtBot) -> None:
    with journey(tmp_path) as walk:
        choose(walk, "assess")
        walk.press("Ctrl+J")
        choose(walk, "review")
        walk.press("Ctrl+K")
        walk.press("D")
        assert walk.shell.work.keys.changes() == {"assess": "Ctrl+J"}
        walk.press("D")
        assert "本来就是默认" in walk.said()


def test_the_standard_key_of_an_act_is_no_change(tmp_path: Path, qtbot: QtBot) -> None:
    with journey(tmp_path) as walk:
        choose(walk, "new_case")
        walk.press("Ctrl+U")
        choose(walk, "new_case")
        walk.press("F2")
        assert walk.counter.preferences.keys() == {}


def test_the_way_back_cannot_be_changed(tmp_path: Path, qtbot: QtBot) -> None:
    with journey(tmp_path) as walk:
        capture = choose(walk, "back")
        assert not capture.isVisible()
        assert "固定" in walk.said()


def test_messages_name_the_changed_key(tmp_path: Path, qtbot: QtBot) -> None:
    with journey(tmp_path) as walk:
        choose(walk, "read_card")
        walk.press("Ctrl+J")
        walk.press("F2", "Ctrl+J")
        assert "再按 Ctrl+J" in walk.said()
        assert "F4" not in walk.said()


def test_hints_and_caps_of_open_pages_follow(tmp_path: Path, qtbot: QtBot) -> None:
    with journey(tmp_path) as walk:
        assert "按 F2 新建" in "".join(words_in_sight(walk.shell))
        choose(walk, "new_case")
        walk.press("Ctrl+U")
        walk.press("Alt+1")
        seen = words_in_sight(walk.shell)
        assert "按 Ctrl+U 新建" in "".join(seen)
        assert "Ctrl+U" in seen, "the cap beside the usual keys"
        assert "F2" not in "".join(seen)
        assert "Ctrl+U" in walk.page.bar.button("start").accessibleName()


def test_a_choice_that_cannot_be_kept_does_not_hold(
    tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    with journey(tmp_path) as walk:
        def full(keys: object) -> None:
            raise Unavailable("磁盘满了", "清理后再改")
        monkeypatch.setattr(walk.counter.preferences, "set_keys", full)
        choose(walk, "assess")
        walk.press("Ctrl+J")
        assert walk.shell.work.keys.key("assess") == "F7"
        assert "磁盘满了" in walk.said()


def test_a_kept_table_that_no_longer_fits_gives_way_to_the_standard_one(
    world: World, tmp_path: Path, qtbot: QtBot
) -> None:
    with journey(tmp_path, world=world) as walk:
        walk.counter.preferences.set_keys({"assess": "F9"})
    with journey(tmp_path, world=world) as walk:
        assert walk.shell.work.keys.changes() == {}
        assert "默认按键" in walk.shell.work.toasts.said()[-1].text
