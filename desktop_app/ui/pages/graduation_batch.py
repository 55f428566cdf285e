"""A departure (迁出批次): certificates printed, those who stayed taken back; it balances."""

from __future__ import annotations

from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from desktop_app.domain.batch import BatchRow
from desktop_app.domain.errors import CounterError
from desktop_app.domain.fields import masked_id
from desktop_app.services.graduation import Departure
from desktop_app.ui.dialogs import Ask
from desktop_app.ui.pages.page import Go, Page
from desktop_app.ui.pages.roster_parts import CountTabs
from desktop_app.ui.pages.work_line import WorkLine, way_out
from desktop_app.ui.shortcuts import KeyMap
from desktop_app.ui.viewmodels.counter import minute_words
from desktop_app.ui.viewmodels.graduation import GraduationModel
from desktop_app.ui.viewmodels.roster_papers import BatchPapersModel
from desktop_app.ui.widgets.buttons import Kind
from desktop_app.ui.widgets.case_table import CaseTable
from desktop_app.ui.widgets.messages import Level
from desktop_app.ui.widgets.plain import PlainLabel
from desktop_app.ui.widgets.record_table import Column, RecordTable

PAPERS, GRADUATION = "roster_papers", "graduation"
_ALL, _LEFT, _RETURNED = range(3)


class GraduationBatchPage(Page):
    """Everybody of a departure; Space marks who did not leave, U takes the marked back."""

    heading = "迁出批次"

    def __init__(
        self, model: GraduationModel, papers: BatchPapersModel, ask: Ask, go: Go, keys: KeyMap,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(keys, parent)
        self._model, self._papers, self._ask, self._go = model, papers, ask, go
        self.marked: set[str] = set()
        self.balance = PlainLabel(role="strong", wrap=True)
        self.tabs = CountTabs()
        self.table = CaseTable("迁出名单", RecordTable(self._columns()), empty="没有这样的人")
        self.body.addWidget(self.balance)
        self.body.addWidget(self.tabs)
        self.body.addWidget(WorkLine(model))
        self.body.addWidget(self.table, 1)
        self._connect()
        self.set_acts(
            (
                self.act("batch_print", "打印户口迁移证", self._print, kind=Kind.PRIMARY,
                         under="reprint"),
                self.act("mark", "标记没有离校", self._mark, letter="M"),
                self.act("take_back", "恢复所标记的人", self._take_back, letter="U",
                         kind=Kind.DANGER),
            ),
            self.act("back", "返回", way_out(self, model, self._leave), kind=Kind.QUIET),
        )

    def _connect(self) -> None:
        self._model.departed.connect(self._on_departed)
        self._model.acted.connect(self._on_acted)
        self._model.refused.connect(self._on_refused)
        self.tabs.chosen.connect(self._on_tab)

    def _columns(self) -> tuple[Column[BatchRow], ...]:
        return (
            Column("place", "序", lambda r: str(r.number), chars=4, figures=True),
            Column("student", "学号", lambda r: r.student_number, chars=8),
            Column("name", "姓名", lambda r: r.name, chars=7),
            Column("citizen_id", "身份号码", lambda r: masked_id(r.citizen_id), chars=11),
            Column("certificate", "户口迁移证", lambda r: r.certificate, chars=8),
            Column("to", "迁往地址", lambda r: r.destination, stretch=True),
            Column("state", "状态", self._state, chars=8, level=self._level),
        )

    # ---- Page

    def entered(self) -> None:
        """Show the departure in hand."""
        self.say(Level.HINT, "")
        self.marked = set()
        if self._model.departure is not None:
            self._on_departed(self._model.departure)

    def refresh(self) -> None:
        """Read the departure again, as after printing."""
        if self._model.departure is not None:
            self._model.open(self._model.departure.batch.id)

    def focus_first(self) -> None:
        """To the list."""
        self.table.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """A digit goes to its tab."""
        if not self.tabs.take_digit(event):
            super().keyPressEvent(event)

    # ---- acts

    def _print(self) -> None:
        departure = self._model.departure
        if departure is None or self._model.is_busy() or self._papers.is_busy():
            return
        made = self._model.papers
        self._papers.open(departure.batch, made, 0 if made else departure.left)
        self._go.place(PAPERS)
        self._papers.make_all()

    def _mark(self) -> None:
        row = self.table.current()
        if not isinstance(row, BatchRow) or row.returned:
            self.say(Level.HINT, "选一个已迁出的人再标记")
            return
        self.marked ^= {row.person_id}
        place = self.table.view.currentIndex().row()
        self._fill()
        self.table.select(min(place + 1, self.table.model().rowCount() - 1))

    def _take_back(self) -> None:
        if not self.marked or self._model.is_busy():
            return
        reason = self._ask.reason(
            "恢复户口", f"{len(self.marked):,} 人没有离校，户口恢复，户口迁移证作废。写明原因"
        )
        if reason:
            self._model.take_back(frozenset(self.marked), reason)

    def _leave(self) -> None:
        self._go.place(GRADUATION)

    # ---- what changed

    def _on_departed(self, departure: Departure) -> None:
        batch = departure.batch
        names = self._model.counter.names
        self.state_label.setText(
            f"{batch.school_name}　{minute_words(batch.at)} {names.get(batch.by, batch.by)}办理"
        )
        self.balance.setText(
            f"选出 {departure.selected:,} = 已迁出 {departure.left:,} + 没有离校 "
            f"{departure.returned:,}"
        )
        self.tabs.show_counts((
            ("全部", departure.selected), ("已迁出", departure.left),
            ("没有离校", departure.returned),
        ))
        self.bar.block("batch_print", () if departure.left else ("没有要打印的户口迁移证",))
        self.marked &= {row.person_id for row in departure.rows if not row.returned}
        self._fill()

    def _fill(self) -> None:
        wanted = self.tabs.current
        self.table.model().set_rows([
            row for row in self._model.rows()
            if wanted == _ALL or bool(row.returned) == (wanted == _RETURNED)
        ])
        count = len(self.marked)
        self.bar.button("take_back").set_words(f"恢复 {count:,} 人" if count else "恢复所标记的人")
        self.bar.block("take_back", () if count else ("按 M 标记没有离校的人",))

    def _on_tab(self, _: int) -> None:
        self._fill()
        self.table.setFocus()

    def _on_acted(self, words: str) -> None:
        if self.isVisible():
            self.say(Level.OK, words)

    def _on_refused(self, error: CounterError) -> None:
        if self.isVisible():
            self.say(Level.WARN, str(error))

    def _state(self, row: BatchRow) -> str:
        if row.returned:
            return "没有离校"
        return "▪ 待恢复" if row.person_id in self.marked else "已迁出"

    def _level(self, row: BatchRow) -> str:
        if row.returned:
            return "hint"
        return "warn" if row.person_id in self.marked else "ok"
