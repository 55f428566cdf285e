"""The counter of a signed-in person: status bar, rail, pages, lock; and the ways between pages."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QApplication, QDialog, QHBoxLayout, QVBoxLayout, QWidget

from desktop_app.domain.case import Status
from desktop_app.domain.errors import CounterError
from desktop_app.domain.staff import Permission
from desktop_app.services.sheets import CaseSheet
from desktop_app.ui.dialogs import Ask
from desktop_app.ui.jobs import Jobs, Progress
from desktop_app.ui.pages.rooms import Rooms
from desktop_app.ui.pages.roster_rooms import ROSTER_PAGES
from desktop_app.ui.shortcuts import KeyMap, Scope, settle_focus
from desktop_app.ui.theme import Density, Look, Scale
from desktop_app.ui.viewmodels.counter import Counter, clock_words
from desktop_app.ui.viewmodels.idle import IdleWatch
from desktop_app.ui.viewmodels.settings import COMPACT
from desktop_app.ui.widgets.draft_badge import DraftState
from desktop_app.ui.widgets.key_sheet import KeySheet
from desktop_app.ui.widgets.lock_cover import LockCover
from desktop_app.ui.widgets.messages import Level
from desktop_app.ui.widgets.page_stack import PageStack
from desktop_app.ui.widgets.rail_nav import RailEntry, RailNav
from desktop_app.ui.widgets.status_bar import StatusBar, StatusView
from desktop_app.ui.widgets.toast_log import ToastLog
from desktop_app.ui.widgets.training_frame import TrainingFrame
from desktop_app.ui.window import Shell

WORKBENCH, INTAKE, SEARCH, APPROVAL = "workbench", "intake", "search", "approval"
GUIDE, OUTCOME, CHECK, NOTICE, DONE = "guide", "outcome", "check", "notice", "done"
CASE, PAPERS, POLICY, SETTINGS = "case", "papers", "policy", "settings"
ROSTER = "roster"
RAIL_FROM = 1200
_HOMES = {
    GUIDE: INTAKE, OUTCOME: INTAKE, CHECK: INTAKE, NOTICE: INTAKE, DONE: INTAKE,
    CASE: SEARCH, PAPERS: "", POLICY: POLICY, **dict.fromkeys(ROSTER_PAGES, ROSTER),
}


@dataclass(frozen=True)
class Place:
    """One entry of the rail."""

    id: str
    label: str
    icon: str
    key: str
    permission: Permission | None = None


PLACES = (
    Place(WORKBENCH, "工作台", "home", "place_1"),
    Place(INTAKE, "受理", "intake", "place_2", Permission.HANDLE_CASES),
    Place(SEARCH, "查询", "search", "place_3", Permission.SEARCH),
    Place(ROSTER, "导入", "import", "place_4", Permission.HANDLE_CASES),
    Place(APPROVAL, "审批", "approve", "place_5", Permission.DECIDE),
    Place(SETTINGS, "设置", "gear", "place_8"),
    Place(POLICY, "政策依据", "book", "help"),
)


class CounterShell(Shell):
    """Owns the pages and walks between them; implements ``Go``."""

    def __init__(
        self, counter: Counter, ask: Ask, jobs: Jobs, look: Look, keys: KeyMap,
        sign_out: Callable[[], None], parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.counter, self._ask, self._jobs = counter, ask, jobs
        self._look, self.keys, self._sign_out = look, keys, sign_out
        self._dress()
        self.status = StatusBar()
        self.places = [p for p in PLACES if p.permission is None
                       or counter.operator.may(p.permission)]
        self.rail = RailNav([
            RailEntry(p.id, p.label, p.icon, keys.key(p.key)) for p in self.places
        ])
        self.stack = PageStack()
        self.rooms = Rooms(counter, ask, jobs, self, keys)
        self._work = QWidget(self)
        self._lay_out()
        self._frame = TrainingFrame(self) if counter.station.training else None
        self.toasts = ToastLog(self._work, self._now)
        self.key_sheet = KeySheet(self)
        self.lock_cover = LockCover(self, self._work)
        self.idle = IdleWatch(counter.preferences.idle_minutes(), self)
        self._connect()
        self._bind()

    def _dress(self) -> None:
        preferences = self.counter.preferences
        density = Density.COMPACT if preferences.density() == COMPACT else Density.COMFORTABLE
        scale = Scale(preferences.text_size())
        if (scale, density) != (self._look.scale, self._look.density):
            self._look.apply(scale, density)

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(0)
        row.addWidget(self.rail)
        row.addWidget(self.stack, 1)
        column = QVBoxLayout(self._work)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.status)
        column.addLayout(row, 1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self._work)
        station, operator = self.counter.station, self.counter.operator
        self.status.show_view(StatusView(
            station=station.name, counter=f"{station.counter}号窗口",
            user=f"{operator.name}（{operator.role.label}）", training=station.training,
        ))

    def _connect(self) -> None:
        self.rail.chosen.connect(self._on_chosen)
        self.stack.shown.connect(self._on_shown)
        self.status.lock.activated.connect(self.lock)
        self.lock_cover.unlock_asked.connect(self._on_unlock)
        self.lock_cover.leave_asked.connect(self._on_leave)
        self.idle.warned.connect(self._on_idle_warned)
        self.idle.expired.connect(self.lock)
        rooms = self.rooms
        rooms.intake_model.saved.connect(self._on_saved)
        rooms.intake_model.changed.connect(self._on_case)
        rooms.intake_model.submitted.connect(self._on_submitted)
        rooms.settings_model.looked.connect(self._dress)
        rooms.settings_model.idle_changed.connect(self.idle.set_minutes)

    def _bind(self) -> None:
        acts: dict[str, Callable[[], None]] = {
            "help": self.policy, "new_case": self.guide, "query": self.search,
            "refresh": self._refresh, "next_pane": self._next_pane, "larger": self._larger,
            "smaller": self._smaller, "text_size": self._next_size, "lock": self.lock,
            "keys": self._show_keys, "reprint": self._reprint, "back": self._on_back,
        }
        for place in self.places:
            if place.key not in acts:
                acts[place.key] = self._goer(place.id)
        for act, slot in acts.items():
            self.keys.bind(act, self._work, slot)

    def _goer(self, place: str) -> Callable[[], None]:
        def go() -> None:
            self._on_chosen(place)
        return go

    # ---- Shell

    def start(self) -> None:
        """Show the workbench and begin to watch for idleness."""
        app = QApplication.instance()
        if app is not None:
            app.installEventFilter(self.idle)
        self.idle.start()
        self._show(WORKBENCH)
        if self._frame is not None:
            self._frame.cover()

    def tell(self, words: str) -> None:
        """See Shell."""
        self.toasts.say(Level.WARN, words)

    def close_down(self) -> None:
        """Keep what is being typed; let the data go."""
        self.idle.stop()
        app = QApplication.instance()
        if app is not None:
            app.removeEventFilter(self.idle)
        settle_focus(self.window())
        self.rooms.intake_model.leave()
        self.counter.close()

    # ---- Go

    def workbench(self) -> None:
        """See Go."""
        self._show(WORKBENCH)

    def guide(self) -> None:
        """See Go."""
        if self._refused(Permission.HANDLE_CASES):
            return
        self.rooms.intake_model.leave()
        self._make(GUIDE)
        self.stack.forget_focus(GUIDE)
        self._show(GUIDE)
        self.rooms.guide.start_over()

    def intake(self, case_id: str) -> None:
        """See Go."""
        self._make(INTAKE)
        self.stack.forget_focus(INTAKE)
        try:
            self.rooms.intake.show_case(case_id)
        except CounterError as error:
            self.toasts.say(Level.WARN, str(error))
            return
        self._show(INTAKE)
        self.rooms.intake.focus_first()

    def fault(self, field_id: str) -> None:
        """See Go."""
        self._show(INTAKE)
        self.rooms.intake.show_fault(field_id)

    def result(self) -> None:
        """See Go."""
        self._show(OUTCOME)

    def check(self) -> None:
        """See Go."""
        self._make(CHECK)
        self.stack.forget_focus(CHECK)
        self._show(CHECK)

    def notice(self) -> None:
        """See Go."""
        self._make(NOTICE)
        self.stack.forget_focus(NOTICE)
        self._show(NOTICE)

    def refuse_case(self) -> None:
        """See Go."""
        model = self.rooms.intake_model
        reason = self._ask.reason("不予受理", "写明理由。决定书写明依据和其他途径")
        if reason and model.refuse(reason):
            self.papers(model.case_id, self.rooms.form_at(model.case, "refusal"))

    def done(self, case_id: str) -> None:
        """See Go."""
        self._to_done(case_id)

    def case(self, case_id: str) -> None:
        """See Go."""
        self._make(CASE)
        self.stack.forget_focus(CASE)
        self.rooms.case.show_case(case_id)
        self._show(CASE)

    def papers(self, case_id: str, form: str = "", paper_id: str = "") -> None:
        """See Go."""
        self._make(PAPERS)
        self.stack.forget_focus(PAPERS)
        self._show(PAPERS)
        self.rooms.papers.show_case(case_id, form, paper_id)
        self.rooms.papers.focus_first()

    def policy(self, ref: str = "") -> None:
        """See Go; without a clause the one of the case in hand."""
        self._make(POLICY)
        self.stack.forget_focus(POLICY)
        self.rooms.policy.show_ref(ref or self.rooms.ref_in_hand(self.stack.current()))
        self._show(POLICY)

    def search(self) -> None:
        """See Go."""
        if not self._refused(Permission.SEARCH):
            self._make(SEARCH)
            self.stack.forget_focus(SEARCH)
            self._show(SEARCH)
            self.rooms.search.focus_first()

    def approvals(self) -> None:
        """See Go."""
        if not self._refused(Permission.DECIDE):
            self._show(APPROVAL)

    def place(self, page_id: str) -> None:
        """See Go."""
        self._make(page_id)
        self.stack.forget_focus(page_id)
        self._show(page_id)

    def resume(self) -> None:
        """See Go."""
        code = self._ask.reason("凭续办码续办", "录入告知单上的续办码", done="续办")
        if not code:
            return
        try:
            sheet = self.counter.desk.resume(code)
        except CounterError as error:
            self.rooms.page(self.stack.current()).refuse(error)
            return
        self.intake(sheet.case.id)

    def back(self) -> None:
        """See Go."""
        self._leave_page()
        if self.stack.back():
            self.rooms.page(self.stack.current()).entered()
        else:
            self._show(WORKBENCH)

    # ---- lock

    def lock(self) -> None:
        """Cover everything; what is typed is kept."""
        settle_focus(self.window())
        self.rooms.intake_model.leave()
        self.key_sheet.uncover()
        for window in QApplication.topLevelWidgets():
            if isinstance(window, QDialog) and window.isVisible():
                window.reject()
        self.idle.stop()
        self.lock_cover.lock(self.counter.operator.name, self._now())
        if not self.counter.password_needed:
            self.lock_cover.field().set_message(Level.HINT, "演练没有口令，录任意一个字按 Enter")
        if self._frame is not None:
            self._frame.raise_()

    def _on_unlock(self, password: str) -> None:
        if not self.counter.password_needed:
            self._unlock(True)
            return
        check = self.counter.check_password

        def work(_: Progress) -> bool:
            return check(password)
        self._jobs.run(work, done=self._unlock, failed=self._on_unlock_failed)

    def _unlock(self, right: bool) -> None:
        if right:
            self.lock_cover.unlock()
            self.idle.start()
        else:
            self.lock_cover.refuse("口令不对，再录一次")

    def _on_unlock_failed(self, error: Exception) -> None:
        words = str(error) if isinstance(error, CounterError) else "口令没有核对成，再录一次"
        self.lock_cover.refuse(words)

    def _on_leave(self) -> None:
        self._sign_out()

    def _on_idle_warned(self, seconds: int) -> None:
        self.toasts.say(Level.HINT, f"{seconds} 秒后锁屏，按任意键继续")

    # ---- keys

    def _on_chosen(self, place: str) -> None:
        if place == INTAKE:
            in_hand = self.rooms.intake_model.sheet
            if in_hand is not None and in_hand.case.status is Status.DRAFT:
                self._show(INTAKE)
            else:
                self.guide()
        elif place == POLICY:
            self.policy()
        elif place == SEARCH:
            self.search()
        else:
            self._show(place)

    def _on_back(self) -> None:
        page = self.rooms.page(self.stack.current())
        if "back" in page.bar.ids():
            page.bar.trigger("back")
        else:
            self.back()

    def _refresh(self) -> None:
        self.rooms.page(self.stack.current()).entered()

    def _next_pane(self) -> None:
        """F6: rail, body, bar, in a circle."""
        page = self.rooms.page(self.stack.current())
        now = self.window().focusWidget()
        if now is not None and self.rail.isAncestorOf(now):
            page.focus_first()
        elif now is not None and page.bar.isAncestorOf(now):
            place = next(
                (b for b in self.rail.buttons()
                 if b.focusPolicy() is Qt.FocusPolicy.StrongFocus), None,
            )
            if place is not None:
                place.setFocus()
        elif page.bar.ids():
            page.bar.button(page.bar.ids()[0]).setFocus()

    def _larger(self) -> None:
        self._size_by(1)

    def _smaller(self) -> None:
        self._size_by(-1)

    def _next_size(self) -> None:
        self._size_by(1 if self._look.scale is not Scale.EXTRA else -2)

    def _size_by(self, step: int) -> None:
        scales = list(Scale)
        place = min(max(scales.index(self._look.scale) + step, 0), len(scales) - 1)
        self.rooms.settings_model.set_text_size(scales[place].value)

    def _show_keys(self) -> None:
        self.key_sheet.show_groups([
            (scope.words, [(b.printed(), b.label) for b in self.keys.bindings(scope)])
            for scope in Scope
        ])

    def _reprint(self) -> None:
        page = self.stack.current()
        if page == PAPERS:
            self.rooms.papers.print_current()
        elif "batch_print" in self.rooms.page(page).bar.ids():
            self.rooms.page(page).bar.trigger("batch_print")
        else:
            case_id = self.rooms.case_in_hand(page)
            if case_id:
                self.papers(case_id)
            else:
                self.toasts.say(Level.HINT, "先打开一件，再补打")

    # ---- what changed

    def _on_saved(self, _: object) -> None:
        self.status.draft.show_state(DraftState.SAVED, clock_words(self.counter.clock.now()))

    def _on_case(self, sheet: CaseSheet) -> None:
        if sheet.case.status is not Status.DRAFT:
            self.status.draft.show_state(DraftState.NONE)

    def _on_submitted(self, sheet: CaseSheet) -> None:
        self._to_done(sheet.case.id, self.rooms.form_at(sheet, "receipt"))

    def on_notice(self, sheet: CaseSheet) -> None:
        """A one-time notice was given: print it and show its code."""
        self.papers(sheet.case.id, self.rooms.form_at(sheet, "notice"))
        code = sheet.case.supplement.resume_code if sheet.case.supplement else ""
        self.rooms.papers.say(Level.OK, f"告知单已开，续办码 {code}。Ctrl+P 打印")

    def on_waiting(self, count: int) -> None:
        """How many cases wait for this person's decision."""
        if any(place.id == APPROVAL for place in self.places):
            self.rail.set_count(APPROVAL, count)

    # ---- pages

    def _to_done(self, case_id: str, receipt: str = "") -> None:
        self._make(DONE)
        self.stack.forget_focus(DONE)
        self.rooms.done.show_case(case_id, receipt)
        self._show(DONE)
        self.rooms.done.focus_first()

    def _make(self, page_id: str) -> None:
        if not self.stack.has(page_id):
            self.stack.add(page_id, self.rooms.page(page_id))

    def _show(self, page_id: str) -> None:
        self._make(page_id)
        self._leave_page()
        self.rooms.page(page_id).entered()
        self.stack.show_page(page_id)

    def _leave_page(self) -> None:
        settle_focus(self.window())
        current = self.stack.current()
        if current:
            self.rooms.page(current).left()

    def _on_shown(self, page_id: str) -> None:
        home = _HOMES.get(page_id, page_id)
        if home:
            self.rail.set_current(home)

    def _refused(self, permission: Permission) -> bool:
        if self.counter.operator.may(permission):
            return False
        self.toasts.say(Level.WARN, f"{self.counter.operator.role.label}不办此事")
        return True

    def resizeEvent(self, event: QResizeEvent) -> None:
        """On a small screen the rail makes room; Alt and a digit still lead everywhere."""
        super().resizeEvent(event)
        self.rail.setVisible(self.width() >= RAIL_FROM)

    def _now(self) -> str:
        return clock_words(self.counter.clock.now())
