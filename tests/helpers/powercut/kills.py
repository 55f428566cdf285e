"""A clerk whose program is killed, again and again, without a word of warning."""

from __future__ import annotations

import multiprocessing
import random
import signal
from collections.abc import Iterator
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path

from desktop_app.adapters.storage.unit_of_work import SqlStore
from tests.helpers.powercut.clerk import DATABASE, Acknowledgements, Clerk
from tests.helpers.powercut.replay import ACKNOWLEDGED

JOURNAL = DATABASE + "-journal"
_LONGEST_LIFE = 0.25
_PEOPLE_A_LIFE = 1000


@dataclass(frozen=True)
class Death:
    """After one kill: what had been promised, and whether a transaction was cut in the middle."""

    acknowledged: int
    mid_transaction: bool


def lives(folder: Path, store: SqlStore, times: int, seed: int) -> Iterator[Death]:
    """Let a clerk work and kill it, so many times: at any moment, or as soon as it writes.

    Each life is a fork of this process, which must have used the store before, so that nothing is
    slow the first time; its connections are closed meanwhile.
    """
    fork = multiprocessing.get_context("fork")
    chance = random.Random(seed)
    for life in range(1, times + 1):
        store.close()
        hear, tell = fork.Pipe(duplex=False)
        clerk = fork.Process(target=_work, args=(folder, store, life * _PEOPLE_A_LIFE, tell))
        clerk.start()
        hear.recv()
        clerk.join(chance.random() * _LONGEST_LIFE)
        if life % 4:
            _wait_for_a_transaction(folder / JOURNAL)
        clerk.kill()
        clerk.join()
        assert clerk.exitcode == -signal.SIGKILL
        hear.close()
        tell.close()
        yield Death(_promised(folder), (folder / JOURNAL).exists())


def _work(folder: Path, store: SqlStore, first: int, tell: Connection) -> None:
    clerk = Clerk(store, Acknowledgements(folder, store).write)
    tell.send("at work")
    for order in range(first, first + _PEOPLE_A_LIFE):
        clerk.settle(order)


def _wait_for_a_transaction(journal: Path) -> None:
    """Look without pause: a transaction lasts two milliseconds."""
    while not journal.exists():
        pass


def _promised(folder: Path) -> int:
    file = folder / ACKNOWLEDGED
    words = file.read_text("ascii").split() if file.exists() else []
    return int(words[-1]) if words else 0
