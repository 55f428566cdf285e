"""The one thread door: work goes out, its result comes back in the thread of the window.

Pages take ``Jobs`` by constructor. Only a method of a QObject in the window's thread is called
across threads by a queued signal, so all results pass through one such method here.

Python runs one thread at a time, and a thread that waits for its turn gets it after the switch
interval. The window's thread gives its turn away at every call into Qt: laying a page out and
painting it takes a hundred turns, at Python's own 5 ms half a second beside a busy worker.
"""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Protocol, TypeVar

from PySide6.QtCore import QObject, Qt, Signal, Slot

T = TypeVar("T")
#: What the window's thread waits for its turn at most while work runs, in seconds.
TURN_SECONDS = 0.0001


class Cancelled(Exception):
    """The work stopped because somebody asked it to."""


@dataclass(frozen=True)
class Step:
    """How far a job is: done of total (0 when unknown) and a few words."""

    done: int
    total: int
    words: str = ""


class Progress(Protocol):
    """What a piece of work may say and ask while it runs."""

    def report(self, done: int, total: int, words: str = "") -> None:
        """Say how far it is; who says it often is heard less often. Raises Cancelled to stop."""

    def check(self) -> None:
        """Raises Cancelled when it should stop."""


class Job(Protocol):
    """A piece of work under way."""

    def cancel(self) -> None:
        """Ask it to stop at its next report or check."""

    def is_running(self) -> bool:
        """Whether its result has not arrived yet."""


class Jobs(Protocol):
    """Runs work outside the window's thread."""

    def run(
        self, work: Callable[[Progress], T], *, done: Callable[[T], None],
        failed: Callable[[Exception], None],
        progress: Callable[[Step], None] | None = None,
    ) -> Job:
        """Start work. Exactly one of ``done`` and ``failed`` is called, in the window's thread.

        A job stopped by ``cancel`` arrives at ``failed`` as Cancelled.
        """


class _Running:
    """The shared state of one job; also its Progress inside the worker."""

    def __init__(self, door: _Door) -> None:
        self._door = door
        self._stop = threading.Event()
        self._saying = threading.Lock()
        self._said: Step | None = None
        self.finish: Callable[[], None] | None = None
        self.on_step: Callable[[Step], None] | None = None
        self.over = False

    def cancel(self) -> None:
        self._stop.set()

    def is_running(self) -> bool:
        return not self.over

    def check(self) -> None:
        if self._stop.is_set():
            raise Cancelled

    def report(self, done: int, total: int, words: str = "") -> None:
        self.check()
        with self._saying:
            unheard, self._said = self._said, Step(done, total, words)
        if unheard is None:
            self._door.arrived.emit(_Delivery(self, over=False))

    def heard(self) -> Step | None:
        """The newest step, once; the window is never asked to show one that is past."""
        with self._saying:
            step, self._said = self._said, None
        return step


@dataclass(frozen=True)
class _Delivery:
    """What comes through the door: a step, or the end."""

    job: _Running
    over: bool


class _Door(QObject):
    """Lives in the window's thread; its slot runs there whoever emits."""

    arrived = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.arrived.connect(self._on_arrived, Qt.ConnectionType.QueuedConnection)

    @Slot(object)
    def _on_arrived(self, delivery: _Delivery) -> None:
        job = delivery.job
        if job.over:
            return
        if not delivery.over:
            step = job.heard()
            if job.on_step is not None and step is not None:
                job.on_step(step)
            return
        job.over = True
        # Let go of it: an exception holds the frames it passed, and through them this very job.
        finish, job.finish = job.finish, None
        if finish is not None:
            finish()


class ThreadJobs:
    """Jobs on a few worker threads. Make it in the window's thread and close it at the end.

    Meanwhile threads of this process take turns every tenth of a millisecond (``TURN_SECONDS``).
    """

    def __init__(self, workers: int = 2) -> None:
        self._door = _Door()
        self._turn_before = sys.getswitchinterval()
        sys.setswitchinterval(TURN_SECONDS)
        self._pool = ThreadPoolExecutor(max_workers=workers, thread_name_prefix="job")
        self._running: list[_Running] = []

    def run(
        self, work: Callable[[Progress], T], *, done: Callable[[T], None],
        failed: Callable[[Exception], None],
        progress: Callable[[Step], None] | None = None,
    ) -> Job:
        """See Jobs.run."""
        job = _Running(self._door)
        job.on_step = progress
        self._running = [other for other in self._running if not other.over]
        self._running.append(job)
        door = self._door

        def body() -> None:
            try:
                job.check()
                value = work(job)
            except Exception as error:
                job.finish = _call(failed, error)
            else:
                job.finish = _call(done, value)
            door.arrived.emit(_Delivery(job, over=True))

        self._pool.submit(body)
        return job

    def busy(self) -> bool:
        """Whether any result has not arrived yet."""
        return any(not job.over for job in self._running)

    def close(self) -> None:
        """Ask everything to stop and wait for it; later results are dropped."""
        for job in self._running:
            job.cancel()
        self._pool.shutdown(wait=True, cancel_futures=True)
        sys.setswitchinterval(self._turn_before)
        for job in self._running:
            job.over = True


def _call(function: Callable[[T], None], value: T) -> Callable[[], None]:
    def call() -> None:
        function(value)

    return call
