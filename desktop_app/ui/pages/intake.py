"""Taking a case in (受理): one screen for the usual, block by block for the rare (引导模式)."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop_app.domain.case import Action, Status
from desktop_app.domain.errors import CounterError
from desktop_app.domain.rules import Assessment
from desktop_app.services.ports import CardData
from desktop_app.services.sheets import CaseSheet
from desktop_app.ui.dialogs import Ask
from desktop_app.ui.pages.editors import EditorMaker
from desktop_app.ui.pages.intake_form import IntakeForm
from desktop_app.ui.pages.page import MARGIN, Go, Page
from desktop_app.ui.pages.verdict import lacking_of, returned_words, verdict_view
from desktop_app.ui.shortcuts import KeyMap
from desktop_app.ui.viewmodels.card_watch import CardWatch
from desktop_app.ui.viewmodels.case_card import NUMBER
from desktop_app.ui.viewmodels.intake import IntakeModel
from desktop_app.ui.widgets.buttons import KeyButton, Kind
from desktop_app.ui.widgets.error_summary import ErrorSummary
from desktop_app.ui.widgets.error_summary import Problem as Fault
from desktop_app.ui.widgets.frames import Card, Scroller, reveal
from desktop_app.ui.widgets.material_list import MaterialLine, MaterialList, MaterialTick
from desktop_app.ui.widgets.messages import Level
from desktop_app.ui.widgets.verdict_panel import VerdictPanel

SIDE, SIDE_NARROW = 316, 262
_BAR = 18
"""What a scroll bar takes beside the verdict, in pixels."""
_VERDICT_LINES = 14
"""A verdict of more lines than these scrolls within itself."""
ROOMY, NARROW = 1150, 880
STANDARD_LINE, HEAD = 24, 56
ROOMY_CARD, DENSE_CARD = (16, 8, 16, 8), (12, 4, 8, 4)


class IntakePage(Page):
    """The form at the left, verdict and papers at the right, acts at the foot.

    ``case_changed`` carries the CaseSheet for the status bar.
    """

    heading = "受理"
    case_changed = Signal(object)

    def __init__(
        self, model: IntakeModel, maker: EditorMaker, cards: CardWatch, ask: Ask, go: Go,
        keys: KeyMap, parent: QWidget | None = None,
    ) -> None:
        super().__init__(keys, parent)
        self._model, self._cards, self._ask, self._go = model, cards, ask, go
        self.summary = ErrorSummary()
        self.form = IntakeForm(model, maker)
        self.verdict = VerdictPanel()
        self.materials = MaterialList()
        self.papers = Card("材料")
        self._all_button = self.keyed(KeyButton("全部已核", kind=Kind.QUIET), "all_seen")
        self._all_button.activated.connect(model.see_all)
        self.papers.head.addWidget(self._all_button)
        self._scroller = Scroller(self._left())
        self._dense = False
        self._lay_out()
        self._connect()
        self.set_acts(
            (
                self.act("read_card", "读证", cards.ask),
                self.act("assess", "判定", self._assess),
                self.act("guided", "引导模式", self.toggle_guided),
                self.act("notice", "告知单", go.notice),
                self.act("review", "核对", self._check, kind=Kind.PRIMARY),
            ),
            self.act("back", "返回", self._back, kind=Kind.QUIET),
        )
        self.keys.bind("save", self, model.keep_typing)
        self.keys.bind("next_block", self, self._next_block)
        self.keys.bind("all_seen", self, self._see_all)

    def _left(self) -> QWidget:
        left = QWidget()
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.summary)
        column.addWidget(self.form)
        column.addStretch(1)
        return left

    def _lay_out(self) -> None:
        self.papers.body.addWidget(self.materials)
        self.papers.set_margins(*ROOMY_CARD)
        side = QWidget()
        column = QVBoxLayout(side)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        column.addWidget(self.verdict, 1)
        column.addWidget(self.papers)
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(self._scroller, 1)
        self._side = Scroller(side)
        self._side.setFixedWidth(SIDE)
        row.addWidget(self._side)
        self.body.addLayout(row, 1)

    def _connect(self) -> None:
        model = self._model
        self._cards.read.connect(self._on_card)
        self._cards.laid.connect(self._on_card)
        self._cards.failed.connect(self._on_no_card)
        model.changed.connect(self._on_changed)
        model.judged.connect(self._on_judged)
        model.refused.connect(self.refuse)
        model.field_refused.connect(self._on_field_refused)
        self.form.finished.connect(self._to_materials)
        self.form.moved.connect(self._show_place)
        self.materials.ticked.connect(self._on_ticked)
        self.materials.finished.connect(self._to_check)
        self.verdict.jump.connect(self._on_jump)
        self.verdict.clause_asked.connect(self._go.policy)
        self.summary.jump.connect(self._on_jump)

    # ---- Page

    def focus_first(self) -> None:
        """Where the clerk was when the words were cut off, else the first field that is due."""
        typing = self._model.resumed
        if typing is not None and typing.focus and self.form.go_to(typing.focus):
            editor = self.form.editor(typing.focus)
            if editor is not None:
                editor.line.deselect()
                editor.line.setCursorPosition(typing.cursor)
            return
        if not self.form.focus_due():
            self._to_materials()
        self._show_place()

    def entered(self) -> None:
        """A card laid down fills a draft that has no number yet."""
        self._cards.watch(self, self._waits_for_card)

    def left(self) -> None:
        """Keep what is being typed, and wait for no card."""
        self._cards.leave()
        self._model.leave()

    def _waits_for_card(self) -> bool:
        return self.isVisible() and self._model.editable and not self._model.text(NUMBER)

    def _on_card(self, card: CardData) -> None:
        if self.isVisible():
            self._model.take_card(card)

    def _on_no_card(self, error: CounterError) -> None:
        if self.isVisible():
            self.refuse(error)

    def show_case(self, case_id: str) -> None:
        """Take up a case."""
        self.say(Level.HINT, "")
        self.summary.show_problems(())
        self.form.forget()
        self._model.load(case_id)
        for scroller in (self._scroller, self._side):
            scroller.verticalScrollBar().setValue(0)
        procedure = self._model.case.procedure
        self.form.set_guided(None if procedure.one_screen else 0)
        self._show_place()
        self._say_first()

    def _say_first(self) -> None:
        """What the clerk has to know before anything is typed."""
        case = self._model.case
        blocking = next((p for p in case.problems if p.blocks), None)
        sent_back = returned_words(case, self._model.counter)
        if blocking is not None:
            self.say(Level.WARN, f"{blocking.message}。{blocking.remedy}")
        elif sent_back:
            self.say(Level.WARN, sent_back)
        elif self._model.resumed is not None and self._model.raw:
            self.say(Level.HINT, "已恢复上次没录完的内容，光标在原来的位置")

    def show_fault(self, field_id: str) -> None:
        """Come from the check page to one field."""
        self._on_jump(field_id)

    # ---- acts

    def toggle_guided(self) -> None:
        """Between one screen and block by block; everything typed stays."""
        if self.form.guided is None:
            self.form.set_guided(self.form.block_of_focus())
        else:
            self.form.set_guided(None)
        self._show_place()
        if not self.form.focus_due():
            self._to_materials()

    def _next_block(self) -> None:
        if self.form.next_block():
            self._show_place()
        else:
            self._to_materials()

    def _see_all(self) -> None:
        if not self._all_button.reasons():
            self._model.see_all()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Small screens: a narrower side, fewer columns, no headings."""
        super().resizeEvent(event)
        self._fit()
        QTimer.singleShot(0, self, self._keep_in_sight)

    def _keep_in_sight(self) -> None:
        now = self.focusWidget()
        if now is not None:
            reveal(now)

    def _fit(self) -> None:
        scale = self.fontMetrics().height() / STANDARD_LINE
        wide = self.width() / scale
        self._side.setFixedWidth(round((SIDE if wide >= ROOMY else SIDE_NARROW) * scale))
        self._fit_verdict()
        columns = 6 if wide >= NARROW else 4
        if columns != self.form.columns:
            # the new fields know their size only after they were shown
            self.form.set_shape(columns=columns, dense=self._dense)
            QTimer.singleShot(0, self, self._fit)
            return
        room = self.height() - self.bar.sizeHint().height() - round(HEAD * scale)
        dense = self.form.roomy_height() > room
        if dense is not self._dense:
            self._set_dense(dense)

    def _set_dense(self, dense: bool) -> None:
        self._dense = dense
        self.form.set_shape(columns=self.form.columns, dense=dense)
        edge = 4 if dense else 10
        self.page_layout.setContentsMargins(MARGIN, edge, MARGIN, edge)
        self.papers.set_margins(*(DENSE_CARD if dense else ROOMY_CARD))
        if self._model.sheet is not None:
            self._show_materials(self._model.case)
            self._on_judged(self._model.case.assessment)

    def _back(self) -> None:
        if self.form.guided and self.form.previous_block():
            self._show_place()
            return
        self._go.back()

    def _assess(self) -> None:
        self._go.result()

    def _check(self) -> None:
        self._model.take_raw()
        faults = tuple(
            Fault(f.field, f.message) for f in self._model.faults()
            if f.blocks and self.form.editor(f.field) is not None
        )
        if faults:
            self._point_out(faults)
            return
        self.summary.show_problems(())
        self._go.check()

    def _point_out(self, faults: tuple[Fault, ...]) -> None:
        for fault in faults:
            self.form.show_refusal(fault.field_id, fault.text)
        self.summary.show_problems(faults)
        self._scroller.verticalScrollBar().setValue(0)

    def _to_materials(self) -> None:
        if not self.materials.focus_first_unseen():
            self._to_check()

    def _to_check(self) -> None:
        self.bar.button("review").setFocus()

    # ---- what changed

    def _on_changed(self, sheet: CaseSheet) -> None:
        self.form.show_case()
        for field_id in self._model.raw:
            _, problem = self._model.counter.desk.check(field_id, self._model.raw[field_id])
            if problem is not None and problem.blocks:
                self.form.show_refusal(field_id, f"{problem.message}。{problem.remedy}")
        self._show_materials(sheet)
        self._on_judged(sheet.assessment)
        self._fit()
        self._show_alerts(sheet)
        self._show_place()
        self._block_acts(sheet)
        self.case_changed.emit(sheet)

    def _show_materials(self, sheet: CaseSheet) -> None:
        self.materials.show_lines([
            MaterialLine(
                row.material.id, row.material.name, row.seen,
                "" if self._dense else row.material.note,
                fixed=row.material.kind == "system" and row.seen,
            )
            for row in sheet.materials
        ])

    def _on_judged(self, assessment: Assessment) -> None:
        case = self._model.case
        view = verdict_view(
            self._model.counter.book, case.procedure, assessment, self._model.asked(),
            lacking_of(self._model.counter, case), brief=True,
            whole_key=self.keys.key("assess"),
        )
        if self._dense:
            bare = tuple(replace(line, citation="", remedy="") for line in view.findings)
            view = replace(view, findings=bare)
        self.verdict.show_view(view)
        self._fit_verdict()

    def _fit_verdict(self) -> None:
        most = _VERDICT_LINES * self.verdict.fontMetrics().height()
        width = self._side.width() - _BAR
        self.verdict.setMinimumHeight(min(self.verdict.whole_height(width), most))

    def _show_alerts(self, sheet: CaseSheet) -> None:
        for problem in sheet.problems:
            editor = self.form.editor(problem.field)
            if editor is not None:
                level = Level.ERROR if problem.blocks else Level.WARN
                editor.set_message(level, f"{problem.message}。{problem.remedy}")

    def _show_place(self) -> None:
        procedure = self._model.case.procedure if self._model.sheet else None
        if procedure is None:
            return
        self.title_label.setText(f"受理 · {procedure.title}")
        marks = "   ".join(
            f"{'✓' if done else '○'} {title}" for title, done in self.form.progress().items()
        )
        if self.form.guided is not None:
            total = len(self.form.titles())
            marks = f"第 {self.form.guided + 1} / {total} 步   {marks}"
        self.state_label.setText(marks)
        self.bar.button("guided").set_words("引导模式" if self.form.guided is None else "单屏")

    def _block_acts(self, sheet: CaseSheet) -> None:
        closed = () if sheet.case.status is Status.DRAFT else (f"此件{sheet.case.status.label}",)
        for act_id in ("read_card", "review"):
            self.bar.block(act_id, closed)
        self._all_button.block(closed)
        lacking = sheet.allowed.get(Action.SUPPLEMENT, "此件不能再开告知单")
        self.bar.block("notice", (lacking,) if lacking else ())

    def _on_field_refused(self, field_id: str, error: CounterError) -> None:
        self.form.show_refusal(field_id, str(error))

    def _on_ticked(self, tick: MaterialTick) -> None:
        self._model.see(tick.material_id, tick.seen)

    def _on_jump(self, field_id: str) -> None:
        if not self.form.go_to(field_id):
            self._to_materials()
        self._show_place()
