"""After acceptance (办结): the number, what comes next, one key each."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop_app.domain.case import Action, Status
from desktop_app.domain.people import Person
from desktop_app.services.sheets import CaseSheet, PaperChoice
from desktop_app.ui.dialogs import Ask, Option
from desktop_app.ui.jobs import Jobs
from desktop_app.ui.pages.decide import Decider
from desktop_app.ui.pages.page import Go, Page
from desktop_app.ui.pages.paper_panel import PaperNews, about
from desktop_app.ui.pages.work_line import WorkLine, way_out
from desktop_app.ui.shortcuts import KeyMap
from desktop_app.ui.theme import TOKENS
from desktop_app.ui.viewmodels.decision import DecisionModel
from desktop_app.ui.viewmodels.papers import PapersModel
from desktop_app.ui.viewmodels.words import days_words
from desktop_app.ui.widgets.buttons import Kind
from desktop_app.ui.widgets.flow_row import FlowRow
from desktop_app.ui.widgets.frames import Card, Scroller
from desktop_app.ui.widgets.icons import IconMark
from desktop_app.ui.widgets.messages import Level
from desktop_app.ui.widgets.plain import PlainLabel
from desktop_app.ui.widgets.result_panel import ResultPanel, ResultView

#: What goes with the registration in one key: the moments of papers printed then.
AT_REGISTRATION = ("registration", "on_request")
_ASIDE = frozenset({"notice", "refusal", "rejection", "wrong_station"})
_STEPS = (
    ("受理", (Status.ACCEPTED, Status.REVIEWED)),
    ("审批", (Status.APPROVED,)),
    ("登记入户", (Status.REGISTERED,)),
    ("打印发证", (Status.ISSUED, Status.ARCHIVED)),
)


class DonePage(Page):
    """The result, the road of the case, and its papers."""

    heading = "办理结果"

    def __init__(
        self, model: DecisionModel, papers: PapersModel, ask: Ask, jobs: Jobs, go: Go,
        keys: KeyMap, parent: QWidget | None = None,
    ) -> None:
        super().__init__(keys, parent)
        self._model, self._papers, self._go, self._ask = model, papers, go, ask
        self._decider = Decider(model, ask, jobs, self, self._on_decided)
        self.result = ResultPanel()
        self.road = FlowRow()
        self.listing = QVBoxLayout()
        self._rows: list[QWidget] = []
        self._fresh = False
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        column = QVBoxLayout()
        column.setSpacing(12)
        column.addWidget(self.result)
        road = Card("办理进度")
        road.body.addLayout(self.road)
        column.addWidget(road)
        column.addWidget(WorkLine(self._papers))
        column.addStretch(1)
        left = QWidget()
        left.setLayout(column)
        column.setContentsMargins(0, 0, 0, 0)
        papers = Card("文书", note="登记后一次打齐")
        holder = QWidget()
        rows = QVBoxLayout(holder)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.addLayout(self.listing)
        rows.addStretch(1)
        self.listing.setSpacing(8)
        papers.body.addWidget(Scroller(holder))
        row = QHBoxLayout()
        row.setSpacing(14)
        row.addWidget(Scroller(left), 3)
        row.addWidget(papers, 2)
        self.body.addLayout(row, 1)

    def _connect(self) -> None:
        self._model.changed.connect(self._on_changed)
        self._model.refused.connect(self.refuse)
        PaperNews(self, self._papers)
        self._papers.listed.connect(self._on_listed)
        self._papers.printed.connect(self._on_printed)

    # ---- Page

    def show_case(self, case_id: str, receipt: str = "") -> None:
        """Show a case; ``receipt`` is a form to issue and print at once."""
        self.say(Level.HINT, "")
        self._fresh = True
        self._model.load(case_id)
        self._papers.load(case_id)
        if receipt:
            self._papers.issue(case_id, (receipt,))

    def entered(self) -> None:
        """Read the case again: somebody else may have decided it."""
        fresh, self._fresh = self._fresh, False
        if self._model.sheet is not None and not fresh:
            self._model.load(self._model.sheet.case.id)
            self._papers.load(self._model.sheet.case.id)

    def focus_first(self) -> None:
        """To the next step."""
        ids = self.bar.ids()
        if ids:
            self.bar.button(ids[0]).setFocus()

    # ---- what changed

    def _on_changed(self, sheet: CaseSheet) -> None:
        step = self._model.next_step()
        self.state_label.setText(about(sheet))
        self.result.show_result(ResultView(
            level=Level.OK if sheet.case.status is not Status.NOT_APPROVED else Level.HINT,
            headline=_headline(sheet),
            number=sheet.case.number,
            next_steps=self._next_words(sheet, step.waits_for),
        ))
        self._show_road(sheet)
        self._set_acts(sheet)

    def _next_words(self, sheet: CaseSheet, waits_for: str) -> tuple[str, ...]:
        words = []
        step = self._model.next_step()
        if waits_for:
            words.append(waits_for)
        elif step.action is not None:
            words.append(f"下一步：{step.words}")
        if sheet.days_left is not None:
            words.append(f"办结期限 {sheet.case.due}，{days_words(sheet.days_left)}")
        words.append(f"{self.keys.key('new_case')} 办下一件")
        return tuple(words)

    def _show_road(self, sheet: CaseSheet) -> None:
        while (item := self.road.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()  # else Qt may still show it, as a window
                old.setParent(None)
                old.deleteLater()
        status = sheet.case.status
        place = next((i for i, (_, at) in enumerate(_STEPS) if status in at), -1)
        for index, (words, _) in enumerate(_STEPS):
            done = index <= place
            self.road.addWidget(_step(words, done=done))
            if index < len(_STEPS) - 1:
                self.road.addWidget(IconMark("next", TOKENS.hint))

    def _set_acts(self, sheet: CaseSheet) -> None:
        step = self._model.next_step()
        acts = []
        if step.action in (Action.REVIEW, Action.APPROVE):
            action = step.action
            acts.append(self.act(
                "decide", step.words, lambda: self._decider.decide(action), letter="A",
                kind=Kind.PRIMARY,
            ))
        elif step.action is Action.REGISTER:
            acts.append(self.act(
                "register", "登记入户", self._enter, letter="E", kind=Kind.PRIMARY
            ))
        elif step.action is Action.ISSUE:
            acts.append(self.act(
                "print_all", "打印登记文书", self._print_all, letter="P", kind=Kind.PRIMARY
            ))
        acts.append(self.act("next", "办下一件", self._go.guide, under="new_case"))
        acts.append(self.act("papers", "文书预览", self._show_papers, letter="V"))
        acts.append(self.act("details", "案件详情", self._show_case, letter="D"))
        leave = way_out(self, self._papers, self._go.workbench)
        self.set_acts(acts, self.act("back", "返回", leave, kind=Kind.QUIET))
        if step.waits_for and step.action is not None:
            self.bar.block(self.bar.ids()[0], (step.waits_for,))

    def _on_listed(self, choices: tuple[PaperChoice, ...], _: object) -> None:
        for row in self._rows:
            self.listing.removeWidget(row)
            row.hide()  # else Qt may still show it, as a window
            row.setParent(None)
            row.deleteLater()
        self._rows = [_paper_row(choice) for choice in choices if _belongs(choice)]
        for row in self._rows:
            self.listing.addWidget(row)

    # ---- acts

    def _on_decided(self, _: Action) -> None:
        self.focus_first()

    def _enter(self) -> None:
        heirs = self._model.heirs()
        after = self._succession(heirs) if heirs else ("", {})
        if after is not None and self._model.enter(*after) is not None:
            self._papers.load(self._papers.case_id)
            self.focus_first()

    def _succession(self, heirs: Sequence[Person]) -> tuple[str, dict[str, str]] | None:
        """Who becomes head (户主) in place of one who leaves, and what the others are to them."""
        head = self._ask.choose(
            "指定新户主", "户主迁出，户内还有其他人。选一人做新户主。",
            tuple(Option(p.id, p.name, f"{n}") for n, p in enumerate(heirs, 1)),
        )
        if head is None:
            return None
        name = next(person.name for person in heirs if person.id == head)
        relations = {}
        for person in heirs:
            if person.id != head:
                words = self._ask.reason(
                    "与新户主关系", f"{person.name}是{name}的什么人，例 妻、子", done="记下"
                )
                if words is None:
                    return None
                relations[person.id] = words
        return head, relations

    def _print_all(self) -> None:
        if self._papers.is_busy():
            return
        forms = [
            choice.form for choice in self._papers.choices
            if choice.moment in AT_REGISTRATION and not choice.reason and not choice.printed
        ]
        if forms:
            self._papers.issue(self._papers.case_id, forms)
        else:
            self.say(Level.HINT, "登记文书都打印过了。补打按 Ctrl+P")

    def _show_papers(self) -> None:
        self._go.papers(self._papers.case_id)

    def _show_case(self) -> None:
        self._go.case(self._papers.case_id)

    # ---- jobs

    def _on_printed(self, _: object) -> None:
        """The last paper may have closed the case."""
        if self.isVisible() and self._model.sheet is not None:
            self._model.load(self._model.sheet.case.id)


def _headline(sheet: CaseSheet) -> str:
    return {
        Status.ACCEPTED: "已受理",
        Status.REVIEWED: "已受理，审核通过",
        Status.APPROVED: "已批准",
        Status.REGISTERED: "已登记入户",
        Status.ISSUED: "已办结",
        Status.ARCHIVED: "已归档",
    }.get(sheet.case.status, sheet.case.status.label)


def _belongs(choice: PaperChoice) -> bool:
    """Whether a paper lies on the road of this case: not a refusal that never came."""
    return not choice.reason or choice.moment not in _ASIDE


def _paper_row(choice: PaperChoice) -> QWidget:
    row = QWidget()
    line = QHBoxLayout(row)
    line.setContentsMargins(0, 0, 0, 0)
    line.setSpacing(8)
    if choice.printed:
        icon, colour, words = "tick", TOKENS.ok, f"已打印 {choice.printed} 份"
    elif choice.reason:
        icon, colour, words = "empty", TOKENS.text2, choice.reason
    else:
        icon, colour, words = "paper", TOKENS.primary, "可打印"
    line.addWidget(IconMark(icon, colour))
    line.addWidget(PlainLabel(choice.title, wrap=True), 1)
    line.addWidget(PlainLabel(words, role="small"))
    return row


def _step(words: str, *, done: bool) -> QWidget:
    """One step of the road: its mark and its word, which stay together."""
    step = QWidget()
    line = QHBoxLayout(step)
    line.setContentsMargins(0, 0, 0, 0)
    line.addWidget(IconMark(
        "tick" if done else "empty", TOKENS.ok if done else TOKENS.text2, factor=1.3
    ))
    line.addWidget(PlainLabel(words, role="strong" if done else "label"))
    return step
