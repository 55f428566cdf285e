"""Decisions (审批): the queue at the left, the case at the right, A R J."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop_app.domain.case import Action
from desktop_app.domain.fields import field
from desktop_app.services.answers import show_answer
from desktop_app.services.ports import CaseRow
from desktop_app.services.sheets import CaseSheet
from desktop_app.ui.dialogs import Ask
from desktop_app.ui.jobs import Jobs
from desktop_app.ui.pages.columns import queue_columns
from desktop_app.ui.pages.decide import Decider
from desktop_app.ui.pages.page import Go, Page
from desktop_app.ui.pages.verdict import verdict_view
from desktop_app.ui.shortcuts import KeyMap
from desktop_app.ui.viewmodels.counter import minute_words
from desktop_app.ui.viewmodels.decision import DecisionModel
from desktop_app.ui.viewmodels.words import as_read
from desktop_app.ui.widgets.buttons import Kind
from desktop_app.ui.widgets.case_table import CaseTable
from desktop_app.ui.widgets.facts import Facts
from desktop_app.ui.widgets.frames import Card, Scroller
from desktop_app.ui.widgets.messages import Level
from desktop_app.ui.widgets.record_table import RecordTable
from desktop_app.ui.widgets.verdict_panel import VerdictPanel

_QUEUE_CHARS = 16
"""Way, masked name and priority, whole at every text size."""


class ApprovalPage(Page):
    """A queue, veterans first; the case under the cursor is judged anew when it is decided."""

    heading = "审批"

    def __init__(
        self, model: DecisionModel, ask: Ask, jobs: Jobs, go: Go, keys: KeyMap,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(keys, parent)
        self._model, self._go = model, go
        self._decider = Decider(model, ask, jobs, self, self._on_decided)
        self.queue = CaseTable(
            "待审批", RecordTable(queue_columns(model.counter.title)),
            empty="没有等审批的件",
        )
        self.hint(
            self.queue.set_empty, "没有等审批的件。受理员提交后列在这里，按 F5 刷新"
        )
        self.verdict = VerdictPanel()
        self.facts = Facts()
        self.details = Card("申请内容")
        self._lay_out()
        self._connect()
        self._show_acts(None)

    def _lay_out(self) -> None:
        holder = QWidget()
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.facts)
        column.addStretch(1)
        self.details.body.addWidget(Scroller(holder))
        row = QHBoxLayout()
        row.setSpacing(16)
        self.queue.setMinimumWidth(self.fontMetrics().horizontalAdvance("汉") * _QUEUE_CHARS)
        for part, share in ((self.queue, 11), (self.details, 18), (self.verdict, 10)):
            row.addWidget(part, share)
        self.body.addLayout(row, 1)

    def _connect(self) -> None:
        self._model.queue_changed.connect(self._on_queue)
        self._model.changed.connect(self._on_changed)
        self._model.refused.connect(self.refuse)
        self.queue.selected.connect(self._on_selected)
        self.queue.activated.connect(self._open)
        self.verdict.clause_asked.connect(self._go.policy)

    # ---- Page

    def entered(self) -> None:
        """Read the queue."""
        self.say(Level.HINT, "")
        self._model.read_queue()

    def focus_first(self) -> None:
        """To the queue; to the way back when nothing waits."""
        if self.queue.model().rowCount():
            self.queue.setFocus()
        else:
            self.bar.button("back").setFocus()

    # ---- what changed

    def _on_queue(self, rows: tuple[CaseRow, ...]) -> None:
        self.queue.model().set_rows(rows)
        self.state_label.setText(
            f"{len(rows)} 件等审批，退役人员优先，其余按受理先后" if rows else ""
        )
        self.details.setVisible(bool(rows))
        self.verdict.setVisible(bool(rows))
        if rows:
            self.queue.select(0)
        else:
            self._show_acts(None)

    def _on_selected(self, row: object) -> None:
        if isinstance(row, CaseRow):
            self._model.load(row.id)

    def _on_changed(self, sheet: CaseSheet) -> None:
        case, book = sheet.case, self._model.counter.book
        names = self._model.counter.names
        accepted = minute_words(case.accepted_at) if case.accepted_at else "--"
        accepter = names.get(case.accepted_by, case.accepted_by)
        lines = [("编号", case.number), ("受理", f"{accepter}  {accepted}")]
        lines += [
            (field(f).label, as_read(field(f), show_answer(f, case.answers[f], book)))
            for f in sheet.procedure.fields if case.answers.get(f)
        ]
        seen = sum(row.seen for row in sheet.materials)
        lines.append(("材料", f"已核 {seen} / {len(sheet.materials)}"))
        lines += [("提醒说明", override.reason) for override in case.overrides]
        self.facts.show_lines(lines)
        self.verdict.show_view(
            verdict_view(book, sheet.procedure, sheet.assessment, (), ())
        )
        self._show_acts(sheet)

    def _show_acts(self, sheet: CaseSheet | None) -> None:
        allowed = sheet.allowed if sheet else {}
        first = Action.REVIEW if Action.REVIEW in allowed else Action.APPROVE
        acts = [
            (first, first.label, "A", Kind.PRIMARY),
            (Action.SEND_BACK, "退回", "R", Kind.PLAIN),
            (Action.REJECT, "不予批准", "J", Kind.DANGER),
        ]
        self.set_acts(
            [self.act(action.value, words, self._decide(action), letter=letter, kind=kind)
             for action, words, letter, kind in acts],
            self.act("back", "返回", self._go.back, kind=Kind.QUIET),
        )
        for action, *_ in acts:
            lacking = allowed.get(action, "先选一件" if sheet is None else "此件现在不能这样办")
            self.bar.block(action.value, (lacking,) if lacking else ())

    def _decide(self, action: Action) -> Callable[[], None]:
        def decide() -> None:
            self._decider.decide(action)
        return decide

    def _on_decided(self, action: Action) -> None:
        number = self._model.sheet.case.number if self._model.sheet else ""
        self._model.read_queue()
        self.say(Level.OK, f"{number} {action.label}，已记入日志")
        self.focus_first()

    def _open(self, row: object) -> None:
        if isinstance(row, CaseRow):
            self._go.case(row.id)
