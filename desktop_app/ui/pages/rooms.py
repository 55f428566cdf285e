"""The pages of a session, each made when it is first wanted, and the models behind them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Protocol, TypeVar

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from desktop_app.domain.fields import field
from desktop_app.services.answers import Option, options
from desktop_app.services.sheets import CaseSheet
from desktop_app.ui.dialogs import Ask
from desktop_app.ui.jobs import Jobs
from desktop_app.ui.pages.approval import ApprovalPage
from desktop_app.ui.pages.case import CasePage
from desktop_app.ui.pages.check import CheckPage
from desktop_app.ui.pages.done import DonePage
from desktop_app.ui.pages.editors import EditorMaker
from desktop_app.ui.pages.guide import GuidePage
from desktop_app.ui.pages.intake import IntakePage
from desktop_app.ui.pages.notice import NoticePage
from desktop_app.ui.pages.outcome import OutcomePage
from desktop_app.ui.pages.page import Go, Page
from desktop_app.ui.pages.papers import PapersPage
from desktop_app.ui.pages.policy import PolicyPage
from desktop_app.ui.pages.roster_rooms import RosterRooms
from desktop_app.ui.pages.search import SearchPage
from desktop_app.ui.pages.settings import SettingsPage
from desktop_app.ui.pages.workbench import WorkbenchPage
from desktop_app.ui.shortcuts import KeyMap
from desktop_app.ui.viewmodels.card_watch import CardWatch
from desktop_app.ui.viewmodels.counter import Counter
from desktop_app.ui.viewmodels.decision import DecisionModel
from desktop_app.ui.viewmodels.guide import GuideModel
from desktop_app.ui.viewmodels.history import HistoryModel
from desktop_app.ui.viewmodels.intake import IntakeModel
from desktop_app.ui.viewmodels.papers import PapersModel
from desktop_app.ui.viewmodels.policy import PolicyModel
from desktop_app.ui.viewmodels.search import SearchModel
from desktop_app.ui.viewmodels.settings import SettingsModel
from desktop_app.ui.viewmodels.workbench import WorkbenchModel

P = TypeVar("P", bound=Page)


class House(Go, Protocol):
    """The shell as the pages' maker knows it."""

    def on_notice(self, sheet: CaseSheet) -> None:
        """A one-time notice was given."""

    def on_waiting(self, count: int) -> None:
        """How many cases wait for a decision."""


