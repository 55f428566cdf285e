"""The first screen (工作台): what is half done, what was done today, what waits."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop_app.domain.case import Status
from desktop_app.services.ports import CaseRow
from desktop_app.ui.dialogs import Ask, Option
from desktop_app.ui.pages.columns import case_columns
from desktop_app.ui.pages.page import Go, Page
from desktop_app.ui.shortcuts import KeyMap
from desktop_app.ui.viewmodels.workbench import WorkbenchModel
from desktop_app.ui.widgets.buttons import KeyButton, Kind
from desktop_app.ui.widgets.case_table import CaseTable
from desktop_app.ui.widgets.frames import AROUND_RING, Banner, Card, Scroller
from desktop_app.ui.widgets.messages import Level
from desktop_app.ui.widgets.plain import PlainLabel
from desktop_app.ui.widgets.record_table import RecordTable

SIDE, SIDE_NARROW, NARROW = 300, 236, 1000


class WorkbenchPage(Page):
    """Drafts and today's cases at the left, reminders and figures at the right."""

    heading = "工作台"
    waiting_changed = Signal(int)

    def __init__(
        self, model: WorkbenchModel, ask: Ask, go: Go, keys: KeyMap,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(keys, parent)
        self._model, self._ask, self._go = model, ask, go
        title = model.counter.title
        self.resume = Banner()
        self.drafts = CaseTable(
            "草稿和待补正", RecordTable(case_columns(title, number=False)),
            empty="没有未办完的件",
        )
        self.recent = CaseTable(
            "今日办理", RecordTable(case_columns(title)), empty="今天还没有受理件",
        )
        self.hint(self.drafts.set_empty, "没有未办完的件。按 F2 新建")
        self.hint(self.recent.set_empty, "今天还没有受理件。按 F2 新建")
        self._figures: list[PlainLabel] = []
        self.reminders = QVBoxLayout()
        self._rows: list[QWidget] = []
        self._lay_out()
        self._connect()
        self._show_acts()

    def _show_acts(self) -> None:
        self.set_acts(
            (
                self.act("start", "新建受理", self._go.guide, kind=Kind.PRIMARY,
                         under="new_case"),
                self.act("search", "查询", self._go.search, under="query"),
                self.act("resume_code", "凭续办码续办", self._go.resume, letter="R"),
                self.act("discard", "放弃草稿", self._discard, letter="D"),
            ),
        )
        if not self._model.may_open:
            for act_id in ("start", "resume_code", "discard"):
                self.bar.block(act_id, ("信息员不办受理",))

    def _lay_out(self) -> None:
        resume = KeyButton("继续", "Enter", kind=Kind.PRIMARY)
        resume.activated.connect(self._continue)
        self._resume_button = resume
        self.resume.row.addWidget(resume)
        left = QVBoxLayout()
        left.setSpacing(10)
        left.addWidget(self.resume)
        for title, table, share in (
            ("草稿和待补正", self.drafts, 2), ("今日办理", self.recent, 3),
        ):
            left.addWidget(PlainLabel(title, role="heading"))
            left.addWidget(table, share)
        self._side = Scroller(self._side_cards())
        self._side.setFixedWidth(SIDE)
        lists = QWidget()
        lists.setLayout(left)
        left.setContentsMargins(*AROUND_RING)
        row = QHBoxLayout()
        row.setSpacing(16)
        row.addWidget(Scroller(lists), 1)
        row.addWidget(self._side)
        self.body.addLayout(row, 1)

    def _side_cards(self) -> QWidget:
        waiting = Card("提醒")
        waiting.body.addLayout(self.reminders)
        self.reminders.setSpacing(2)
        holder = QWidget()
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        for card in (self._figures_card(), waiting, self._keys_card()):
            column.addWidget(card)
        column.addStretch(1)
        return holder

    def resizeEvent(self, event: QResizeEvent) -> None:
        """A small screen gives the lists more room."""
        super().resizeEvent(event)
        self._side.setFixedWidth(SIDE_NARROW if self.width() < NARROW else SIDE)

    def _figures_card(self) -> Card:
        card = Card("今日")
        row = QHBoxLayout()
        for tally in self._model.tallies():
            column = QVBoxLayout()
            column.setSpacing(0)
            figure = PlainLabel("--", role="verdict")
            figure.setAccessibleName(tally.label)
            label = PlainLabel(tally.label, role="small")
            for part in (figure, label):
                part.setAlignment(Qt.AlignmentFlag.AlignHCenter)
                column.addWidget(part)
            self._figures.append(figure)
            row.addLayout(column, 1)
        card.body.addLayout(row)
        return card

    def _keys_card(self) -> Card:
        card = Card("常用按键")
        for act in ("new_case", "query", "lock", "keys"):
            row = QHBoxLayout()
            row.setSpacing(10)
            row.addWidget(self.key_cap(act))
            row.addWidget(PlainLabel(self.keys.of(act).label, role="label"))
            row.addStretch(1)
            card.body.addLayout(row)
        return card

    def _connect(self) -> None:
        self._model.changed.connect(self._on_changed)
        self._model.refused.connect(self.refuse)
        self.drafts.activated.connect(self._open)
        self.recent.activated.connect(self._open)

    # ---- Page

    def entered(self) -> None:
        """Read again."""
        self.say(Level.HINT, "")
        self._model.refresh()

    def focus_first(self) -> None:
        """To what was cut off, else to the drafts, else to a new case."""
        if not self.resume.isHidden():
            self._resume_button.setFocus()
        elif self._model.drafts():
            self.drafts.setFocus()
        else:
            self.bar.button("start").setFocus()

    # ---- inside

    def _on_changed(self) -> None:
        model = self._model
        for table, rows in ((self.drafts, model.drafts()), (self.recent, model.recent())):
            table.model().set_rows(rows)
            if rows:
                table.select(0)
        for figure, tally in zip(self._figures, model.tallies(), strict=True):
            figure.setText(str(tally.value))
        words = model.unfinished_words()
        self.resume.say(Level.HINT, words)
        self._show_reminders()

    def _show_reminders(self) -> None:
        for row in self._rows:
            self.reminders.removeWidget(row)
            row.hide()  # else Qt may still show it, as a window
            row.setParent(None)
            row.deleteLater()
        self._rows = []
        sheet = self._model.sheet
        waiting = sheet.waiting_decision if sheet else 0
        due = len(sheet.due_today) if sheet else 0
        returned = sum(r.status is Status.DRAFT and bool(r.number) for r in self._model.drafts())
        supplement = sum(r.status is Status.SUPPLEMENT for r in self._model.drafts())
        self.waiting_changed.emit(waiting if self._model.may_decide else 0)
        lines = [
            (waiting, f"{waiting} 件等所领导审批", self._go.approvals),
            (due, f"{due} 件今天到期", self._to_drafts),
            (returned, f"{returned} 件退回更改", self._to_drafts),
            (supplement, f"{supplement} 件待申请人补正", self._to_drafts),
        ]
        for count, words, act in lines:
            if count:
                button = KeyButton(words, kind=Kind.LINK)
                button.activated.connect(act)
                self._rows.append(button)
        if not self._rows:
            self._rows.append(PlainLabel("暂无提醒", role="hint"))
        for row in self._rows:
            self.reminders.addWidget(row, 0, Qt.AlignmentFlag.AlignLeft)

    def _to_drafts(self) -> None:
        self.drafts.setFocus()

    def _continue(self) -> None:
        typing = self._model.unfinished()
        if typing is not None:
            self._go.intake(typing.case_id)

    def _open(self, row: object) -> None:
        if isinstance(row, CaseRow):
            open_case(row, self._go)

    def _discard(self) -> None:
        row = self.drafts.current()
        if not isinstance(row, CaseRow) or row.status is not Status.DRAFT:
            self.say(Level.HINT, "先选一份草稿")
            return
        answer = self._ask.choose(
            "放弃草稿", "已填的内容不再列出，日志里留有记录。",
            (Option("discard", "放弃", "D", dangerous=True),),
        )
        if answer == "discard":
            self._model.discard(row.id)


def open_case(row: CaseRow, go: Go) -> None:
    """To where a case is worked on: drafts are filled in, the others are looked at."""
    if row.status is Status.DRAFT:
        go.intake(row.id)
    elif row.status in (Status.ACCEPTED, Status.REVIEWED, Status.APPROVED, Status.REGISTERED):
        go.done(row.id)
    else:
        go.case(row.id)
