"""The age of the last backup, in words and in tone (ux §4)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from desktop_app.services.keeping import BACKUP_HOLDS
from desktop_app.ui.viewmodels.backup_age import BackupAge, age_words
from tests.helpers.counter_window import counter_for
from tests.helpers.screens import words_in_sight
from tests.helpers.window_journey import journey
from tests.helpers.world import STATION, World, open_world

NOW = datetime(2017, 6, 1, 1, 0, tzinfo=UTC)


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    """A real station, not a training one."""
    opened = open_world(tmp_path, replace(STATION, training=False))
    yield opened
    opened.store.close()


@pytest.mark.parametrize(
    ("age", "words"),
    [
        (timedelta(seconds=40), "刚刚备份"), (timedelta(minutes=8), "备份 8 分钟前"),
        (timedelta(minutes=119), "备份 1 小时前"), (timedelta(hours=47), "备份 1 天前"),
        (timedelta(days=30), "备份 30 天前"), (timedelta(minutes=-5), "刚刚备份"),
    ],
)
def test_age_in_words(age: timedelta, words: str) -> None:
    assert age_words(NOW - age, NOW) == words


def test_no_backup_and_an_old_one_are_warnings(qtbot: QtBot, world: World) -> None:
    counter = counter_for(world)
    heard: list[tuple[str, bool]] = []
    owner = QObject()
    age = BackupAge(counter, owner)
    age.changed.connect(lambda words, late: heard.append((words, late)))
    age.look()
    counter.keeping.note_backup(1)
    age.look()
    world.clock.advance(seconds=int(BACKUP_HOLDS.total_seconds()))
    age.look()
    world.clock.advance(minutes=1)
    age.look()
    assert heard == [
        ("还没有备份", True), ("刚刚备份", False), ("备份 1 天前", False), ("备份 1 天前", True),
    ]


def test_the_bar_says_it_on_every_page(tmp_path: Path, qtbot: QtBot) -> None:
    with journey(tmp_path, training=False) as walk:
        assert "还没有备份" in words_in_sight(walk.shell)
        walk.counter.keeping.note_backup(1)
        walk.shell.work.backup_age.look()
        walk.press("F3")
        assert "刚刚备份" in words_in_sight(walk.shell)


def test_training_without_a_backup_warns_nobody(tmp_path: Path, qtbot: QtBot) -> None:
    with journey(tmp_path) as walk:
        assert not [words for words in words_in_sight(walk.shell) if "备份" in words]