class Rooms(QObject):
    """Makes pages on demand: a session starts with the first one only."""

    def __init__(
        self, counter: Counter, ask: Ask, jobs: Jobs, house: House, keys: KeyMap
    ) -> None:
        super().__init__()
        self._counter, self._ask, self._jobs = counter, ask, jobs
        self._house, self._keys = house, keys
        self._pages: dict[str, Page] = {}
        self.intake_model = IntakeModel(counter, self)
        self.guide_model = GuideModel(counter, self)
        self.decision_model = DecisionModel(counter, self)
        self.queue_model = DecisionModel(counter, self)
        self.history_model = HistoryModel(counter, self)
        self.settings_model = SettingsModel(counter, self)
        self.policy_model = PolicyModel(counter, self)
        self.cards = CardWatch(counter, jobs, self)
        self.students = RosterRooms(counter, ask, jobs, house, keys, self)
        self._maker = EditorMaker(
            counter.desk, counter.book, self._options, counter.desk.renderer.fallback_glyphs
        )
        self._makers: dict[str, Callable[[], Page]] = {
            "workbench": self._workbench, "guide": self._guide, "intake": self._intake,
            "outcome": self._outcome, "check": self._check, "notice": self._notice,
            "done": self._done, "search": self._search, "case": self._case,
            "papers": self._papers, "approval": self._approval, "policy": self._policy,
            "settings": self._settings,
            **self.students.makers(),
        }

    def page(self, page_id: str) -> Page:
        """A page, made now if need be. Raises KeyError for an unknown id."""
        if page_id not in self._pages:
            self._pages[page_id] = self._makers[page_id]()
        return self._pages[page_id]

    def prepare(self, shelf: QWidget) -> Iterator[str]:
        """Make the editors of the guide and 受理 ahead, one a step; names the pages to make."""
        asked = [f for _, fields in self.guide_model.blocks for f in fields]
        for field_id in asked:
            self._maker.prepare(field(field_id), shelf)
            yield ""
        yield "guide"
        for procedure in self._counter.book.procedures:
            for field_id in (f for step in procedure.steps for f in step.fields):
                self._maker.prepare(field(field_id), shelf)
                yield ""
        yield "intake"

    def _typed(self, page_id: str, kind: type[P]) -> P:
        page = self.page(page_id)
        if not isinstance(page, kind):
            raise TypeError(page_id)
        return page

    @property
    def guide(self) -> GuidePage:
        """The guide."""
        return self._typed("guide", GuidePage)

    @property
    def intake(self) -> IntakePage:
        """受理."""
        return self._typed("intake", IntakePage)

    @property
    def done(self) -> DonePage:
        """办结."""
        return self._typed("done", DonePage)

    @property
    def case(self) -> CasePage:
        """案件详情."""
        return self._typed("case", CasePage)

    @property
    def papers(self) -> PapersPage:
        """文书."""
        return self._typed("papers", PapersPage)

    @property
    def policy(self) -> PolicyPage:
        """政策依据."""
        return self._typed("policy", PolicyPage)

    @property
    def search(self) -> SearchPage:
        """查询."""
        return self._typed("search", SearchPage)

    # ---- what is in hand

    def case_in_hand(self, page_id: str) -> str:
        """Id of the case a page is about, empty when it is about none."""
        if page_id in ("intake", "outcome", "check", "notice"):
            sheet = self.intake_model.sheet
            return sheet.case.id if sheet else ""
        if page_id == "done":
            decided = self.decision_model.sheet
            return decided.case.id if decided else ""
        if page_id == "case":
            history = self.history_model.history
            return history.sheet.case.id if history else ""
        return ""

    def ref_in_hand(self, page_id: str) -> str:
        """The clause that F1 opens on a page."""
        if page_id == "guide":
            return self.guide.ways.clause()
        if page_id in ("intake", "outcome", "check", "notice") and self.intake_model.sheet:
            cites = self.intake_model.sheet.procedure.cites
            return cites[0].ref if cites else ""
        return ""

    @staticmethod
    def form_at(sheet: CaseSheet, moment: str) -> str:
        """The form printed at a moment of the case's procedure, empty when there is none."""
        return next(iter(sheet.procedure.papers_at(moment)), "")

    def _options(self, field_id: str) -> tuple[Option, ...]:
        counter = self._counter
        return options(field(field_id), counter.book, counter.clock.today())

    # ---- making

    def _workbench(self) -> Page:
        model = WorkbenchModel(self._counter, self)
        page = WorkbenchPage(model, self._ask, self._house, self._keys)
        page.waiting_changed.connect(self._house.on_waiting)
        return page

    def _guide(self) -> Page:
        return GuidePage(self.guide_model, self._maker, self.cards, self._house, self._keys)

    def _intake(self) -> Page:
        return IntakePage(
            self.intake_model, self._maker, self.cards, self._ask, self._house, self._keys
        )

    def _outcome(self) -> Page:
        return OutcomePage(self.intake_model, self._house, self._keys)

    def _check(self) -> Page:
        return CheckPage(self.intake_model, self._ask, self._house, self._keys)

    def _notice(self) -> Page:
        page = NoticePage(self.intake_model, self._house, self._keys)
        page.given.connect(self._house.on_notice)
        return page

    def _done(self) -> Page:
        papers = PapersModel(self._counter, self._jobs, self)
        return DonePage(
            self.decision_model, papers, self._ask, self._jobs, self._house, self._keys
        )

    def _search(self) -> Page:
        return SearchPage(SearchModel(self._counter, self), self._house, self._keys)

    def _case(self) -> Page:
        return CasePage(self.history_model, self._ask, self._house, self._keys)

    def _papers(self) -> Page:
        model = PapersModel(self._counter, self._jobs, self)
        return PapersPage(model, self._ask, self._house, self._keys)

    def _approval(self) -> Page:
        return ApprovalPage(
            self.queue_model, self._ask, self._jobs, self._house, self._keys
        )

    def _policy(self) -> Page:
        return PolicyPage(self.policy_model, self._house, self._keys)

    def _settings(self) -> Page:
        return SettingsPage(self.settings_model, self._house, self._keys)
