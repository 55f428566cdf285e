"""Two programs on one database (R12): each waits for the other, none is turned away."""

from __future__ import annotations

import multiprocessing
from multiprocessing.connection import Connection
from multiprocessing.synchronize import Event
from pathlib import Path

from desktop_app.adapters.storage.keeping import check
from desktop_app.adapters.storage.store import open_store
from desktop_app.domain.errors import CounterError
from tests.adapters.storage.things import KEY, NOON
from tests.faults.conftest import staffed_store
from tests.helpers.powercut.clerk import DATABASE
from tests.helpers.tiers import times

TRANSACTIONS = times(400, 5_000)


def test_two_writers_are_never_told_locked(tmp_path: Path) -> None:
    staffed_store(tmp_path).close()
    fork = multiprocessing.get_context("fork")
    start = fork.Event()
    hear, tell = fork.Pipe(duplex=False)
    programs = [
        fork.Process(target=_read_then_write, args=(tmp_path / DATABASE, start, tell))
        for _ in range(2)
    ]
    for program in programs:
        program.start()
    start.set()
    refusals = [hear.recv() for _ in programs]
    for program in programs:
        program.join()
    assert refusals == [[], []]
    store = open_store(tmp_path / DATABASE, KEY)
    with store.read() as unit:
        assert unit.settings.get("count") == str(2 * TRANSACTIONS)
    report = check(store)
    assert report.sound
    assert report.entries == 2 * TRANSACTIONS
    store.close()


def _read_then_write(database: Path, start: Event, tell: Connection) -> None:
    store = open_store(database, KEY)
    refusals: list[str] = []
    start.wait()
    for _ in range(TRANSACTIONS):
        try:
            with store.write() as unit:
                value = int(unit.settings.get("count") or 0)
                unit.journal.append(at=NOON, who="x", action="x", subject="x", detail={})
                unit.settings.put("count", str(value + 1))
                unit.commit()
        except CounterError as refusal:
            refusals.append(str(refusal))
    store.close()
    tell.send(refusals)
