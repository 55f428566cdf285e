"""A batch after it was taken (批次): decide, register, print, reconcile, or take back whole."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop_app.domain.batch import Outcome, ReconciliationLine
from desktop_app.domain.case import Status
from desktop_app.domain.errors import CounterError
from desktop_app.services.roster_sheets import BatchSheet
from desktop_app.ui.dialogs import Ask, Option
from desktop_app.ui.jobs import Jobs
from desktop_app.ui.pages.decide import ask_password
from desktop_app.ui.pages.page import Go, Page
from desktop_app.ui.pages.roster_parts import TABLE_FILES, CountTabs, is_low, line_columns
from desktop_app.ui.pages.work_line import WorkLine, way_out
from desktop_app.ui.shortcuts import KeyMap
from desktop_app.ui.viewmodels.counter import minute_words
from desktop_app.ui.viewmodels.roster_batch import BatchModel
from desktop_app.ui.viewmodels.roster_papers import BatchPapersModel
from desktop_app.ui.widgets.buttons import Kind
from desktop_app.ui.widgets.case_table import CaseTable
from desktop_app.ui.widgets.frames import Card
from desktop_app.ui.widgets.messages import Level
from desktop_app.ui.widgets.plain import PlainLabel
from desktop_app.ui.widgets.record_table import RecordTable

PAPERS, ROSTER = "roster_papers", "roster"
_TABS: tuple[Outcome | None, ...] = (None, *Outcome)
_SETTLED = (Status.REGISTERED, Status.ISSUED, Status.ARCHIVED)
_STAGES: tuple[tuple[str, tuple[Status, ...]], ...] = (
    ("待审批", (Status.ACCEPTED, Status.REVIEWED)),
    ("待登记", (Status.APPROVED,)),
    ("待制证", (Status.REGISTERED,)),
    ("已制证", (Status.ISSUED, Status.ARCHIVED)),
)


class RosterBatchPage(Page):
    """Stages at the top, everybody beneath; one letter for each act on all of them."""

    heading = "批次"

    def __init__(
        self, model: BatchModel, papers: BatchPapersModel, ask: Ask, jobs: Jobs, go: Go,
        keys: KeyMap, parent: QWidget | None = None,
    ) -> None:
        super().__init__(keys, parent)
        self._model, self._papers, self._ask, self._jobs = model, papers, ask, jobs
        self._go = go
        self.balance = PlainLabel(role="strong", wrap=True)
        self.undo_words = PlainLabel(role="hint", wrap=True)
        self.tabs = CountTabs()
        self.table = CaseTable(
            "名册各行", RecordTable(line_columns(model.line_words)), empty="没有这样的行"
        )
        self.detail = PlainLabel(role="small", wrap=True)
        self.stages: dict[str, PlainLabel] = {}
        self._lay_out()
        self._connect()
        self.set_acts(
            (
                self.act("decide", "整批批准", self._decide, letter="A", kind=Kind.PRIMARY),
                self.act("enter", "整批登记", model.enter, letter="E"),
                self.act("batch_print", "打印全部", self._print, under="reprint"),
                self.act("reconcile", "打印核对单", self._reconcile, letter="R"),
                self.act("table", "导出核对单", self._write, letter="X"),
                self.act("undo", "整批撤回", self._undo, letter="U", kind=Kind.DANGER),
            ),
            self.act("back", "返回", way_out(self, model, self._leave), kind=Kind.QUIET),
        )

    def _lay_out(self) -> None:
        card = self.card = Card()
        row = QHBoxLayout()
        row.setSpacing(24)
        for words, _ in _STAGES:
            figure = PlainLabel("--", role="verdict")
            figure.setAccessibleName(words)
            column = QVBoxLayout()
            column.setSpacing(0)
            for part in (figure, PlainLabel(words, role="small")):
                part.setAlignment(Qt.AlignmentFlag.AlignHCenter)
                column.addWidget(part)
            self.stages[words] = figure
            row.addLayout(column)
        sums = QVBoxLayout()
        sums.setSpacing(4)
        sums.addWidget(self.balance)
        sums.addWidget(self.undo_words)
        row.addSpacing(12)
        row.addLayout(sums, 1)
        card.body.addLayout(row)
        self.body.addWidget(card)
        self.body.addWidget(WorkLine(self._model))
        self.body.addWidget(self.tabs)
        self.body.addWidget(self.table, 1)
        self.body.addWidget(self.detail)

    def _connect(self) -> None:
        self._model.changed.connect(self._on_changed)
        self._model.acted.connect(self._on_acted)
        self._model.refused.connect(self._on_refused)
        self.tabs.chosen.connect(self._on_tab)
        self.table.activated.connect(self._open)
        self.table.selected.connect(self._on_selected)

    # ---- Page

    def entered(self) -> None:
        """Show the batch in hand as it stands now."""
        self.say(Level.HINT, "")
        if self._model.sheet is not None and not self._model.is_busy():
            self._on_changed(self._model.sheet)

    def refresh(self) -> None:
        """Read the batch again, as after printing."""
        if self._model.batch_id:
            self._model.load(self._model.batch_id)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """On a small screen the tabs tell the counts."""
        super().resizeEvent(event)
        self.card.setVisible(not is_low(self))

    def focus_first(self) -> None:
        """To the rows."""
        self.table.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """A digit goes to its tab."""
        if not self.tabs.take_digit(event):
            super().keyPressEvent(event)

    # ---- showing

    def _on_changed(self, sheet: BatchSheet) -> None:
        batch, model = sheet.batch, self._model
        names = model.counter.names
        self.title_label.setText(f"{batch.school_name}新生")
        self.state_label.setText(
            f"{model.state_words()}　{batch.file}　{minute_words(batch.at)} "
            f"{names.get(batch.by, batch.by)}受理"
        )
        for words, statuses in _STAGES:
            self.stages[words].setText(f"{model.count(*statuses):,}")
        self.balance.setText(model.balance_words())
        until = minute_words(sheet.undo_until)
        self.undo_words.setText(
            sheet.undo_lacks or f"{until} 前、生成文书前可整批撤回"
        )
        found = model.reconciliation
        if found is not None:
            self.tabs.show_counts([
                ("全部", len(found.lines)), *((o.label, found.counts[o]) for o in Outcome)
            ])
        self._fill()
        self._block(sheet)

    def _block(self, sheet: BatchSheet) -> None:
        printable = sheet.print_lacks if not sheet.printed else ""
        words = "看文书" if sheet.printed and sheet.print_lacks else "打印全部"
        self.bar.button("batch_print").set_words(words)
        for act, lacking in (
            ("decide", sheet.decide_lacks), ("enter", sheet.enter_lacks),
            ("batch_print", printable), ("undo", sheet.undo_lacks),
        ):
            self.bar.block(act, (lacking,) if lacking else ())

    def _fill(self) -> None:
        self.table.model().set_rows(self._model.lines(_TABS[self.tabs.current]))

    # ---- acts

    def _decide(self) -> None:
        if self._model.is_busy():
            return
        password = ""
        if self._model.counter.password_needed:
            purpose = f"整批批准 {self._model.count(Status.ACCEPTED):,} 人落户"
            given = ask_password(self._model.counter, self._jobs, purpose, self)
            if given is None:
                return
            password = given
        self._model.decide(password)

    def _print(self) -> None:
        if self._to_papers():
            self._papers.make_all()

    def _reconcile(self) -> None:
        if self._to_papers():
            self._papers.make_reconciliation(send=True)

    def _to_papers(self) -> bool:
        sheet = self._model.sheet
        if sheet is None or self._model.is_busy() or self._papers.is_busy():
            return False
        self._papers.open(sheet.batch, sheet.printed, self._model.count(Status.REGISTERED))
        self._go.place(PAPERS)
        return True

    def _write(self) -> None:
        sheet = self._model.sheet
        if sheet is None or self._model.is_busy():
            return
        name = f"新生落户核对单-{sheet.batch.school_name}-{sheet.batch.year}.xlsx"
        path = self._ask.save_file("核对单存为表格", name, (TABLE_FILES,))
        if path is not None:
            self._model.write_reconciliation(path)

    def _undo(self) -> None:
        sheet = self._model.sheet
        if sheet is None or self._model.is_busy():
            return
        total = sum(sheet.counts.values())
        answer = self._ask.choose(
            "整批撤回", f"{total:,} 人的受理、审批和登记全部撤回。日志保留记录。",
            (Option("undo", "整批撤回", "Y", dangerous=True),),
        )
        reason = self._ask.reason("撤回原因", sheet.batch.file) if answer == "undo" else None
        if reason:
            self._model.undo(reason)

    def _open(self, line: object) -> None:
        if not isinstance(line, ReconciliationLine):
            return
        if line.row.case_id:
            self._go.case(line.row.case_id)
        else:
            words = self._model.line_words(line) or line.outcome.label
            self.say(Level.HINT, f"第 {line.row.number} 行没有受理：{words}")

    def _leave(self) -> None:
        self._go.place(ROSTER)

    # ---- what changed

    def _on_tab(self, _: int) -> None:
        self._fill()
        self.table.setFocus()

    def _on_selected(self, line: object) -> None:
        if not isinstance(line, ReconciliationLine):
            self.detail.setText("")
            return
        number = f"　{line.case_number}" if line.case_number else ""
        words = self._model.line_words(line)
        why = f"　{words}" if words else ""
        self.detail.setText(f"第 {line.row.number} 行　{line.outcome.label}{number}{why}")

    def _on_acted(self, words: str, whole: bool) -> None:
        if self.isVisible():
            self.say(Level.OK if whole else Level.WARN, words)

    def _on_refused(self, error: CounterError) -> None:
        if self.isVisible():
            self.say(Level.WARN, str(error))
