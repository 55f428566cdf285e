"""What lies behind the lock: status bar, rail, pages, passing messages."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop_app.domain.case import Status
from desktop_app.services.sheets import CaseSheet
from desktop_app.ui.dialogs import Ask
from desktop_app.ui.jobs import Jobs
from desktop_app.ui.pages.places import APPROVAL, WITH_DRAFT, home_of, places_for
from desktop_app.ui.pages.rooms import Rooms
from desktop_app.ui.pages.tab_order import next_control
from desktop_app.ui.pages.walks import Walks
from desktop_app.ui.pages.window_keys import WindowKeys
from desktop_app.ui.shortcuts import KeyMap, settle_focus
from desktop_app.ui.theme import Look
from desktop_app.ui.viewmodels.backup_age import BackupAge
from desktop_app.ui.viewmodels.counter import Counter, clock_words
from desktop_app.ui.widgets.draft_badge import DraftState
from desktop_app.ui.widgets.messages import Level
from desktop_app.ui.widgets.page_stack import PageStack
from desktop_app.ui.widgets.rail_nav import RailEntry, RailNav
from desktop_app.ui.widgets.status_bar import StatusBar, StatusView
from desktop_app.ui.widgets.toast_log import ToastLog

RAIL_FROM = 1200
"""Below this width the rail makes room for the page."""


class Workroom(QWidget):
    """The pages of a session under one map of keys."""

    lock_asked = Signal()
    keys_asked = Signal()

    def __init__(
        self, counter: Counter, ask: Ask, jobs: Jobs, look: Look, keys: KeyMap, parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self._counter = counter
        self.keys = keys
        self.status = StatusBar()
        self.rail = RailNav([
            RailEntry(p.id, p.label, p.icon) for p in places_for(counter.operator)
        ])
        self.stack = PageStack()
        self.backup_age = BackupAge(counter, self)
        self.toasts = ToastLog(self, self._now)
        self.go = Walks(counter, ask, jobs, keys, self.stack, self.say)
        self.window_keys = WindowKeys(counter, look, self.go, self.stack, self.rail)
        self._lay_out()
        self._connect()
        self.window_keys.bind(
            keys, self, {"lock": self.lock_asked.emit, "keys": self.keys_asked.emit}
        )

    @property
    def rooms(self) -> Rooms:
        """The pages and the models behind them."""
        return self.go.rooms

    def focusNextPrevChild(self, following: bool) -> bool:
        """Tab goes as the window is read; what was made later would come later by Qt."""
        control = next_control(self, self.window().focusWidget(), forward=following)
        if control is None:
            return super().focusNextPrevChild(following)
        reason = Qt.FocusReason.TabFocusReason
        control.setFocus(reason if following else Qt.FocusReason.BacktabFocusReason)
        return True

    def keep_typing(self) -> None:
        """Keep what is being typed, before the page is covered or let go."""
        settle_focus(self.window())
        self.rooms.intake_model.leave()

    def say(self, level: Level, words: str) -> None:
        """Say something in passing, with the keys that hold now."""
        self.toasts.say(level, self.keys.said(words))

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(0)
        row.addWidget(self.rail)
        row.addWidget(self.stack, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.status)
        column.addLayout(row, 1)
        station, operator = self._counter.station, self._counter.operator
        self.status.show_view(StatusView(
            station=station.name, counter=f"{station.counter}号窗口",
            user=f"{operator.name}（{operator.role.label}）", training=station.training,
        ))
        self._print_keys()

    def _print_keys(self) -> None:
        """Print the keys of this person on the rail and the status bar."""
        of = {place.id: place.key for place in places_for(self._counter.operator)}
        for button in self.rail.buttons():
            button.set_key(self.keys.key(of[button.entry.id]))
        self.status.lock.set_key(self.keys.key("lock"))

    def _connect(self) -> None:
        self.rail.chosen.connect(self.go.to)
        self.stack.shown.connect(self._on_shown)
        self.status.lock.activated.connect(self.lock_asked)
        self.keys.changed.connect(self._print_keys)
        self.backup_age.changed.connect(self._on_backup)
        self.go.waiting.connect(self._on_waiting)
        intake = self.rooms.intake_model
        intake.saved.connect(self._on_saved)
        intake.changed.connect(self._on_case)
        intake.submitted.connect(self._on_submitted)

    # ---- what changed

    def _on_backup(self, words: str, late: bool) -> None:
        self.status.show_backup(words, Level.WARN if late else Level.OK)

    def _on_saved(self, _: object) -> None:
        self.status.draft.show_state(DraftState.SAVED, self._now())

    def _on_case(self, sheet: CaseSheet) -> None:
        if sheet.case.status is not Status.DRAFT:
            self.status.draft.show_state(DraftState.NONE)

    def _on_submitted(self, sheet: CaseSheet) -> None:
        self.go.done(sheet.case.id, self.rooms.form_at(sheet, "receipt"))

    def _on_waiting(self, count: int) -> None:
        if APPROVAL in {button.entry.id for button in self.rail.buttons()}:
            self.rail.set_count(APPROVAL, count)

    def _on_shown(self, page_id: str) -> None:
        self.status.draft.set_in_hand(page_id in WITH_DRAFT)
        home = home_of(page_id)
        if home:
            self.rail.set_current(home)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """On a small screen the rail makes room; Alt and a digit still lead everywhere."""
        super().resizeEvent(event)
        self.rail.setVisible(self.width() >= RAIL_FROM)

    def _now(self) -> str:
        return clock_words(self._counter.clock.now())
