"""Before a roster is taken (受理): what will happen, and what the school handed in."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop_app.domain.errors import CounterError
from desktop_app.domain.roster import Lane
from desktop_app.services.roster_sheets import BatchSheet, Received, RosterCheck
from desktop_app.ui.pages.page import Go, Page
from desktop_app.ui.pages.work_line import WorkLine, way_out
from desktop_app.ui.shortcuts import KeyMap
from desktop_app.ui.viewmodels.roster import RosterModel
from desktop_app.ui.viewmodels.roster_batch import BatchModel
from desktop_app.ui.widgets.buttons import Kind
from desktop_app.ui.widgets.frames import Card, Scroller
from desktop_app.ui.widgets.messages import Level
from desktop_app.ui.widgets.plain import PlainLabel
from desktop_app.ui.widgets.tick_box import TickBox

BATCH = "roster_batch"
_CLAUSES = "依据 61号 二(二)、一(二)4、三(五)"
_CONSENT = (
    "落户由学生本人自愿选择，学校和派出所都不得代选。"
    "没有写明自愿的、选择不迁的，一律不受理，户口不动。"
)


class RosterTakePage(Page):
    """What F9 will do, and the two ticks it stands on."""

    heading = "受理名册"

    def __init__(
        self, model: RosterModel, batches: BatchModel, go: Go, keys: KeyMap,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(keys, parent)
        self._model, self._batches, self._go = model, batches, go
        self.lines = QVBoxLayout()
        self.signed = TickBox(
            "已收到学生逐人签名的自愿表，与名册一致", "空格勾选。没有签名表不能受理"
        )
        self.documents = TickBox(
            "录取通知书、户口迁移证已收齐并核对", "不勾也可受理，这些材料记为未核"
        )
        self.progress = WorkLine(model)
        self._lay_out()
        self._connect()
        self.set_acts(
            (self.act("submit", "受理", self._take, kind=Kind.PRIMARY),),
            self.act("back", "返回预检", way_out(self, model, go.back), kind=Kind.QUIET),
        )

    def _lay_out(self) -> None:
        will = Card("受理后", note="全部写入或全部不写")
        self.lines.setSpacing(8)
        will.body.addLayout(self.lines)
        consent = Card("自愿和材料", note=_CLAUSES)
        consent.body.addWidget(PlainLabel(_CONSENT, wrap=True))
        for box in (self.signed, self.documents):
            consent.body.addWidget(box)
        row = QHBoxLayout()
        row.setSpacing(14)
        for card in (will, consent):
            row.addWidget(Scroller(_held(card)), 1)
        self.body.addLayout(row, 1)
        self.body.addWidget(self.progress)

    def _connect(self) -> None:
        self.signed.clicked.connect(self._on_ticked)
        self.documents.clicked.connect(self._on_ticked)
        self._model.taken.connect(self._on_taken)
        self._model.refused.connect(self._on_refused)
        self._model.stopped.connect(self._on_stopped)

    # ---- Page

    def entered(self) -> None:
        """Say what will happen with the roster in hand."""
        self.say(Level.HINT, "")
        self.signed.setChecked(False)
        self.documents.setChecked(False)
        if self._model.check is not None:
            self._show(self._model.check)
        self._block()

    def focus_first(self) -> None:
        """To the first tick."""
        self.signed.setFocus()

    # ---- inside

    def _show(self, check: RosterCheck) -> None:
        self.state_label.setText(f"{check.school_name}　{check.file}")
        while (item := self.lines.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.setParent(None)
                old.deleteLater()
        counts = check.counts
        alerts = sum(row.good for row in check.in_lane(Lane.ASK))
        asked = counts[Lane.ASK] - alerts
        warned = f"，其中 {alerts:,} 人有提醒" if alerts else ""
        operator = self._model.counter.operator.name
        words = [f"受理 {check.accepted:,} 人{warned}，{operator}记为受理人"]
        words += [
            f"不受理 {count:,} 人：{why}" for count, why in (
                (counts[Lane.NOT_CHOSEN], "本人未选择迁户口，户口不动"),
                (asked, "是否自愿还没问明，问明后再办"),
                (counts[Lane.DUPLICATE], "号码重复，或已登记、正在办理"),
                (counts[Lane.REFUSED], "名册有错，改正后随下一份名册再办"),
            ) if count
        ]
        words.append("24 小时内、没有打印前，可以整批撤回")
        for text in words:
            self.lines.addWidget(PlainLabel(text, wrap=True))
        self.bar.button("submit").set_words(f"受理 {check.accepted:,} 人")

    def _block(self) -> None:
        lacking = "" if self.signed.isChecked() else "收到学生逐人签名的自愿表"
        self.bar.block("submit", (lacking,) if lacking else ())

    def _on_ticked(self) -> None:
        self._block()
        for box in (self.signed, self.documents):
            if not box.isChecked():
                box.setFocus()
                return
        self.bar.button("submit").setFocus()

    def _take(self) -> None:
        self._model.take(Received(
            signed_list=self.signed.isChecked(), documents=self.documents.isChecked()
        ))

    def _on_taken(self, sheet: BatchSheet) -> None:
        self._batches.take_up(sheet)
        if self.isVisible():
            self._go.place(BATCH)

    def _on_refused(self, error: CounterError) -> None:
        if self.isVisible():
            self.say(Level.WARN, str(error))

    def _on_stopped(self) -> None:
        if self.isVisible():
            self.say(Level.HINT, "已停止，没有写入任何数据")


def _held(card: Card) -> QWidget:
    """A card at the top of its column."""
    holder = QWidget()
    column = QVBoxLayout(holder)
    column.setContentsMargins(0, 0, 0, 0)
    column.addWidget(card)
    column.addStretch(1)
    return holder
