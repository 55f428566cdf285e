"""One piece of work at a time, outside the window, for every model that has some."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from functools import partial
from typing import TypeVar

from PySide6.QtCore import QObject, Signal

from desktop_app.services.bulk import without_collecting
from desktop_app.ui.jobs import Cancelled, Job, Jobs, Progress, Step
from desktop_app.ui.viewmodels.sign_in import as_counter_error

T = TypeVar("T")
Report = Callable[[int], None]


class Work(QObject):
    """Runs one job after another and says so.

    ``began`` carries the words for it and whether Esc may stop it; ``stopped`` comes in place of
    a result when somebody did. While a job runs another one is not begun; a ``patient`` one
    waits for its turn.
    """

    began = Signal(str, bool)
    stepped = Signal(object)
    ended = Signal()
    stopped = Signal()
    refused = Signal(object)

    def __init__(self, jobs: Jobs, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._jobs = jobs
        self._job: Job | None = None
        self._busy = False
        self._stoppable = False
        self._waiting: deque[Callable[[], None]] = deque()

    def is_busy(self) -> bool:
        """Whether something is under way."""
        return self._busy

    def cancel(self) -> None:
        """Stop what is under way at its next step, if it may be stopped."""
        if self._job is not None and self._stoppable:
            self._job.cancel()

    def run(
        self, words: str, work: Callable[[Progress], T], done: Callable[[T], None], *,
        failed: Callable[[Exception], None] | None = None, stoppable: bool = True,
        endless: bool = False, patient: bool = False,
    ) -> None:
        """Begin a job unless one is under way; a patient one begins after it.

        The collector of cycles rests meanwhile: one walk over the objects of thousands of people
        would hold the window's thread as well. Not so in a job that may take hours (``endless``).
        """
        if self._busy:
            if patient:
                self._waiting.append(partial(
                    self.run, words, work, done, failed=failed, stoppable=stoppable,
                    endless=endless,
                ))
            return
        self._busy, self._stoppable = True, stoppable
        self.began.emit(words, stoppable)

        def finish(value: T) -> None:
            self._end()
            done(value)
            self._begin_next()

        def fail(error: Exception) -> None:
            self._end()
            (failed or self._on_failed)(error)
            self._begin_next()

        def quietly(progress: Progress) -> T:
            with without_collecting():
                return work(progress)
        job = self._jobs.run(
            work if endless else quietly, done=finish, failed=fail, progress=self._on_step
        )
        if self._busy:
            self._job = job

    def _end(self) -> None:
        self._busy, self._job = False, None
        self.ended.emit()

    def _begin_next(self) -> None:
        if self._waiting and not self._busy:
            self._waiting.popleft()()

    def _on_step(self, step: Step) -> None:
        self.stepped.emit(step)

    def _on_failed(self, error: Exception) -> None:
        if isinstance(error, Cancelled):
            self.stopped.emit()
        else:
            self.refused.emit(as_counter_error(error))


def counting(progress: Progress, total: int, words: str) -> Report:
    """A callback that says how many of ``total`` are done; it raises Cancelled to stop."""

    def told(done: int) -> None:
        progress.report(done, total, words)
    return told
