"""The window's thread while others work (T7), and from the password to the counter (T8)."""

from __future__ import annotations

import gc
import itertools
from collections.abc import Callable, Iterator
from pathlib import Path
from time import perf_counter
from typing import Any

import pytest
from PySide6.QtCore import QEventLoop
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop_app.adapters.pdf.book import load_forms
from desktop_app.adapters.storage.creation import create_data
from desktop_app.adapters.storage.keeping import backup, check
from desktop_app.adapters.storage.unit_of_work import SqlStore
from desktop_app.adapters.storage.vault import FileVault
from desktop_app.domain.forms import fill
from desktop_app.services.ports import Marks
from desktop_app.ui.jobs import Progress, ThreadJobs
from tests.adapters.storage.things import keep, person
from tests.helpers.counter_window import counter_for, open_shell
from tests.helpers.hostile_rosters import students, table, write_xlsx
from tests.helpers.keys import Heartbeat
from tests.helpers.previews import FORMS
from tests.helpers.roster_office import RosterOffice
from tests.helpers.ui_fakes import FakeAsk, FakeJobs
from tests.helpers.window_journey import look
from tests.helpers.world import (
    SCHOOL,
    STATION,
    SUPERVISOR,
    FixedClock,
    World,
    form_renderer,
    open_world,
    policy_book,
)

LONGEST_MS, P99_MS, LOGIN_SECONDS = 100, 50, 1.0
PASSWORD = "long enough 2017"
Work = Callable[[], object]


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    """A station with two thousand persons."""
    opened = open_world(tmp_path / "data")
    assert isinstance(opened.store, SqlStore)
    keep(opened.store, *(person(order) for order in range(2_000)))
    yield opened
    opened.store.close()


@pytest.fixture
def vault(tmp_path: Path) -> FileVault:
    """Keys at the cost that real data has."""
    folder = tmp_path / "locked"
    create_data(folder, STATION, "li", "李演练", PASSWORD, False)
    return FileVault(folder, FixedClock())


def works(world: World, vault: FileVault, folder: Path) -> dict[str, Work]:
    """What runs behind the window, by name."""
    renderer = form_renderer()
    forms = load_forms(FORMS)
    pages = [fill(forms.latest("person_register"), forms.sample("person_register"))] * 100
    store = world.store
    assert isinstance(store, SqlStore)
    number = itertools.count()
    roster = write_xlsx(folder / "名册.xlsx", table(students(1_000)))
    rosters = RosterOffice(world, folder).rosters()
    return {
        "password": lambda: vault.check("li", PASSWORD),
        "pages": lambda: renderer.render(pages, marks=Marks()),
        "backup": lambda: backup(store, folder / f"copy-{next(number)}.db"),
        "check": lambda: check(store),
        "roster": lambda: rosters.check(roster, SCHOOL.code),
    }


@pytest.mark.parametrize("name", ["password", "pages", "backup", "check", "roster"])
def test_the_window_stays_awake_while_others_work(
    name: str, benchmark: Any, qtbot: QtBot, world: World, vault: FileVault, tmp_path: Path
) -> None:
    """T7: p99 at most 50 ms, never above 100 ms."""
    work = works(world, vault, tmp_path)[name]
    jobs, beat, loop = ThreadJobs(), Heartbeat(), QEventLoop()
    faults: list[Exception] = []

    def failed(error: Exception) -> None:
        faults.append(error)
        loop.quit()

    def run(_: Progress) -> object:
        return work()

    def once() -> None:
        jobs.run(run, done=lambda _: loop.quit(), failed=failed)
        loop.exec()

    gc.freeze()  # as the program does after loading
    beat.start()
    benchmark.pedantic(once, rounds=5)
    gc.unfreeze()
    longest = beat.stop()
    jobs.close()
    gaps = sorted(beat.gaps_ms)
    p99 = gaps[int(len(gaps) * 0.99)]
    benchmark.extra_info.update(longest_ms=round(longest), p99_ms=round(p99), beats=len(gaps))
    assert faults == []
    assert len(gaps) > 3
    assert p99 <= P99_MS
    assert longest <= LONGEST_MS


def test_from_the_password_to_the_counter(
    benchmark: Any, qtbot: QtBot, vault: FileVault, tmp_path: Path
) -> None:
    """T8: at most one second, the derivation of the key included; all else is loaded before."""
    look()
    policy_book()
    form_renderer()
    seconds: list[float] = []

    def once() -> None:
        began = perf_counter()
        store = vault.unlock("li", PASSWORD).store
        counter = counter_for(World(store), SUPERVISOR)
        shell = open_shell(counter, FakeAsk(), FakeJobs(), look())
        shell.show()
        shell.start()
        QApplication.processEvents()
        shell.grab()
        seconds.append(perf_counter() - began)
        shell.close_down()
        shell.hide()
        shell.deleteLater()

    benchmark.pedantic(once, rounds=3, warmup_rounds=1)
    benchmark.extra_info["ms"] = round(min(seconds) * 1000)
    assert min(seconds) <= LOGIN_SECONDS
