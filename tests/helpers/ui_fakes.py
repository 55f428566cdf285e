"""Ask and Jobs without dialogs and threads."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import TypeVar

from desktop_app.ui.dialogs import FileKind, Option
from desktop_app.ui.jobs import Cancelled, Job, Progress, Step

T = TypeVar("T")


class FakeJob:
    """A job that is already over, or waits when FakeJobs was told to hold."""

    def __init__(self) -> None:
        self.cancelled = False
        self.over = False

    def cancel(self) -> None:
        """See Job."""
        self.cancelled = True

    def is_running(self) -> bool:
        """See Job."""
        return not self.over


class _FakeProgress:
    def __init__(self, job: FakeJob, on_step: Callable[[Step], None] | None) -> None:
        self._job, self._on_step = job, on_step

    def check(self) -> None:
        if self._job.cancelled:
            raise Cancelled

    def report(self, done: int, total: int, words: str = "") -> None:
        self.check()
        if self._on_step is not None:
            self._on_step(Step(done, total, words))


class FakeJobs:
    """Runs work at once in the caller's thread; with ``hold`` only when ``release`` is called."""

    def __init__(self, *, hold: bool = False) -> None:
        self.hold = hold
        self.started = 0
        self._waiting: deque[Callable[[], None]] = deque()

    def run(
        self, work: Callable[[Progress], T], *, done: Callable[[T], None],
        failed: Callable[[Exception], None],
        progress: Callable[[Step], None] | None = None,
    ) -> Job:
        """See Jobs.run."""
        job = FakeJob()
        self.started += 1

        def body() -> None:
            said = _FakeProgress(job, progress)
            try:
                said.check()
                value = work(said)
            except Exception as error:
                job.over = True
                failed(error)
            else:
                job.over = True
                done(value)

        if self.hold:
            self._waiting.append(body)
        else:
            body()
        return job

    def release(self) -> None:
        """Run everything that waits."""
        while self._waiting:
            self._waiting.popleft()()


class FakeAsk:
    """Answers from a script and notes the questions; a question without an answer fails."""

    def __init__(self, answers: Iterable[object] = ()) -> None:
        self.answers: deque[object] = deque(answers)
        self.asked: list[tuple[str, str, str]] = []

    def _next(self, kind: str, title: str, text: str) -> object:
        self.asked.append((kind, title, text))
        assert self.answers, f"unexpected question: {kind} {title} {text}"
        return self.answers.popleft()

    def confirm(
        self, title: str, text: str, *, yes: str, letter: str = "Y", no: str = "返回"
    ) -> bool:
        """See Ask."""
        return bool(self._next("confirm", title, text))

    def choose(self, title: str, text: str, options: Sequence[Option]) -> str | None:
        """See Ask."""
        answer = self._next("choose", title, text)
        assert answer is None or answer in {option.id for option in options}
        return None if answer is None else str(answer)

    def reason(self, title: str, text: str, *, done: str = "") -> str | None:
        """See Ask."""
        answer = self._next("reason", title, text)
        return None if answer is None else str(answer)

    def warn(self, title: str, text: str, remedy: str = "") -> None:
        """See Ask; needs no answer."""
        self.asked.append(("warn", title, f"{text}\n{remedy}" if remedy else text))

    def open_file(self, title: str, kinds: Sequence[FileKind]) -> Path | None:
        """See Ask."""
        return self._path("open_file", title)

    def save_file(self, title: str, name: str, kinds: Sequence[FileKind]) -> Path | None:
        """See Ask."""
        return self._path("save_file", title, name)

    def folder(self, title: str) -> Path | None:
        """See Ask."""
        return self._path("folder", title)

    def _path(self, kind: str, title: str, text: str = "") -> Path | None:
        answer = self._next(kind, title, text)
        assert answer is None or isinstance(answer, Path)
        return answer
