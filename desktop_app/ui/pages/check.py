"""The check before submission (核对提交): every answer once more, and free consent."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop_app.domain.case import Action, Status
from desktop_app.services.sheets import CaseSheet
from desktop_app.services.sheets import Problem as SheetProblem
from desktop_app.services.words import cites
from desktop_app.ui.dialogs import Ask, Option
from desktop_app.ui.pages.page import Go, Page
from desktop_app.ui.shortcuts import KeyMap
from desktop_app.ui.viewmodels.intake import IntakeModel
from desktop_app.ui.viewmodels.words import as_read
from desktop_app.ui.widgets.buttons import KeyButton, Kind
from desktop_app.ui.widgets.check_answers import AnswerBlock, CheckAnswers
from desktop_app.ui.widgets.frames import Banner, Card, Scroller
from desktop_app.ui.widgets.messages import Level
from desktop_app.ui.widgets.plain import PlainLabel
from desktop_app.ui.widgets.tick_box import TickBox

CONSENT_FORM = "consent"
_READ_ALOUD = (
    "落户出于本人自愿，任何人不得强迫。落户后，农村土地承包权、宅基地使用权、集体收益分配权"
    "依法不变，不需要交出或放弃，也不是落户的条件。"
)
_CLAUSES = "依据 大政办发〔2017〕61号 一(二)4、三(五)"
DECLINE = "申请人不同意落户"


class ConsentCard(Card):
    """What is read aloud, and two ticks: heard and signed."""

    confirmed = Signal(bool, bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("自愿落户确认", parent=parent)
        self.words = PlainLabel(_READ_ALOUD, wrap=True, parent=self)
        self.rights = PlainLabel(role="small", wrap=True, parent=self)
        self.read = TickBox("已向申请人读明，申请人同意", "空格勾选")
        self.signed = TickBox("自愿落户确认书已签名收回", "按 P 打印确认书")
        clauses = PlainLabel(_CLAUSES, role="hint", wrap=True, parent=self)
        for widget in (self.words, self.rights, clauses, self.read, self.signed):
            self.body.addWidget(widget)
        self.read.clicked.connect(self._on_clicked)
        self.signed.clicked.connect(self._on_clicked)

    def show_case(self, model: IntakeModel, *, editable: bool) -> None:
        """Show what is recorded."""
        notice = model.case.procedure.rights_notice
        self.rights.setText(notice)
        self.rights.setVisible(bool(notice))
        self.read.set_words(f"已向{model.signer}读明，{model.signer}同意", "空格勾选")
        self.read.setChecked(model.read_aloud)
        self.signed.setChecked(model.sheet_signed)
        for box in (self.read, self.signed):
            box.setEnabled(editable)

    def _on_clicked(self) -> None:
        self.confirmed.emit(self.read.isChecked(), self.signed.isChecked())


class CheckPage(Page):
    """Answers with their way back, alerts that want a reason, consent, and F9."""

    heading = "核对提交"

    def __init__(
        self, model: IntakeModel, ask: Ask, go: Go, keys: KeyMap, parent: QWidget | None = None
    ) -> None:
        super().__init__(keys, parent)
        self._model, self._ask, self._go = model, ask, go
        self.state_label.setText("PgDn 看下面的内容")
        self.answers = CheckAnswers()
        self.consent = ConsentCard()
        self.alerts = QVBoxLayout()
        self._alert_rows: list[QWidget] = []
        self.way = PlainLabel(role="small", wrap=True)
        self._lay_out()
        self._connect()
        self.set_acts(
            (
                self.act("submit", "提交并打印回执", self._submit, kind=Kind.PRIMARY),
                self.act("consent_paper", "打印确认书", self._print_consent, letter="P"),
                self.act("decline", "申请人不同意", self._decline, letter="N", kind=Kind.DANGER),
                self.act("notice", "告知单", go.notice),
            ),
            self.act("back", "返回更改", go.back, kind=Kind.QUIET),
        )

    def _lay_out(self) -> None:
        left = QWidget()
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        column.addWidget(self.answers)
        column.addStretch(1)
        right = QWidget()
        right.setMinimumWidth(340)
        side = QVBoxLayout(right)
        side.setContentsMargins(0, 0, 0, 0)
        side.setSpacing(10)
        side.addLayout(self.alerts)
        side.addWidget(self.consent)
        side.addWidget(self.way)
        side.addStretch(1)
        row = QHBoxLayout()
        row.setSpacing(16)
        self._left = Scroller(left)
        row.addWidget(self._left, 3)
        row.addWidget(Scroller(right), 2)
        self.body.addLayout(row, 1)

    def _connect(self) -> None:
        self._model.changed.connect(self._on_model_changed)
        self._model.refused.connect(self.refuse)
        self.answers.change.connect(self._on_change)
        self.consent.confirmed.connect(self._on_confirmed)

    # ---- Page

    def entered(self) -> None:
        """Everything as it stands now."""
        self.say(Level.HINT, "")
        if self._model.sheet is not None:
            self._on_changed(self._model.case)

    def focus_first(self) -> None:
        """To the first tick that is due."""
        for box in (self.consent.read, self.consent.signed):
            if not box.isChecked():
                box.setFocus()
                return
        self.bar.button("submit").setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """A digit leads to its block wherever the focus is; PgUp and PgDn turn the answers."""
        if event.text().isdigit():
            self.answers.keyPressEvent(event)
            return
        pages = {Qt.Key.Key_PageDown: 1, Qt.Key.Key_PageUp: -1}.get(Qt.Key(event.key()))
        if pages is not None:
            bar = self._left.verticalScrollBar()
            bar.setValue(bar.value() + pages * bar.pageStep())
            return
        super().keyPressEvent(event)

    # ---- what changed

    def _on_model_changed(self, sheet: CaseSheet) -> None:
        if self.isVisible():
            self._on_changed(sheet)

    def _on_changed(self, sheet: CaseSheet) -> None:
        self.answers.show_blocks(self._blocks(sheet))
        editable = sheet.case.status is Status.DRAFT
        self.consent.show_case(self._model, editable=editable)
        self._show_alerts(sheet)
        self.way.setText(
            f"通道：{sheet.procedure.title}，依据 "
            f"{cites(self._model.counter.book, sheet.procedure.cites)}\n"
            f"受理人记为{self._model.counter.operator.name}"
        )
        lacking = self._model.lacking()
        self.bar.block("submit", (lacking,) if lacking else ())
        notice = sheet.allowed.get(Action.SUPPLEMENT, "此件不能再开告知单")
        self.bar.block("notice", (notice,) if notice else ())

    def _blocks(self, sheet: CaseSheet) -> list[AnswerBlock]:
        model = self._model
        asked = set(model.asked())
        blocks = []
        for step in model.blocks:
            shown = tuple(
                (model.definition(f).label, as_read(model.definition(f), model.words(f)))
                for f in step.fields
                if f in asked and (f in sheet.case.answers or not model.definition(f).optional)
            )
            if shown:
                blocks.append(AnswerBlock(step.id, step.title, shown))
        seen = tuple((row.material.name, _seen(row.seen)) for row in sheet.materials)
        return [*blocks, AnswerBlock("materials", "材料", seen)] if seen else blocks

    def _show_alerts(self, sheet: CaseSheet) -> None:
        for row in self._alert_rows:
            self.alerts.removeWidget(row)
            row.hide()  # else Qt may still show it, as a window
            row.setParent(None)
            row.deleteLater()
        self._alert_rows = [self._alert(problem) for problem in sheet.problems]
        for row in self._alert_rows:
            self.alerts.addWidget(row)

    def _alert(self, problem: SheetProblem) -> QWidget:
        banner = Banner(
            Level.ERROR if problem.blocks else Level.WARN, f"{problem.message}。{problem.remedy}",
            parent=self,  # it shows itself, and without a parent as a window
        )
        button = KeyButton("去更改" if problem.blocks else "写明理由", kind=Kind.QUIET)
        banner.row.addWidget(button)

        def act() -> None:
            if problem.blocks:
                self._go.fault(problem.field)
            else:
                self._override(problem)
        button.activated.connect(act)
        return banner

    # ---- acts

    def _override(self, problem: SheetProblem) -> None:
        reason = self._ask.reason("写明理由", problem.message)
        if reason:
            self._model.override(problem.code, reason)
            self.focus_first()  # the button that was pressed is gone

    def _on_change(self, block_id: str) -> None:
        step = next((s for s in self._model.blocks if s.id == block_id), None)
        self._go.fault(step.fields[0] if step is not None else "")

    def _on_confirmed(self, read: bool, signed: bool) -> None:
        self._model.confirm(read_aloud=read, signed_sheet=signed)
        if read and not signed:
            self.consent.signed.setFocus()
        elif read and signed:
            self.bar.button("submit").setFocus()

    def _print_consent(self) -> None:
        self._go.papers(self._model.case_id, CONSENT_FORM)

    def _submit(self) -> None:
        self._model.submit()

    def _decline(self) -> None:
        answer = self._ask.choose(
            DECLINE, "落户必须出于自愿。此件不再提交，已填内容保留在日志中。",
            (Option("withdraw", "记录不同意并撤回", "Y", dangerous=True),),
        )
        if answer == "withdraw":
            self._model.decline()
            if self._model.withdraw(DECLINE):
                self._go.workbench()


def _seen(seen: bool) -> str:
    return "✓ 已核" if seen else "○ 未核"
