"""Signing in: takes account and password before the program behind it is even loaded."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, TypeVar

from PySide6.QtCore import QObject, Signal

from desktop_app.domain.errors import CounterError

if TYPE_CHECKING:
    # the session pulls in every service; the sign-in page is painted before they are loaded
    from desktop_app.ui.jobs import Jobs, Progress
    from desktop_app.ui.viewmodels.counter import Counter


T = TypeVar("T")


class Entrance(Protocol):
    """The way in, once the program behind it is loaded. Its methods block: run them in a job."""

    @property
    def has_data(self) -> bool:
        """Whether the data folder holds a station's data."""
        ...

    @property
    def unfinished(self) -> bool:
        """Whether somebody began to set the folder up and was cut off before there was data."""
        ...

    @property
    def station_words(self) -> str:
        """Station and window, empty before set-up."""
        ...

    def logins(self) -> tuple[str, ...]:
        """Who may sign in."""
        ...

    def sign_in(self, login: str, password: str) -> Counter:
        """Open a session. Raises CounterError."""
        ...

    def create(self, profile: Path, name: str, password: str) -> None:
        """Set the data folder up from a station profile. Raises CounterError."""
        ...


@dataclass(frozen=True)
class _Wish:
    """Account and password typed before the program was ready."""

    login: str
    password: str


class SignInModel(QObject):
    """Loads the program behind the first page and lets one person in at a time."""

    ready = Signal(object)
    busy = Signal(bool)
    refused = Signal(object)
    broken = Signal(object)
    signed_in = Signal(object)
    set_up = Signal(object)

    def __init__(
        self, prepare: Callable[[], Entrance], jobs: Jobs | None = None,
        parent: QObject | None = None,
    ) -> None:
        """``jobs`` may come later, but before ``start``: the first paint needs no threads."""
        super().__init__(parent)
        self._prepare, self.jobs = prepare, jobs
        self._wish: _Wish | None = None
        self.entrance: Entrance | None = None

    def start(self) -> None:
        """Load the rest of the program in a worker."""
        def work(_: Progress) -> Entrance:
            return self._prepare()
        self._run(work, self._on_ready, self._on_broken)

    def sign_in(self, login: str, password: str) -> None:
        """Let a person in; waits for the program when it is still loading."""
        self.busy.emit(True)
        if self.entrance is None:
            self._wish = _Wish(login, password)
            return
        entrance = self.entrance

        def work(_: Progress) -> Counter:
            return entrance.sign_in(login, password)
        self._run(work, self._on_signed_in, self._on_refused)

    def create(self, profile: Path, name: str, password: str) -> None:
        """First set-up: data folder, keys, first supervisor."""
        self.busy.emit(True)
        entrance = self.entrance
        if entrance is None:
            return

        def work(_: Progress) -> None:
            entrance.create(profile, name, password)

        def done(_: None) -> None:
            self.busy.emit(False)
            self.set_up.emit(entrance)
        self._run(work, done, self._on_refused)

    def _run(
        self, work: Callable[[Progress], T], done: Callable[[T], None],
        failed: Callable[[Exception], None],
    ) -> None:
        if self.jobs is not None:
            self.jobs.run(work, done=done, failed=failed)

    def _on_ready(self, entrance: Entrance) -> None:
        self.entrance = entrance
        self.ready.emit(entrance)
        if self._wish is not None:
            wish, self._wish = self._wish, None
            self.sign_in(wish.login, wish.password)

    def _on_broken(self, error: Exception) -> None:
        self.busy.emit(False)
        self.broken.emit(as_counter_error(error))

    def _on_signed_in(self, counter: Counter) -> None:
        self.busy.emit(False)
        self.signed_in.emit(counter)

    def _on_refused(self, error: Exception) -> None:
        self.busy.emit(False)
        self.refused.emit(as_counter_error(error))


def as_counter_error(error: Exception) -> CounterError:
    """Words for a person out of anything that went wrong; the cause itself is for the log."""
    if isinstance(error, CounterError):
        return error
    return CounterError("程序出了没有料到的问题", f"记下代号 {type(error).__name__}，联系信息员")
