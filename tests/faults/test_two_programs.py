"""Two programs on one database (R12): each waits for the other, none is turned away."""

from __future__ import annotations

import multiprocessing
import os
import tempfile
from collections.abc import Callable, Iterator
from multiprocessing.connection import Connection
from multiprocessing.synchronize import Event
from pathlib import Path

import pytest

from desktop_app.adapters.storage.keeping import check
from desktop_app.adapters.storage.store import open_store
from desktop_app.adapters.storage.unit_of_work import SqlStore
from desktop_app.domain.errors import CounterError
from tests.adapters.storage.things import KEY, NOON
from tests.faults.conftest import staffed_store
from tests.helpers.powercut.clerk import DATABASE
from tests.helpers.tiers import times

ACTS = times(400, 5_000)
NUMBERS = 5_000
Act = Callable[[SqlStore], int]


@pytest.fixture
def memory(tmp_path: Path) -> Iterator[Path]:
    """A folder in memory where there is one: the locks are the same, and held more often."""
    shared = Path("/dev/shm")
    if not os.access(shared, os.W_OK):
        yield tmp_path
        return
    with tempfile.TemporaryDirectory(prefix="luohu-two-", dir=shared) as folder:
        yield Path(folder)


def test_two_writers_of_whole_acts_are_never_told_locked(memory: Path) -> None:
    """Each reads, counts, and writes the journal."""
    store = staffed_store(memory)
    counted = _both(store, memory, _count_up, ACTS)
    assert sorted(counted) == list(range(1, 2 * ACTS + 1))
    report = check(store)
    assert report.sound
    assert report.entries == 2 * ACTS
    store.close()


def test_twice_five_thousand_transactions_are_never_told_locked(memory: Path) -> None:
    """Each gives a number of its own, with the settings that the program runs with."""
    store = staffed_store(memory)
    given = _both(store, memory, _give_a_number, NUMBERS)
    assert sorted(given) == list(range(1, 2 * NUMBERS + 1))
    assert check(store).sound
    store.close()


def _both(store: SqlStore, folder: Path, act: Act, often: int) -> list[int]:
    """Do the act so often in each of two programs at once; what came out of all."""
    store.close()  # a program that is forked must not inherit open files
    fork = multiprocessing.get_context("fork")
    start = fork.Event()
    hear, tell = fork.Pipe(duplex=False)
    programs = [
        fork.Process(target=_work, args=(folder / DATABASE, act, often, start, tell))
        for _ in range(2)
    ]
    for program in programs:
        program.start()
    start.set()
    told = [hear.recv() for _ in programs]
    for program in programs:
        program.join()
    assert [refusals for _, refusals in told] == [[], []]
    return [value for values, _ in told for value in values]


def _work(database: Path, act: Act, often: int, start: Event, tell: Connection) -> None:
    store = open_store(database, KEY)
    values: list[int] = []
    refusals: list[str] = []
    start.wait()
    for _ in range(often):
        try:
            values.append(act(store))
        except CounterError as refusal:
            refusals.append(str(refusal))
    store.close()
    tell.send((values, refusals))


def _count_up(store: SqlStore) -> int:
    with store.write() as unit:
        value = int(unit.settings.get("count") or 0) + 1
        unit.journal.append(at=NOON, who="x", action="x", subject="x", detail={})
        unit.settings.put("count", str(value))
        unit.commit()
    return value


def _give_a_number(store: SqlStore) -> int:
    with store.write() as unit:
        number = unit.next_number("DL")
        unit.commit()
    return number
