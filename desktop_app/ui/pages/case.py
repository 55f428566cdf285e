"""Everything about one case (案件详情): facts, timeline, papers, correction."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop_app.domain.case import Action, Status
from desktop_app.domain.fields import FieldDef, masked_id
from desktop_app.services.sheets import CaseHistory, HistoryLine
from desktop_app.services.words import cites
from desktop_app.ui.dialogs import Ask, Option
from desktop_app.ui.pages.page import Go, Page
from desktop_app.ui.shortcuts import KeyMap
from desktop_app.ui.theme import TOKENS
from desktop_app.ui.viewmodels.counter import minute_words
from desktop_app.ui.viewmodels.history import HistoryModel
from desktop_app.ui.viewmodels.words import days_words
from desktop_app.ui.widgets.buttons import Kind
from desktop_app.ui.widgets.facts import Facts
from desktop_app.ui.widgets.frames import Card, Scroller
from desktop_app.ui.widgets.icons import IconMark
from desktop_app.ui.widgets.messages import Level
from desktop_app.ui.widgets.plain import PlainLabel

_LABEL = 110
_AT_A_TIME, _FURTHER = 4, "further"


class CasePage(Page):
    """Facts at the left, what happened at the right."""

    heading = "案件详情"

    def __init__(
        self, model: HistoryModel, ask: Ask, go: Go, keys: KeyMap, parent: QWidget | None = None
    ) -> None:
        super().__init__(keys, parent)
        self._model, self._ask, self._go = model, ask, go
        self.facts = QVBoxLayout()
        self.timeline = QVBoxLayout()
        self._parts: list[QWidget] = []
        self._fresh = False
        self._lay_out()
        model.changed.connect(self._on_changed)
        model.refused.connect(self.refuse)
        self.set_acts(
            (
                self.act("go_on", "继续办理", self._go_on, letter="G", kind=Kind.PRIMARY),
                self.act("papers", "文书和补打", self._papers, letter="V"),
                self.act("correct", "更正", self._correct, letter="C"),
                self.act("withdraw", "撤回", self._withdraw, letter="W", kind=Kind.DANGER),
            ),
            self.act("back", "返回", go.back, kind=Kind.QUIET),
        )

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(16)
        for layout, share in ((self.facts, 3), (self.timeline, 2)):
            holder = QWidget()
            column = QVBoxLayout(holder)
            column.setContentsMargins(0, 0, 0, 0)
            layout.setSpacing(10)
            column.addLayout(layout)
            column.addStretch(1)
            row.addWidget(Scroller(holder), share)
        self.body.addLayout(row, 1)

    # ---- Page

    def show_case(self, case_id: str) -> None:
        """Show a case."""
        self.say(Level.HINT, "")
        self._fresh = True
        self._model.load(case_id)

    def entered(self) -> None:
        """Read again, unless it was read for this very showing."""
        fresh, self._fresh = self._fresh, False
        if not fresh:
            self._model.reload()

    def focus_first(self) -> None:
        """To the way on."""
        self.bar.button("go_on").setFocus()

    # ---- what changed

    def _on_changed(self, history: CaseHistory) -> None:
        for part in self._parts:
            part.hide()  # else Qt may still show it, as a window
            part.setParent(None)
            part.deleteLater()
        self._parts = []
        case = history.sheet.case
        number = case.number or "未编号"
        self.title_label.setText(f"案件详情 · {history.sheet.procedure.title}")
        self.state_label.setText(f"{number} · {case.status.label}")
        self._add(self.facts, self._summary(history))
        for title, lines in self._model.blocks():
            self._add(self.facts, _facts_card(title, lines))
        self._add(self.timeline, self._history_card(history))
        self._add(self.timeline, self._papers_card(history))
        self._block_acts(history)

    def _add(self, layout: QVBoxLayout, part: QWidget) -> None:
        layout.addWidget(part)
        self._parts.append(part)

    def _summary(self, history: CaseHistory) -> Card:
        sheet, counter = history.sheet, self._model.counter
        case = sheet.case
        left = "" if sheet.days_left is None else f"（{days_words(sheet.days_left)}）"
        decided = "；".join(
            f"{d.action.label} {minute_words(d.at)} {d.reason}".strip() for d in case.decisions
        )
        notice = case.supplement
        lines = [
            ("编号", case.number or "--"),
            ("申请人", f"{case.answers.get('applicant.name', '--')}  "
                     f"{masked_id(case.answers.get('applicant.citizen_id', ''))}"),
            ("通道", f"{sheet.procedure.title}（{cites(counter.book, sheet.procedure.cites)}）"),
            ("状态", f"{case.status.label}{left}"),
            ("政策适用日", case.law_day.isoformat()),
            ("自愿确认", _consent_words(history)),
            ("决定", decided or "--"),
        ]
        if notice is not None:
            lines.append(("续办码", f"{notice.resume_code}（缺 {len(notice.items)} 项）"))
        for override in case.overrides:
            lines.append(("提醒说明", override.reason))
        return _facts_card("概要", tuple(lines))

    def _history_card(self, history: CaseHistory) -> Card:
        card = Card("办理经过", note=f"{len(history.lines)} 条")
        for line in reversed(history.lines):
            card.body.addWidget(_history_row(line))
        return card

    def _papers_card(self, history: CaseHistory) -> Card:
        card = Card("文书", note=f"{len(history.papers)} 份")
        for paper in history.papers:
            state = "已作废" if paper.voided else "补打" if paper.reprint_of else ""
            words = f"{paper.title}  {minute_words(paper.at)}  {state}".rstrip()
            card.body.addWidget(PlainLabel(words, wrap=True))
        if not history.papers:
            card.body.addWidget(PlainLabel("还没有打印过文书", role="hint"))
        return card

    def _block_acts(self, history: CaseHistory) -> None:
        status = history.sheet.case.status
        closed = status in (Status.WITHDRAWN, Status.NOT_ACCEPTED, Status.NOT_APPROVED,
                            Status.ARCHIVED)
        self.bar.block("go_on", (f"此件{status.label}",) if closed else ())
        registered = bool(history.sheet.case.person_id)
        self.bar.block("correct", () if registered else ("登记入户后才有可更正的登记项",))
        lacking = self._model.lacking(Action.WITHDRAW)
        words = f"此件{status.label}，不能撤回" if lacking is None else lacking
        self.bar.block("withdraw", (words,) if words else ())

    # ---- acts

    def _case(self) -> tuple[str, Status]:
        history = self._model.history
        return (history.sheet.case.id, history.sheet.case.status) if history else (
            "", Status.DRAFT
        )

    def _go_on(self) -> None:
        case_id, status = self._case()
        if status is Status.DRAFT:
            self._go.intake(case_id)
        elif status is Status.SUPPLEMENT:
            self._go.resume()
        else:
            self._go.done(case_id)

    def _papers(self) -> None:
        self._go.papers(self._case()[0])

    def _correct(self) -> None:
        fields = self._model.correctable()
        chosen = self._which(fields)
        if chosen is None:
            return
        label = next(f.label for f in fields if f.id == chosen)
        text = self._ask.reason(f"{label}更正为", "写更正后的内容")
        reason = self._ask.reason("更正原因", f"{label}改为 {text}") if text else None
        if text and reason and self._model.correct({chosen: text}, reason):
            self.say(Level.OK, f"{label}已更正")

    def _which(self, fields: Sequence[FieldDef]) -> str | None:
        """The item to correct, four at a time by their digit; None for none."""
        for start in range(0, len(fields), _AT_A_TIME):
            shown = fields[start:start + _AT_A_TIME]
            options = [Option(f.id, f.label, str(n)) for n, f in enumerate(shown, start=1)]
            if start + _AT_A_TIME < len(fields):
                options.append(Option(_FURTHER, "其他项", "0"))
            chosen = self._ask.choose(
                "更正哪一项", "更正记入登记簿，原内容留存，已打印的证件作废。", options
            )
            if chosen != _FURTHER:
                return chosen
        return None

    def _withdraw(self) -> None:
        reason = self._ask.reason("撤回申请", "申请人撤回申请。写明原因，记入日志")
        if reason:
            self._model.withdraw(reason)


def _consent_words(history: CaseHistory) -> str:
    consent = history.sheet.case.consent
    if consent is None:
        return "未记录"
    if not consent.given:
        return f"{consent.signer}不同意"
    parts = ["已读明" if consent.read_aloud else "未读明",
             "确认书已收回" if consent.signed_sheet else "确认书未收回"]
    return f"{consent.signer}同意，{'，'.join(parts)}"


def _facts_card(title: str, lines: tuple[tuple[str, str], ...]) -> Card:
    card = Card(title)
    facts = Facts(lines)
    facts.set_label_width(_LABEL)
    card.body.addWidget(facts)
    return card


def _history_row(line: HistoryLine) -> QWidget:
    row = QWidget()
    layout = QHBoxLayout(row)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(8)
    layout.addWidget(IconMark("clock", TOKENS.hint), 0, Qt.AlignmentFlag.AlignTop)
    layout.addWidget(
        PlainLabel(minute_words(line.at), role="hint"), 0, Qt.AlignmentFlag.AlignTop
    )
    words = f"{line.who}  {line.words}" + (f"：{line.detail}" if line.detail else "")
    layout.addWidget(PlainLabel(words, wrap=True), 1)
    return row
