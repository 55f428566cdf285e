"""The grounds of every verdict (政策依据): clauses, their text where imported, open points."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop_app.domain.policy_book import Switch
from desktop_app.services.sheets import ClauseSheet
from desktop_app.ui.pages.page import Go, Page
from desktop_app.ui.shortcuts import KeyMap
from desktop_app.ui.viewmodels.policy import PolicyModel
from desktop_app.ui.widgets.buttons import Kind
from desktop_app.ui.widgets.case_table import CaseTable
from desktop_app.ui.widgets.frames import Card, Scroller
from desktop_app.ui.widgets.messages import Level
from desktop_app.ui.widgets.plain import PlainLabel
from desktop_app.ui.widgets.policy_quote import ClauseView, PolicyQuote
from desktop_app.ui.widgets.record_table import Column, RecordTable
from desktop_app.ui.widgets.text_edit import TextEdit


class PolicyPage(Page):
    """A list to search at the left, the clause at the right, open points below it."""

    heading = "政策依据"

    def __init__(
        self, model: PolicyModel, go: Go, keys: KeyMap, parent: QWidget | None = None
    ) -> None:
        super().__init__(keys, parent)
        self._model = model
        self.state_label.setText("原文取自本所导入的文件")
        self.line = TextEdit("policy.text", "查找条文", hint="文号、条款或词")
        self.table = CaseTable(
            "条文", RecordTable((
                Column("label", "条款", lambda c: c.label, chars=14),
                Column("heading", "要点", lambda c: c.heading, stretch=True),
            )), empty="没有相符的条文。换一个词再查",
        )
        self.quote = PolicyQuote()
        self.rules = PlainLabel(role="small", wrap=True)
        self.points = QVBoxLayout()
        self._lay_out()
        self._connect()
        self.set_acts(
            (self.act("find", "查找条文", self.line.focus_line, kind=Kind.PRIMARY),),
            self.act("back", "返回", go.back, kind=Kind.QUIET),
        )

    def _lay_out(self) -> None:
        left = QVBoxLayout()
        left.setSpacing(8)
        left.addWidget(self.line)
        left.addWidget(self.table, 1)
        holder = QWidget()
        right = QVBoxLayout(holder)
        right.setContentsMargins(0, 0, 0, 0)
        right.setSpacing(12)
        right.addWidget(self.quote)
        uses = Card("引用此条的规则")
        uses.body.addWidget(self.rules)
        right.addWidget(uses)
        points = Card("待明确事项", note="文件没有写明的，按下面的口径办")
        points.body.addLayout(self.points)
        right.addWidget(points)
        right.addStretch(1)
        row = QHBoxLayout()
        row.setSpacing(16)
        row.addLayout(left, 11)
        row.addWidget(Scroller(holder), 9)
        self.body.addLayout(row, 1)

    def _connect(self) -> None:
        self._model.changed.connect(self._on_changed)
        self._model.refused.connect(self.refuse)
        self.line.changed.connect(self._on_typed)
        self.line.accepted.connect(self.table.setFocus)
        self.table.selected.connect(self._on_selected)

    # ---- Page

    def show_ref(self, ref: str) -> None:
        """Open a clause."""
        self.say(Level.HINT, "")
        self._model.load()
        self._fill_points()
        self.table.model().set_rows(self._model.clauses)
        places = [c.ref for c in self._model.clauses]
        if self._model.clauses:
            self.table.select(places.index(ref) if ref in places else 0)
        if ref:
            self._model.show_ref(ref)

    def focus_first(self) -> None:
        """To the list."""
        self.table.setFocus()

    # ---- inside

    def _fill_points(self) -> None:
        if self.points.count():
            return
        for switch in self._model.switches():
            self.points.addWidget(PlainLabel(switch.question, role="strong", wrap=True))
            self.points.addWidget(PlainLabel(self._point(switch), role="small", wrap=True))

    def _point(self, switch: Switch) -> str:
        others = "；".join(option.label for option in switch.others)
        return (
            f"现按：{switch.choice.label}。另可读作：{others}。{switch.basis}。"
            f"定于：{switch.decided_by}。"
            f"{self._model.cites(switch)}"
        )

    def _on_typed(self, _: object) -> None:
        found = self._model.matching(self.line.text())
        self.table.model().set_rows(found)
        if found:
            self.table.select(0)

    def _on_selected(self, clause: object) -> None:
        if isinstance(clause, ClauseSheet):
            self._model.current = clause
            self._on_changed()

    def _on_changed(self) -> None:
        clause = self._model.current
        if clause is None:
            return
        document, _, number = clause.label.rpartition(" ")
        self.quote.show_clause(ClauseView(
            document=document or clause.label, clause=number,
            edition=f"{clause.issued.isoformat()} 发布", gist=clause.heading,
            text=clause.text or "",
        ))
        self.rules.setText("\n".join(clause.rules) or "现行规则没有引用此条")
