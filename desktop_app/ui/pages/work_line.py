"""The progress of a model's work on its page, and the way out that stops it first."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QElapsedTimer
from PySide6.QtWidgets import QWidget

from desktop_app.ui.jobs import Step
from desktop_app.ui.pages.page import Page
from desktop_app.ui.viewmodels.work import Work
from desktop_app.ui.widgets.job_progress import JobProgress
from desktop_app.ui.widgets.messages import Level


class WorkLine(JobProgress):
    """The progress of a model's work."""

    def __init__(self, model: Work, parent: QWidget | None = None) -> None:
        self._clock = QElapsedTimer()
        self._clock.start()
        super().__init__(self._clock.elapsed, parent)
        model.began.connect(self._on_began)
        model.stepped.connect(self._on_step)
        model.ended.connect(self.finish)
        self.cancel_asked.connect(model.cancel)

    def _on_began(self, words: str, stoppable: bool) -> None:
        self.start(words if stoppable else f"{words}，写完前不能停")
        self.set_stoppable(stoppable)

    def _on_step(self, step: Step) -> None:
        self.report(step.done, step.total, step.words)


def way_out(page: Page, work: Work, leave: Callable[[], None]) -> Callable[[], None]:
    """What Esc does on a page with work: stop it while it runs, leave otherwise."""

    def act() -> None:
        if not work.is_busy():
            leave()
            return
        work.cancel()
        page.say(Level.HINT, "正在停下，已写入的不受影响")
    return act
