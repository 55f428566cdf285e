"""The window while a roster is handled: it is never deaf for more than a tenth of a second (T7).

Every job of freshers' day runs in a thread while a timer of five milliseconds listens. What the
machine's other work costs is counted by the kernel and taken off (``tests.helpers.attention``);
both figures are told. A thread that only counts shows what any busy thread costs the window.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from time import perf_counter
from typing import Any, cast

import pytest
from PySide6.QtWidgets import QApplication
from pytest_benchmark.fixture import BenchmarkFixture

from desktop_app.ui.jobs import Progress, ThreadJobs
from desktop_app.ui.pages.roster_take import RosterTakePage
from desktop_app.ui.pages.shell import CounterShell
from tests.helpers.attention import Attention, Silence
from tests.helpers.counter_window import FakePrinter, counter_for, open_shell
from tests.helpers.rosters import faulty, write_roster
from tests.helpers.tiers import times
from tests.helpers.ui_fakes import FakeAsk
from tests.helpers.window_journey import look
from tests.helpers.world import STATION, SUPERVISOR, World, open_world

PEOPLE = times(2_000, 10_000)
LONGEST_MS = 100.0
_COUNTING_SECONDS = 2.0


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    opened = open_world(tmp_path, replace(STATION, one_person=True, training=True))
    yield opened
    opened.store.close()


class _Day:
    """A window with real threads, and how long it was deaf in each job."""

    def __init__(self, world: World) -> None:
        self.jobs = ThreadJobs()
        counter = counter_for(world, SUPERVISOR, printer=FakePrinter())
        self.shell: CounterShell = open_shell(counter, FakeAsk(), self.jobs, look())
        self.shell.show()
        self.shell.start()
        self.deaf: dict[str, Silence] = {}
        self.whole: dict[str, float] = {}

    def watch(self, name: str, act: Callable[[], object]) -> None:
        """Run an act to the end of its jobs."""
        beat = Attention()
        beat.start()
        act()
        while self.jobs.busy():
            QApplication.processEvents()
        beat.stop()
        self.whole[name] = max((one.whole for one in beat.silences), default=0.0)
        self.deaf[name] = beat.longest_own()

    def count(self) -> None:
        """Busy in Python alone: what any thread costs on this machine now."""
        def work(_: Progress) -> int:
            end, found = perf_counter() + _COUNTING_SECONDS, 0
            while perf_counter() < end:
                found += 1
            return found
        self.jobs.run(work, done=lambda found: None, failed=lambda error: None)


def _whole_day(day: _Day, path: Path) -> None:
    rooms, shell = day.shell.rooms.students, day.shell
    shell.go.to("roster")
    day.watch("read", lambda: rooms.roster.read(path))
    day.watch("adopt", rooms.roster.adopt_all)
    shell.go.place("roster_take")
    take = shell.rooms.page("roster_take")
    assert isinstance(take, RosterTakePage)
    take.signed.click()
    take.documents.click()
    day.watch("take", lambda: take.bar.trigger("submit"))
    batch = shell.rooms.page("roster_batch").bar
    day.watch("decide", lambda: batch.trigger("decide"))
    day.watch("register", lambda: batch.trigger("enter"))
    day.watch("make", lambda: batch.trigger("batch_print"))
    papers = shell.rooms.page("roster_papers").bar
    day.watch("print", lambda: papers.trigger("batch_print"))
    day.watch("reconcile", lambda: papers.trigger("reconcile"))


def test_the_window_answers_throughout(
    world: World, tmp_path: Path, benchmark: BenchmarkFixture, qapp: QApplication
) -> None:
    path = write_roster(tmp_path / "a.xlsx", faulty(PEOPLE))
    day = _Day(world)
    day.watch("counting", day.count)
    cast(Any, benchmark).pedantic(_whole_day, (day, path), rounds=1)
    benchmark.extra_info["people"] = PEOPLE
    for name, silence in day.deaf.items():
        benchmark.extra_info[f"{name}_ms"] = round(silence.own, 1)
        benchmark.extra_info[f"{name}_whole_ms"] = round(day.whole[name], 1)
    day.jobs.close()
    worst = max(day.deaf, key=lambda name: day.deaf[name].own)
    assert day.deaf[worst].own <= LONGEST_MS, (worst, day.deaf)
