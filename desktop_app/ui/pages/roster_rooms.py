"""The pages of freshers and graduates, made when they are first wanted."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import QObject

from desktop_app.services.sheets import PaperSheet
from desktop_app.ui.dialogs import Ask
from desktop_app.ui.jobs import Jobs
from desktop_app.ui.pages.graduation import GraduationPage
from desktop_app.ui.pages.graduation_batch import GraduationBatchPage
from desktop_app.ui.pages.page import Go, Page
from desktop_app.ui.pages.roster import RosterPage
from desktop_app.ui.pages.roster_batch import RosterBatchPage
from desktop_app.ui.pages.roster_check import RosterCheckPage
from desktop_app.ui.pages.roster_columns import RosterColumnsPage
from desktop_app.ui.pages.roster_papers import RosterPapersPage
from desktop_app.ui.pages.roster_take import RosterTakePage
from desktop_app.ui.shortcuts import KeyMap
from desktop_app.ui.viewmodels.counter import Counter
from desktop_app.ui.viewmodels.graduation import GraduationModel
from desktop_app.ui.viewmodels.roster import RosterModel
from desktop_app.ui.viewmodels.roster_batch import BatchModel
from desktop_app.ui.viewmodels.roster_papers import BatchPapersModel

#: The pages that belong to the place 导入 on the rail.
ROSTER_PAGES = (
    "roster_columns", "roster_check", "roster_take", "roster_batch", "roster_papers",
    "graduation", "departure",
)


class RosterRooms(QObject):
    """Makes the pages of one session and the models they share."""

    def __init__(
        self, counter: Counter, ask: Ask, jobs: Jobs, go: Go, keys: KeyMap, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._ask, self._jobs, self._go, self._keys = ask, jobs, go, keys
        self.roster = RosterModel(counter, jobs, self)
        self.batch = BatchModel(counter, jobs, self)
        self.papers = BatchPapersModel(counter, jobs, self)
        self.graduation = GraduationModel(counter, jobs, self)
        self.papers.made.connect(self._on_made)

    def makers(self) -> Mapping[str, Callable[[], Page]]:
        """A maker for every page."""
        ask, go, keys = self._ask, self._go, self._keys
        return {
            "roster": lambda: RosterPage(self.roster, self.batch, ask, go, keys),
            "roster_columns": lambda: RosterColumnsPage(self.roster, go, keys),
            "roster_check": lambda: RosterCheckPage(self.roster, ask, go, keys),
            "roster_take": lambda: RosterTakePage(self.roster, self.batch, go, keys),
            "roster_batch": lambda: RosterBatchPage(
                self.batch, self.papers, ask, self._jobs, go, keys
            ),
            "roster_papers": lambda: RosterPapersPage(self.papers, ask, go, keys),
            "graduation": lambda: GraduationPage(self.graduation, self.roster, ask, go, keys),
            "departure": lambda: GraduationBatchPage(
                self.graduation, self.papers, ask, go, keys
            ),
        }

    def _on_made(self, made: PaperSheet) -> None:
        """What was printed changes what can be done with the batch."""
        if made.paper.case_id == self.batch.batch_id:
            self.batch.load(made.paper.case_id)
        departure = self.graduation.departure
        if departure is not None and made.paper.case_id == departure.batch.id:
            self.graduation.open(departure.batch.id)
