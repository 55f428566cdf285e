"""The one-time notice (一次性告知单): everything that is missing, in one go."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop_app.domain.case import Action, Status
from desktop_app.services.notice_lines import BY_THE_COUNTER, UNVERIFIED
from desktop_app.services.sheets import CaseSheet
from desktop_app.ui.pages.page import Go, Page
from desktop_app.ui.shortcuts import KeyMap
from desktop_app.ui.viewmodels.intake import IntakeModel
from desktop_app.ui.widgets.buttons import Kind
from desktop_app.ui.widgets.frames import Card, Scroller
from desktop_app.ui.widgets.messages import Level
from desktop_app.ui.widgets.notice_sheet import NoticeItem, NoticeSheet, NoticeView
from desktop_app.ui.widgets.plain import PlainLabel
from desktop_app.ui.widgets.text_edit import TextEdit

_CLOSING = "补齐后凭续办码到本窗口续办，已填内容都保留。"


def _grounds(basis: str) -> str:
    """``依据：…`` for clauses; words that stand in for a clause are shown as they are."""
    return basis if basis in (UNVERIFIED, BY_THE_COUNTER) else f"依据：{basis}"


class NoticePage(Page):
    """The sheet as it will be printed; one more item can be added in words."""

    heading = "一次性补正告知"
    given = Signal(object)

    def __init__(
        self, model: IntakeModel, go: Go, keys: KeyMap, parent: QWidget | None = None
    ) -> None:
        super().__init__(keys, parent)
        self._model = model
        self._of = ""
        self._extra: list[str] = []
        self.sheet = NoticeSheet()
        self.extra = TextEdit("notice.extra", "另需补正", hint="选填，写完按 Enter 加入")
        self.code = PlainLabel(role="number", wrap=True)
        self._lay_out()
        self.extra.accepted.connect(self._add)
        model.refused.connect(self.refuse)
        self.set_acts(
            (self.act("give", "开告知单并打印", self._give, kind=Kind.PRIMARY, letter="P"),),
            self.act("back", "返回", go.back, kind=Kind.QUIET),
        )

    def _lay_out(self) -> None:
        side = Card("告知单")
        side.body.addWidget(PlainLabel(
            "列明全部缺项，只告知一次。打印后此件转为补正，凭续办码续办。", wrap=True
        ))
        side.body.addSpacing(6)
        side.body.addWidget(PlainLabel("另需补正", role="label"))
        side.body.addWidget(self.extra)
        side.body.addWidget(self.code)
        side.body.addStretch(1)
        side.setFixedWidth(360)
        holder = QWidget()
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.sheet)
        column.addStretch(1)
        row = QHBoxLayout()
        row.setSpacing(14)
        row.addWidget(Scroller(holder), 1)
        row.addWidget(side)
        self.body.addLayout(row, 1)

    def entered(self) -> None:
        """What is missing now."""
        self.say(Level.HINT, "")
        if self._of != self._model.case.case.id:
            self._of, self._extra = self._model.case.case.id, []
        self._show()

    def focus_first(self) -> None:
        """To the further items."""
        self.extra.focus_line()

    def _show(self) -> None:
        case = self._model.case
        self.sheet.show_notice(self._view(case))
        open_notice = case.case.supplement
        self.code.setText(f"续办码 {open_notice.resume_code}" if open_notice else "")
        lacking = case.allowed.get(Action.SUPPLEMENT, f"此件{case.case.status.label}")
        self.bar.block("give", (lacking,) if lacking and not self._extra else ())
        if case.case.status is not Status.DRAFT and lacking:
            self.bar.block("give", (lacking,))

    def _view(self, case: CaseSheet) -> NoticeView:
        counter = self._model.counter
        items = [
            NoticeItem(line.what, f"{line.why}；{line.where}", _grounds(line.basis))
            for line in self._model.notice_lines(tuple(self._extra))
        ]
        return NoticeView(
            title="一次性补正告知书", station=counter.station.name,
            applicant=self._model.words("applicant.name"), procedure=case.procedure.title,
            items=tuple(items), date=counter.clock.today().isoformat(), closing=_CLOSING,
        )

    def _add(self) -> None:
        text = self.extra.text().strip()
        if not text:
            self.bar.button("give").setFocus()
            return
        self._extra.append(text)
        self.extra.set_text("")
        self.extra.line.clear()
        self._show()

    def _give(self) -> None:
        if self._model.supplement(tuple(self._extra)):
            self._extra = []
            self.given.emit(self._model.case)
