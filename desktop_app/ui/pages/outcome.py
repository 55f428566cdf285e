"""The verdict on the case in hand (判定结果), and every other way with the same answers."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QWidget

from desktop_app.domain.errors import CounterError
from desktop_app.ui.pages.page import Go, Page
from desktop_app.ui.pages.verdict import lacking_of, verdict_view
from desktop_app.ui.pages.ways import WayList
from desktop_app.ui.shortcuts import KeyMap
from desktop_app.ui.viewmodels.intake import IntakeModel
from desktop_app.ui.widgets.buttons import Kind
from desktop_app.ui.widgets.frames import Card, Scroller
from desktop_app.ui.widgets.messages import Level
from desktop_app.ui.widgets.verdict_panel import VerdictPanel


class OutcomePage(Page):
    """Left the case's own way in full, right the others; Enter on one goes on by it."""

    heading = "判定结果"

    def __init__(
        self, model: IntakeModel, go: Go, keys: KeyMap, parent: QWidget | None = None
    ) -> None:
        super().__init__(keys, parent)
        self._model, self._go = model, go
        self.verdict = VerdictPanel()
        self.ways = WayList(model.counter.book)
        others = Card("其他通道", note="已填内容保留，Enter 转办")
        others.body.addWidget(Scroller(self.ways))
        row = QHBoxLayout()
        row.setSpacing(16)
        row.addWidget(self.verdict, 1)
        row.addWidget(others, 1)
        self.body.addLayout(row, 1)
        self.verdict.jump.connect(go.fault)
        self.verdict.clause_asked.connect(go.policy)
        self.ways.taken.connect(self._switch)
        self.ways.asked.connect(go.policy)
        model.refused.connect(self.refuse)
        self.set_acts(
            (
                self.act("notice", "一次性告知单", go.notice),
                self.act("review", "核对", go.check, kind=Kind.PRIMARY),
                self.act("refuse", "不予受理", self._refuse, letter="R", kind=Kind.DANGER),
            ),
            self.act("back", "返回", go.back, kind=Kind.QUIET),
        )

    def entered(self) -> None:
        """Judge the case and every other way."""
        self.say(Level.HINT, "")
        case = self._model.case
        self.verdict.show_view(verdict_view(
            self._model.counter.book, case.procedure, case.assessment, self._model.asked(),
            lacking_of(self._model.counter, case),
        ))
        self.ways.forget_choice()
        try:
            lines = self._model.counter.desk.guide(case.case.answers)
        except CounterError as error:
            self.refuse(error)
            return
        self.ways.show_lines([x for x in lines if x.procedure.id != case.procedure.id])
        closed = () if self._model.editable else (f"此件{case.case.status.label}",)
        for act_id in ("notice", "review", "refuse"):
            self.bar.block(act_id, closed)

    def focus_first(self) -> None:
        """To the findings."""
        self.verdict.list.setFocus()

    def _switch(self, procedure_id: str) -> None:
        if self._model.switch(procedure_id):
            self._go.intake(self._model.case_id)

    def _refuse(self) -> None:
        self._go.refuse_case()
