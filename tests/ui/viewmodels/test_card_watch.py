"""A card is read in a worker: when asked for, or when it is laid down for the next person."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from desktop_app.domain.errors import CounterError
from desktop_app.services.ports import CardData
from desktop_app.ui.viewmodels.card_watch import CardWatch
from tests.helpers.counter_window import FakeReader, counter_for, made_up_card
from tests.helpers.people import answers_for
from tests.helpers.ui_fakes import FakeJobs
from tests.helpers.window_journey import Journey, journey
from tests.helpers.world import STATION, World, open_world

WITH_READER = replace(STATION, card_reader="COM3", one_person=True, training=True)
NUMBER = "applicant.citizen_id"


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    """A station with a reader."""
    opened = open_world(tmp_path, WITH_READER)
    yield opened
    opened.store.close()


class Heard:
    """What a watch said."""

    def __init__(self, watch: CardWatch) -> None:
        self.read: list[CardData] = []
        self.laid: list[CardData] = []
        self.failed: list[CounterError] = []
        watch.read.connect(self.read.append)
        watch.laid.connect(self.laid.append)
        watch.failed.connect(self.failed.append)


def test_a_card_that_is_asked_for_is_read_or_the_reason_told(qtbot: QtBot, world: World) -> None:
    reader = FakeReader()
    watch = CardWatch(counter_for(world, reader=reader), FakeJobs())
    heard = Heard(watch)
    watch.ask()
    assert [error.message for error in heard.failed] == ["没读到证件"]
    reader.card = made_up_card(serial=3)
    watch.ask()
    assert heard.read == [reader.card]
    assert heard.laid == []


def test_a_card_laid_down_comes_by_itself_and_nothing_found_says_nothing(
    qtbot: QtBot, world: World
) -> None:
    reader = FakeReader()
    watch = CardWatch(counter_for(world, reader=reader), FakeJobs())
    heard = Heard(watch)
    watch.watch(watch, lambda: True)
    watch.look()
    assert (heard.read, heard.laid, heard.failed) == ([], [], [])
    reader.card = made_up_card(serial=3)
    with qtbot.waitSignal(watch.laid, timeout=5000):
        pass  # the watch itself looks again
    watch.leave()
    assert heard.laid == [reader.card]
    assert heard.read == []


def test_asking_while_it_looks_is_answered_by_that_look(qtbot: QtBot, world: World) -> None:
    reader, jobs = FakeReader(), FakeJobs(hold=True)
    watch = CardWatch(counter_for(world, reader=reader), jobs)
    heard = Heard(watch)
    watch.watch(watch, lambda: True)
    watch.look()
    watch.ask()
    assert jobs.started == 1, "the line carries one question at a time"
    jobs.release()
    assert [error.message for error in heard.failed] == ["没读到证件"]


def test_a_card_that_comes_when_nobody_waits_any_more_is_left_alone(
    qtbot: QtBot, world: World
) -> None:
    reader, jobs = FakeReader(made_up_card(serial=3)), FakeJobs(hold=True)
    watch = CardWatch(counter_for(world, reader=reader), jobs)
    heard = Heard(watch)
    watch.watch(watch, lambda: True)
    watch.look()
    watch.leave()
    jobs.release()
    assert heard.laid == []


def test_without_a_reader_nothing_is_looked_for(qtbot: QtBot, tmp_path: Path) -> None:
    opened = open_world(tmp_path, replace(WITH_READER, card_reader=""))
    jobs = FakeJobs()
    watch = CardWatch(counter_for(opened, reader=FakeReader(made_up_card())), jobs)
    watch.watch(watch, lambda: True)
    watch.look()
    assert jobs.started == 0
    opened.store.close()


# ---- in the window


def lay_down(walk: Journey, serial: int) -> None:
    """Put a card on the reader and let the window look once."""
    walk.lay_card(serial)
    walk.shell.rooms.cards.look()


def test_the_next_person_needs_no_key(world: World, tmp_path: Path, qtbot: QtBot) -> None:
    with journey(tmp_path, world=world) as walk:
        walk.press("F2")
        lay_down(walk, 3)
        assert walk.shell.rooms.guide_model.answers[NUMBER] == made_up_card(serial=3).citizen_id
        lay_down(walk, 4)
        kept = walk.shell.rooms.guide_model.answers[NUMBER]
        assert kept == made_up_card(serial=3).citizen_id, "nobody is put in another's place"
        walk.press("F4")
        asked = walk.shell.rooms.guide_model.answers[NUMBER]
        assert asked == made_up_card(serial=4).citizen_id


def test_a_draft_without_a_number_is_filled_and_one_with_a_number_is_not(
    world: World, tmp_path: Path, qtbot: QtBot
) -> None:
    with journey(tmp_path, world=world) as walk:
        empty = world.desk().open("zero_threshold", {}).case.id
        full = world.desk().open("zero_threshold", answers_for("zero_threshold", 1)).case.id
        walk.shell.go.intake(full)
        before = dict(walk.case.case.answers)
        lay_down(walk, 5)
        assert walk.case.case.answers == before
        assert walk.said() == ""
        walk.shell.go.intake(empty)
        lay_down(walk, 5)
        assert walk.case.case.answers[NUMBER] == made_up_card(serial=5).citizen_id


@pytest.mark.parametrize("away", ["F3", "F12", "Alt+8"])
def test_no_card_is_taken_elsewhere_or_behind_the_lock(
    world: World, tmp_path: Path, qtbot: QtBot, away: str
) -> None:
    with journey(tmp_path, world=world) as walk:
        walk.press("F2")
        walk.press(away)
        lay_down(walk, 6)
        assert walk.shell.rooms.guide_model.answers == {}
