"""Where freshers' day begins (导入): a school, its file, and the batches taken before."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop_app.domain.batch import Batch
from desktop_app.domain.errors import CounterError
from desktop_app.services.ports import RosterLook
from desktop_app.services.roster_sheets import RosterOptions
from desktop_app.ui.dialogs import Ask, Option
from desktop_app.ui.pages.page import Go, Page
from desktop_app.ui.pages.roster_columns import ENCODING_WORDS
from desktop_app.ui.pages.roster_parts import (
    ROSTER_FILES,
    SMALL_HEIGHT,
    SMALL_WIDTH,
    is_low,
    path_fault,
    path_of,
)
from desktop_app.ui.pages.work_line import WorkLine, way_out
from desktop_app.ui.shortcuts import KeyMap
from desktop_app.ui.viewmodels.counter import minute_words
from desktop_app.ui.viewmodels.roster import RosterModel
from desktop_app.ui.viewmodels.roster_batch import BatchModel
from desktop_app.ui.widgets.buttons import Kind
from desktop_app.ui.widgets.case_table import CaseTable
from desktop_app.ui.widgets.choices import Choice
from desktop_app.ui.widgets.form_grid import FormGrid
from desktop_app.ui.widgets.frames import Card
from desktop_app.ui.widgets.messages import Committed, Level
from desktop_app.ui.widgets.pick_edit import PickEdit
from desktop_app.ui.widgets.plain import PlainLabel
from desktop_app.ui.widgets.record_table import Column, RecordTable
from desktop_app.ui.widgets.text_edit import TextEdit

CHECK, COLUMNS, BATCH, GRADUATION = "roster_check", "roster_columns", "roster_batch", "graduation"
_STEPS = (
    "选文件：.xlsx、.xls、.csv，列名和编码自动认",
    "预检：逐行核对，可改可采纳，还没有写入任何数据",
    "受理：一次全部写入，24 小时内未打印可整批撤回",
    "审批、登记、打印，最后把核对单交学校",
)


class RosterPage(Page):
    """School and file at the top, batches beneath; a file that was chosen is read at once."""

    heading = "新生名册"

    def __init__(
        self, model: RosterModel, batches: BatchModel, ask: Ask, go: Go, keys: KeyMap,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(keys, parent)
        self._model, self._batches, self._ask, self._go = model, batches, ask, go
        self.state_label.setText("读入和预检不写任何数据")
        self.school = PickEdit("roster.school", "学校", _choices(model))
        self.file = TextEdit(
            "roster.file", "名册文件", hint=keys.said("路径，回车读入；或按 Ctrl+O 选文件")
        )
        self.table = CaseTable(
            "批次", RecordTable(_batch_columns(model.counter.names)),
            empty="这所学校还没有受理过名册",
        )
        self.hint(self.table.set_empty, "这所学校还没有受理过名册。按 Ctrl+O 选文件")
        self.progress = WorkLine(model)
        self._lay_out()
        self._connect()
        self.set_acts(
            (
                self.act("open_file", "选文件", self._choose, kind=Kind.PRIMARY),
                self.act("resume", "接着预检", self._resume, letter="C"),
                self.act("open", "打开批次", self._open_current, letter="B"),
                self.act("graduation", "毕业迁出", self._graduate, letter="G"),
            ),
            self.act("back", "返回", way_out(self, model, go.workbench), kind=Kind.QUIET),
        )
        self._show_school()

    def _lay_out(self) -> None:
        form = FormGrid(columns=1)
        form.begin_section("file")
        form.add(self.school, span=1)
        form.add(self.file, span=1)
        steps = self.steps = Card("怎么办")
        for number, words in enumerate(_STEPS, start=1):
            steps.body.addWidget(PlainLabel(f"{number}  {words}", role="label", wrap=True))
        steps.body.addStretch(1)
        top = QHBoxLayout()
        top.setSpacing(14)
        top.addWidget(form, 3)
        top.addWidget(steps, 2)
        self.body.addLayout(top)
        self.body.addWidget(self.progress)
        under = QVBoxLayout()
        under.setSpacing(8)
        self.under = PlainLabel("已受理的批次", role="heading")
        under.addWidget(self.under)
        under.addWidget(self.table, 1)
        self.body.addLayout(under, 1)

    def _connect(self) -> None:
        model = self._model
        self.school.committed.connect(self._on_school)
        self.school.accepted.connect(self.file.focus_line)
        self.file.accepted.connect(self._read_typed)
        self.table.activated.connect(self._open)
        model.checked.connect(self._on_checked)
        model.encoding_asked.connect(self._on_encoding)
        model.columns_asked.connect(self._on_columns)
        model.refused.connect(self._on_refused)
        model.stopped.connect(self._on_stopped)
        model.listed.connect(self._on_listed)

    # ---- Page

    def entered(self) -> None:
        """Read the batches again."""
        self.say(Level.HINT, "")
        self.bar.set_shown("resume", self._model.check is not None)
        self._model.list_batches()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """A small screen has no room for advice."""
        super().resizeEvent(event)
        self.steps.setVisible(self.width() >= SMALL_WIDTH and not is_low(self))
        self.under.setVisible(self.height() >= SMALL_HEIGHT)

    def focus_first(self) -> None:
        """To the file, or to the school when there are several."""
        if not self._model.school and self._model.schools():
            self.school.focus_line()
        else:
            self.bar.button("open_file").setFocus()

    # ---- acts

    def _show_school(self) -> None:
        schools = self._model.schools()
        if len(schools) == 1:
            self._model.school = schools[0].code
            self.school.set_text(schools[0].code)
            self.school.set_read_only(True)
        lacking = "" if schools else "本所没有负责的学校。信息员在派出所档案里写上学校"
        if lacking:
            self.bar.block("open_file", (lacking,))
            self.say(Level.WARN, lacking)

    def _on_school(self, committed: Committed) -> None:
        known = {school.code for school in self._model.schools()}
        self._model.school = committed.text if committed.text in known else ""
        self._model.list_batches()

    def _choose(self) -> None:
        if self._model.is_busy() or not self._has_school():
            return
        path = self._ask.open_file("选名册", (ROSTER_FILES,))
        if path is not None:
            self.file.set_text(str(path))
            self._read(path)

    def _read_typed(self) -> None:
        fault = path_fault(self.file.text())
        if fault:
            self.file.set_message(Level.ERROR, fault)
        elif self._has_school():
            self._read(path_of(self.file.text()))

    def _has_school(self) -> bool:
        if self._model.school:
            return True
        self.school.set_message(Level.ERROR, "先选学校")
        self.school.focus_line()
        return False

    def _read(self, path: Path) -> None:
        self.say(Level.HINT, "")
        self._model.read(path)

    def _resume(self) -> None:
        self._go.place(CHECK)

    def _open_current(self) -> None:
        if self.table.current() is None:
            self.say(Level.HINT, "还没有批次。按 Ctrl+O 选名册文件")
        self._open(self.table.current())

    def _open(self, row: object) -> None:
        if isinstance(row, Batch):
            self._batches.load(row.id)
            self._go.place(BATCH)

    def _graduate(self) -> None:
        if self._has_school():
            self._go.place(GRADUATION)

    # ---- what changed

    def _on_checked(self, _: object) -> None:
        if self.isVisible():
            self._go.place(CHECK)

    def _on_columns(self, look: RosterLook, words: str) -> None:
        if self.isVisible():
            self._go.place(COLUMNS)

    def _on_encoding(self, look: RosterLook) -> None:
        path = self._model.path
        if path is None or not self.isVisible():
            return
        options = [
            Option(name, ENCODING_WORDS.get(name, name), str(place))
            for place, name in enumerate(look.encodings, start=1)
        ]
        samples = "\n".join(
            f"{option.letter}  {option.label}：{_sample(look, option.id)}" for option in options
        )
        words = f"几种编码都读得通，看哪一行是对的。\n{samples}"
        chosen = self._ask.choose("选编码", words, options)
        if chosen is not None:
            self._model.read(path, RosterOptions(encoding=chosen))

    def _on_refused(self, error: CounterError) -> None:
        if self.isVisible():
            self.say(Level.WARN, str(error))

    def _on_stopped(self) -> None:
        if self.isVisible():
            self.say(Level.HINT, "已停止读取，没有写入任何数据")

    def _on_listed(self, batches: tuple[Batch, ...]) -> None:
        self.table.model().set_rows(batches)
        self.bar.block("open", () if batches else ("还没有批次",))


def _choices(model: RosterModel) -> tuple[Choice, ...]:
    return tuple(
        Choice(school.code, school.name, code=school.code, note=school.code)
        for school in model.schools()
    )


def _sample(look: RosterLook, encoding: str) -> str:
    """Words of the first row that is not plain ASCII: there the encodings differ."""
    rows = look.encodings[encoding]
    row = next((r for r in rows[1:] if not "".join(r).isascii()), rows[0] if rows else ())
    return " ".join(cell for cell in row if cell and not cell.isascii())[:24]


def _batch_columns(known: Mapping[str, str]) -> tuple[Column[Batch], ...]:
    return (
        Column("time", "时间", lambda b: minute_words(b.at), chars=7),
        Column("file", "名册", lambda b: b.file, stretch=True),
        Column("sent", "行数", lambda b: f"{b.sent:,}", chars=5, figures=True),
        Column("by", "受理人", lambda b: known.get(b.by, b.by), chars=6),
        Column("state", "状态", lambda b: "已撤回" if b.undone_at else "有效", chars=6,
               level=lambda b: "hint" if b.undone_at else "ok"),
    )
