"""Graduates who leave (毕业迁出): chosen by year, college or class, each with a destination."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop_app.domain.batch import Batch
from desktop_app.domain.errors import CounterError
from desktop_app.domain.fields import masked_id
from desktop_app.services.graduation import Group, Leaver
from desktop_app.ui.dialogs import Ask, Option
from desktop_app.ui.pages.page import Go, Page
from desktop_app.ui.pages.roster_parts import ROSTER_FILES, SMALL_HEIGHT
from desktop_app.ui.pages.work_line import WorkLine, way_out
from desktop_app.ui.shortcuts import KeyMap
from desktop_app.ui.viewmodels.counter import minute_words
from desktop_app.ui.viewmodels.graduation import GraduationModel, tally
from desktop_app.ui.viewmodels.roster import RosterModel
from desktop_app.ui.widgets.buttons import Kind
from desktop_app.ui.widgets.case_table import CaseTable
from desktop_app.ui.widgets.choices import Choice
from desktop_app.ui.widgets.form_grid import FormGrid
from desktop_app.ui.widgets.messages import Level
from desktop_app.ui.widgets.pick_edit import PickEdit
from desktop_app.ui.widgets.plain import PlainLabel
from desktop_app.ui.widgets.record_table import Column, RecordTable
from desktop_app.ui.widgets.text_edit import TextEdit

DEPARTURE, ROSTER = "departure", "roster"


class GraduationPage(Page):
    """The choice at the top, who is chosen beneath; F9 moves them out together."""

    heading = "毕业迁出"

    def __init__(
        self, model: GraduationModel, rosters: RosterModel, ask: Ask, go: Go, keys: KeyMap,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(keys, parent)
        self._model, self._rosters, self._ask, self._go = model, rosters, ask, go
        self.picks = {
            "year": PickEdit("graduation.year", "入学年份", hint="不限"),
            "college": PickEdit("graduation.college", "院系", hint="不限"),
            "class_name": PickEdit("graduation.class", "班级", hint="不限"),
        }
        self.destination = TextEdit(
            "graduation.destination", "迁往地址", hint="回车用于还没有迁往地址的人"
        )
        self.count = PlainLabel(role="strong", wrap=True)
        self.table = CaseTable(
            "所选毕业生", RecordTable(_leaver_columns()),
            empty="先选年份、院系或班级。这所学校没有在册学生时这里是空的",
        )
        self.departures = CaseTable(
            "迁出批次", RecordTable(_departure_columns()), empty="还没有迁出批次"
        )
        self._lay_out()
        self._connect()
        self.set_acts(
            (
                self.act("submit", "迁出", self._move_out, kind=Kind.PRIMARY),
                self.act("open_file", "导入地址", self._read),
                self.act("one", "改地址", self._one, letter="Enter"),
                self.act("drop", "不迁此人", self._drop, letter="D"),
                self.act("departure", "迁出批次", self._open_current, letter="B"),
            ),
            self.act("back", "返回", way_out(self, model, self._leave), kind=Kind.QUIET),
        )

    def _lay_out(self) -> None:
        form = FormGrid(columns=3)
        form.begin_section("choice")
        for pick in self.picks.values():
            form.add(pick, span=1)
        form.add(self.destination, span=3)
        left = QVBoxLayout()
        left.setSpacing(8)
        left.addWidget(self.count)
        left.addWidget(self.table, 1)
        right = QVBoxLayout()
        right.setSpacing(8)
        self.left_already = PlainLabel("已迁出的批次", role="heading")
        right.addWidget(self.left_already)
        right.addWidget(self.departures, 1)
        row = self._lists = QHBoxLayout()
        row.setSpacing(14)
        row.addLayout(left, 4)
        row.addLayout(right, 1)
        self.body.addWidget(form)
        self.body.addWidget(WorkLine(self._model))
        self.body.addLayout(row, 1)

    def _connect(self) -> None:
        model = self._model
        for pick in self.picks.values():
            pick.committed.connect(self._on_picked)
        self.destination.accepted.connect(self._send_all)
        self.table.activated.connect(self._send_one)
        self.departures.activated.connect(self._open)
        model.read.connect(self._on_read)
        model.chosen.connect(self._on_chosen)
        model.destined.connect(self._on_destined)
        model.left.connect(self._on_left)
        model.refused.connect(self._on_refused)

    # ---- Page

    def entered(self) -> None:
        """Read who is in the household of the school in hand."""
        self.say(Level.HINT, "")
        for field in (*self.picks.values(), self.destination):
            field.set_text("")
        self._model.load(self._rosters.school)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """On a small screen the button tells how many."""
        super().resizeEvent(event)
        for words in (self.count, self.left_already):
            words.setVisible(self.height() >= SMALL_HEIGHT)
        self._show_departures()

    def _show_departures(self) -> None:
        """On a small screen only once there are some: the act would take a line of its own."""
        on = self.height() >= SMALL_HEIGHT or bool(self._model.departures)
        self.departures.setVisible(on)
        self._lists.setStretch(1, 1 if on else 0)
        self.bar.set_shown("departure", on)

    def focus_first(self) -> None:
        """To the year."""
        self.picks["year"].focus_line()

    # ---- acts

    def _send_all(self) -> None:
        where = self.destination.text()
        if not where:
            self.destination.set_message(
                Level.ERROR, self.keys.said("填写迁往地址，或按 Ctrl+O 导入")
            )
            return
        self._model.send_all_to(where)
        self.table.setFocus()

    def _one(self) -> None:
        self._send_one(self.table.current())

    def _send_one(self, who: object) -> None:
        if isinstance(who, Leaver) and not self._model.is_busy():
            where = self._ask.reason("迁往地址", f"{who.name}迁往哪里，写到门牌")
            if where:
                self._model.send_to(who.person_id, where)

    def _drop(self) -> None:
        who = self.table.current()
        if isinstance(who, Leaver):
            self._model.drop(who.person_id)

    def _read(self) -> None:
        if self._model.is_busy() or not self._model.leavers:
            self.say(Level.HINT, "先选要迁出的人，再导入迁往地址")
            return
        path = self._ask.open_file("选迁往地址表", (ROSTER_FILES,))
        if path is not None:
            self._model.read_destinations(path)

    def _move_out(self) -> None:
        count = len(self._model.leavers)
        if self._model.is_busy() or not count:
            return
        if self._ask.confirm(
            "毕业迁出", f"{count:,} 人从{self._model.school_name()}集体户迁出，"
            "每人一张户口迁移证，有效期 30 日。", yes=f"迁出 {count:,} 人",
        ):
            self._model.move_out("")

    def _open_current(self) -> None:
        self._open(self.departures.current())

    def _open(self, batch: object) -> None:
        if isinstance(batch, Batch):
            self._model.open(batch.id)
            self._go.place(DEPARTURE)

    def _leave(self) -> None:
        self._go.place(ROSTER)

    # ---- what changed

    def _on_read(self) -> None:
        self.state_label.setText(self._model.school_name())
        groups = self._model.groups
        for name, key in _KEYS.items():
            counts = tally(groups, key)
            self.picks[name].set_choices([
                Choice(words, f"{words}（{count:,} 人）") for words, count in sorted(counts.items())
                if words
            ])
        self.departures.model().set_rows(self._model.departures)
        self.bar.block("departure", () if self._model.departures else ("还没有迁出批次",))
        self._show_departures()

    def _on_picked(self, _: object) -> None:
        words = {name: pick.text() for name, pick in self.picks.items()}
        if any(words.values()):
            self._model.choose(words["year"], words["college"], words["class_name"])
        else:
            self._model.choose_nobody()

    def _on_chosen(self) -> None:
        leavers, due = self._model.leavers, self._model.without_destination()
        self.table.model().set_rows(leavers)
        words = f"已选 {len(leavers):,} 人" if leavers else "还没有选人"
        self.count.setText(f"{words}，{due:,} 人还没有迁往地址" if due else words)
        self.bar.button("submit").set_words(f"迁出 {len(leavers):,} 人" if leavers else "迁出")
        lacking = "先选要迁出的人" if not leavers else (
            f"{due:,} 人还没有迁往地址" if due else ""
        )
        self.bar.block("submit", (lacking,) if lacking else ())
        for act in ("one", "drop", "open_file"):
            self.bar.block(act, () if leavers else ("先选要迁出的人",))

    def _on_destined(self, told: tuple[str, ...]) -> None:
        if not self.isVisible():
            return
        if told:
            more = f"，另 {len(told) - 3} 处" if len(told) > 3 else ""
            self.say(Level.WARN, f"{'；'.join(told[:3])}{more}")
        else:
            self.say(Level.OK, "迁往地址已全部读入")

    def _on_left(self, _: object) -> None:
        if self.isVisible():
            self._go.place(DEPARTURE)

    def _on_refused(self, error: CounterError) -> None:
        if not self.isVisible():
            return
        if error.field != "urban_rural":
            self.say(Level.WARN, str(error))
            return
        kind = self._ask.choose(
            "学校所在地", "集体户还没有城乡分类，迁移证上要写明。只问一次。",
            [Option(row.value, row.label, str(place)) for place, row in enumerate(
                self._model.counter.book.codes["urban_rural"].rows, start=1
            )],
        )
        if kind is not None:
            self._model.move_out(kind)


_KEYS: dict[str, Callable[[Group], str]] = {
    "year": lambda group: str(group.year),
    "college": lambda group: group.college,
    "class_name": lambda group: group.class_name,
}


def _leaver_columns() -> tuple[Column[Leaver], ...]:
    return (
        Column("student", "学号", lambda x: x.student_number, chars=7),
        Column("name", "姓名", lambda x: x.name, chars=6),
        Column("citizen_id", "身份号码", lambda x: masked_id(x.citizen_id), chars=11),
        Column("class", "院系班级", lambda x: f"{x.college} {x.class_name}".strip(), chars=9,
               spare=1),
        Column("to", "迁往地址", lambda x: x.destination or "还没有", stretch=True,
               level=lambda x: "" if x.destination else "warn"),
    )


def _departure_columns() -> tuple[Column[Batch], ...]:
    return (
        Column("when", "时间", lambda b: minute_words(b.at), stretch=True),
        Column("count", "人数", lambda b: f"{b.sent:,}", chars=4, figures=True),
    )
