"""How long the window's thread was deaf by the program's own doing.

A machine with other work gives the thread no processor for a while; the kernel counts that for
each thread (``/proc/self/task/*/schedstat``, second figure). What the window's thread waited for
a processor is taken off a silence, and of what it waited for the interpreter as much as the
workers themselves waited for a processor meanwhile: whoever holds the interpreter and may not run
keeps everybody waiting. The rest is the program's: the thread's own work, and the interpreter
held by others.
"""

from __future__ import annotations

import os
import threading
import time
from dataclasses import dataclass
from pathlib import Path

from tests.helpers.keys import Heartbeat

_TASKS = Path("/proc/self/task")
_NANO = 1e-6


@dataclass(frozen=True)
class Silence:
    """One silence, in milliseconds."""

    whole: float
    busy: float
    """The thread itself was at work."""
    unserved: float
    """It was ready and got no processor."""
    workers_unserved: float
    """Other threads of the program were ready and got none."""

    @property
    def own(self) -> float:
        """What the program is to blame for."""
        waited = max(self.whole - self.busy - self.unserved, 0)
        return self.busy + max(waited - self.workers_unserved, 0)


@dataclass(frozen=True)
class _Account:
    at: float
    busy: float
    unserved: float
    workers: float


class Attention(Heartbeat):
    """A heartbeat that keeps account of each silence. Start it in the window's thread."""

    def __init__(self) -> None:
        super().__init__()
        self._me = str(threading.get_native_id())
        self._before: _Account | None = None
        self.silences: list[Silence] = []

    def start(self) -> None:
        """Begin to listen."""
        self._before = None
        super().start()

    def longest_own(self) -> Silence:
        """The silence that the program is most to blame for; none at all when nothing was heard."""
        return max(self.silences, key=lambda one: one.own, default=Silence(0, 0, 0, 0))

    def _beat(self) -> None:
        super()._beat()
        now, before = self._account(), self._before
        if before is not None:
            self.silences.append(Silence(
                now.at - before.at, now.busy - before.busy, now.unserved - before.unserved,
                max(now.workers - before.workers, 0),
            ))
        self._before = now

    def _account(self) -> _Account:
        mine = others = 0.0
        for task in os.listdir(_TASKS) if _TASKS.exists() else ():
            waited = _waited(task)
            if task == self._me:
                mine = waited
            else:
                others += waited
        return _Account(time.perf_counter() * 1000, time.thread_time() * 1000, mine, others)


def _waited(task: str) -> float:
    """Milliseconds that a thread was ready and got no processor; 0 where nobody counts."""
    try:
        with open(_TASKS / task / "schedstat", "rb") as file:
            return int(file.read().split()[1]) * _NANO
    except (OSError, IndexError, ValueError):
        return 0.0
