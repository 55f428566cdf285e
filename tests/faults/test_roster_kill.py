"""Killed at any moment while a roster is taken: the data is sound, and every row is there once."""

from __future__ import annotations

import multiprocessing
import os
import random
import signal
import time
from collections import Counter
from multiprocessing.connection import Connection
from pathlib import Path

from desktop_app.adapters.storage.keeping import check as check_data
from desktop_app.adapters.storage.store import open_store
from desktop_app.adapters.storage.unit_of_work import SqlStore
from desktop_app.domain.journal import first_break
from desktop_app.services.roster_sheets import RosterCheck
from tests.helpers.hostile_rosters import students
from tests.helpers.roster_office import RosterOffice
from tests.helpers.tiers import times
from tests.helpers.world import open_world

KEY = bytes(range(32))
ROWS = 25
_LONGEST_LIFE = 0.12


def _take(office: RosterOffice, check: RosterCheck, tell: Connection) -> None:
    tell.send("at work")
    office.rosters().take(check)
    tell.send("taken")
    os._exit(0)  # nothing is tidied up: only what the store made durable counts


def _sound(store: SqlStore) -> None:
    with store.read() as uow:
        assert first_break(uow.journal.entries()) is None
        acts = Counter(entry.action for entry in uow.journal.entries())
        batches = uow.batches.all()
        cases = [case for batch in batches for case in uow.batches.cases(batch.id)]
        rows = [row for batch in batches for row in uow.batches.rows(batch.id)]
        persons = uow.batches.persons([c.answers["applicant.citizen_id"] for c in cases])
    assert acts["roster.take"] == len(batches)
    assert acts["case.submit"] == len(cases) == len(rows) == len(batches) * ROWS
    assert len({case.number for case in cases}) == len(cases)
    assert len(persons) == len(cases)


def test_killed_a_hundred_times_every_row_is_taken_once(tmp_path: Path) -> None:
    world = open_world(tmp_path)
    assert isinstance(world.store, SqlStore)
    store: SqlStore = world.store
    office = RosterOffice(world, tmp_path)
    fork = multiprocessing.get_context("fork")
    chance = random.Random(45)
    lives = times(100, 1_000)
    mid_transaction = unfinished = 0
    batch = -1
    check: RosterCheck | None = None
    office.taken(students(ROWS, first=100_000), "先.csv")  # nothing is slow the first time
    for life in range(lives):
        if check is None:
            batch += 1
            name = f"{batch}.csv"
            check = office.check(students(ROWS, first=1 + batch * ROWS), name)
        store.close()
        hear, tell = fork.Pipe(duplex=False)
        child = fork.Process(target=_take, args=(office, check, tell))
        child.start()
        hear.recv()
        if life % 3:
            _wait_for_a_transaction(tmp_path / "luohu.db-journal", child)
        time_left = chance.random() * _LONGEST_LIFE
        child.join(time_left if life % 3 == 0 else time_left / 4)
        child.kill()
        child.join()
        assert child.exitcode in (0, -signal.SIGKILL)
        hear.close()
        tell.close()
        mid_transaction += (tmp_path / "luohu.db-journal").exists()
        if life % 20 == 0:
            _sound(store)
        with store.read() as uow:
            taken = len(uow.batches.taken_from(check.sha256))
        assert taken in (0, ROWS), (life, taken)
        unfinished += taken == 0
        if taken:
            check = None
    if check is not None:
        office.rosters().take(check)
    _sound(store)
    with store.read() as uow:
        found = [c.answers["applicant.citizen_id"] for b in uow.batches.all()
                 for c in uow.batches.cases(b.id)]
    expected = [f"{s['公民身份号码']}" for s in students((batch + 1) * ROWS)]
    expected += [f"{s['公民身份号码']}" for s in students(ROWS, first=100_000)]
    assert sorted(found) == sorted(expected)
    store.close()
    reopened = open_store(tmp_path / "luohu.db", KEY)
    assert check_data(reopened).sound
    reopened.close()
    assert unfinished >= lives / 10  # kills did fall into the work
    assert mid_transaction >= lives / 20


def _wait_for_a_transaction(journal: Path, child: multiprocessing.process.BaseProcess) -> None:
    """Look without pause until the child writes, or has ended."""
    end = time.monotonic() + 5
    while not journal.exists() and child.is_alive() and time.monotonic() < end:
        pass
