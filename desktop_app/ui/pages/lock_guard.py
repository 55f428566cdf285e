"""The lock of the counter (锁屏): by key, by button, or after nobody touched anything."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QApplication, QDialog, QWidget

from desktop_app.domain.errors import CounterError
from desktop_app.ui.jobs import Jobs, Progress
from desktop_app.ui.viewmodels.counter import Counter, clock_words
from desktop_app.ui.viewmodels.idle import IdleWatch
from desktop_app.ui.widgets.lock_cover import LockCover


class LockGuard(QObject):
    """Covers ``over`` and lets the person of this session back in.

    ``locking`` comes before the cover, so that what is being typed can be kept; ``warned``
    carries the seconds left; ``leave_asked`` lets somebody else sign in.
    """

    locking = Signal()
    warned = Signal(int)
    leave_asked = Signal()

    def __init__(self, counter: Counter, jobs: Jobs, over: QWidget, behind: QWidget) -> None:
        super().__init__(over)
        self._counter, self._jobs = counter, jobs
        self.cover = LockCover(over, behind, asks=counter.password_needed)
        self.cover.unlock_asked.connect(self._on_unlock)
        self.cover.leave_asked.connect(self.leave_asked)
        self.idle = IdleWatch(counter.preferences.idle_minutes(), self)
        self.idle.warned.connect(self.warned)
        self.idle.expired.connect(self.lock)

    def start(self) -> None:
        """Begin to watch for idleness."""
        app = QApplication.instance()
        if app is not None:
            app.installEventFilter(self.idle)
        self.idle.start()

    def stop(self) -> None:
        """Watch no longer."""
        self.idle.stop()
        app = QApplication.instance()
        if app is not None:
            app.removeEventFilter(self.idle)

    def lock(self) -> None:
        """Cover everything; what is typed is kept."""
        self.locking.emit()
        for window in QApplication.topLevelWidgets():
            if isinstance(window, QDialog) and window.isVisible():
                window.reject()
        self.idle.stop()
        self.cover.lock(self._counter.operator.name, clock_words(self._counter.clock.now()))

    def _on_unlock(self, password: str) -> None:
        if not self._counter.password_needed:
            self._unlock(True)
            return
        check = self._counter.check_password

        def work(_: Progress) -> bool:
            return check(password)
        self._jobs.run(work, done=self._unlock, failed=self._on_failed)

    def _unlock(self, right: bool) -> None:
        if right:
            self.cover.unlock()
            self.idle.start()
        else:
            self.cover.refuse("口令不对，再录一次")

    def _on_failed(self, error: Exception) -> None:
        words = str(error) if isinstance(error, CounterError) else "口令没能核对，再录一次"
        self.cover.refuse(words)
