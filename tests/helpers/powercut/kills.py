"""A clerk whose program is killed, again and again, without a word of warning."""

from __future__ import annotations

import multiprocessing
import random
import signal
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from multiprocessing.connection import Connection
from pathlib import Path
from time import monotonic

from desktop_app.adapters.storage.unit_of_work import SqlStore
from tests.helpers.powercut.clerk import DATABASE, Acknowledgements, Clerk
from tests.helpers.powercut.replay import ACKNOWLEDGED

JOURNAL = DATABASE + "-journal"
_LONGEST_LIFE = 0.1
_PEOPLE_A_LIFE = 1000
_PATIENCE = 60.0
"""Seconds after which a life that finishes nothing is a fault, on the busiest of machines."""


@dataclass(frozen=True)
class Death:
    """After one kill: what had been promised, and whether a transaction was cut in the middle.

    ``at_work`` when it came after the first act of that life had been promised, not at just any
    moment from the start on.
    """

    acknowledged: int
    mid_transaction: bool
    at_work: bool


def lives(folder: Path, store: SqlStore, times: int, seed: int) -> Iterator[Death]:
    """Let a clerk work and kill it, so many times: one of four at just any moment.

    The others live until they have finished an act, be the machine as busy as it may, then for a
    random while, and until they write again. Each life is a fork of this process, which must have
    used the store before, so that nothing is slow the first time; its connections are closed
    meanwhile.
    """
    fork = multiprocessing.get_context("fork")
    chance = random.Random(seed)
    for life in range(1, times + 1):
        store.close()
        before = _promised(folder)
        hear, tell = fork.Pipe(duplex=False)
        clerk = fork.Process(target=_work, args=(folder, store, life * _PEOPLE_A_LIFE, tell))
        clerk.start()
        hear.recv()
        at_work = life % 4 != 0
        if at_work:
            _wait_until(partial(_promised_more, folder, before))
        clerk.join(chance.random() * _LONGEST_LIFE)
        if at_work:
            _wait_until((folder / JOURNAL).exists)
        clerk.kill()
        clerk.join()
        assert clerk.exitcode == -signal.SIGKILL
        hear.close()
        tell.close()
        yield Death(_promised(folder), (folder / JOURNAL).exists(), at_work)


def _work(folder: Path, store: SqlStore, first: int, tell: Connection) -> None:
    clerk = Clerk(store, Acknowledgements(folder, store).write)
    tell.send("at work")
    for order in range(first, first + _PEOPLE_A_LIFE):
        clerk.settle(order)


def _wait_until(happened: Callable[[], bool]) -> None:
    """Look without pause: a transaction lasts two milliseconds."""
    end = monotonic() + _PATIENCE
    while not happened():
        assert monotonic() < end, "after a kill the work did not go on"


def _promised_more(folder: Path, before: int) -> bool:
    return _promised(folder) > before


def _promised(folder: Path) -> int:
    file = folder / ACKNOWLEDGED
    words = file.read_text("ascii").split() if file.exists() else []
    return int(words[-1]) if words else 0
