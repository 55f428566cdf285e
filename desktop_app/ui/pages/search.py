"""Looking up persons and cases (查询)."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop_app.domain.fields import masked_id
from desktop_app.services.answers import code_words
from desktop_app.services.ports import CaseRow, PersonRow
from desktop_app.services.sheets import RegisterSheet, SearchHits
from desktop_app.ui.pages.columns import hit_columns, person_columns
from desktop_app.ui.pages.page import Go, Page
from desktop_app.ui.pages.workbench import open_case
from desktop_app.ui.shortcuts import KeyMap
from desktop_app.ui.viewmodels.search import SearchModel
from desktop_app.ui.widgets.buttons import Kind
from desktop_app.ui.widgets.case_table import CaseTable
from desktop_app.ui.widgets.facts import Facts
from desktop_app.ui.widgets.frames import AROUND_RING, Card, Scroller
from desktop_app.ui.widgets.messages import Committed, Level
from desktop_app.ui.widgets.plain import PlainLabel
from desktop_app.ui.widgets.record_table import RecordTable
from desktop_app.ui.widgets.text_edit import TextEdit

_CARD_CHARS = 21
_HINT = "身份号码、后四位、姓名、拼音首字母或受理编号"
_EMPTY_CASES = "在上面录号码、姓名或编号，边录边查"
_EMPTY_PERSONS = "登记簿里相符的人列在这里，Enter 看登记卡"


class SearchPage(Page):
    """One line for everything; results come while typing, Enter goes into them."""

    heading = "查询"

    def __init__(
        self, model: SearchModel, go: Go, keys: KeyMap, parent: QWidget | None = None
    ) -> None:
        super().__init__(keys, parent)
        self._model, self._go = model, go
        self.state_label.setText("查询记入日志")
        self.line = TextEdit("search.text", "查询", hint=_HINT)
        self.cases = CaseTable(
            "受理件", RecordTable(hit_columns(model.counter.title)), empty=_EMPTY_CASES
        )
        self.persons = CaseTable(
            "登记人口", RecordTable(person_columns()), empty=_EMPTY_PERSONS
        )
        self.person = Card("登记卡")
        self.person_facts = Facts()
        self._lay_out()
        self._connect()
        self.set_acts(
            (
                self.act("find", "查询", self._to_line, kind=Kind.PRIMARY),
                self.act("open", "打开", self._open_current, letter="Enter"),
            ),
            self.act("back", "返回", go.back, kind=Kind.QUIET),
        )

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(8)
        label = PlainLabel("号码或姓名", role="label")
        label.setProperty("beside", True)
        row.addWidget(label)
        row.addWidget(self.line, 1)
        self.body.addLayout(row)
        self._counts: dict[str, PlainLabel] = {}
        lists = QWidget()
        column = QVBoxLayout(lists)
        column.setContentsMargins(*AROUND_RING)
        column.setSpacing(8)
        for key, table in (("受理件", self.cases), ("登记人口", self.persons)):
            heading = PlainLabel(key, role="heading")
            self._counts[key] = heading
            column.addWidget(heading)
            column.addWidget(table, 1)
        holder = QWidget()
        inside = QVBoxLayout(holder)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.addWidget(self.person_facts)
        inside.addStretch(1)
        self.person.body.addWidget(Scroller(holder), 1)
        self.person.setVisible(False)
        results = QHBoxLayout()
        results.setSpacing(16)
        results.addWidget(Scroller(lists), 1)
        results.addWidget(self.person)
        self.body.addLayout(results, 1)

    def _connect(self) -> None:
        self.line.changed.connect(self._on_typed)
        self.line.accepted.connect(self._on_accepted)
        self._model.found.connect(self._on_found)
        self._model.refused.connect(self.refuse)
        self._model.person_shown.connect(self._on_person)
        self.cases.activated.connect(self._open)
        self.persons.activated.connect(self._open)

    # ---- Page

    def focus_first(self) -> None:
        """To the line."""
        self.line.focus_line()

    def entered(self) -> None:
        """Search again for what is typed: it may have changed."""
        self.say(Level.HINT, "")
        if self._model.text:
            self._model.find()

    # ---- inside

    def _to_line(self) -> None:
        self.line.focus_line()
        self.line.line.selectAll()

    def _on_typed(self, committed: Committed) -> None:
        self._model.typed(committed.text)

    def _on_accepted(self) -> None:
        self._model.typed(self.line.text())
        self._model.find()
        for table, rows in (
            (self.cases, self._model.hits.cases), (self.persons, self._model.hits.persons)
        ):
            if rows:
                table.setFocus()
                return

    def _on_found(self, hits: SearchHits) -> None:
        typed = bool(self._model.text)
        self.person.setVisible(False)
        self.cases.set_empty("没有相符的受理件。换姓名或编号再查" if typed else _EMPTY_CASES)
        self.persons.set_empty(
            "登记簿里没有相符的人。换号码或首字母再查" if typed else _EMPTY_PERSONS
        )
        self.cases.model().set_rows(hits.cases)
        self.persons.model().set_rows(hits.persons)
        for key, rows in (("受理件", len(hits.cases)), ("登记人口", len(hits.persons))):
            self._counts[key].setText(f"{key}（{rows}）" if typed else key)
        if hits.cases:
            self.cases.select(0)
        if hits.persons:
            self.persons.select(0)

    def _open_current(self) -> None:
        now = self.focusWidget()
        in_persons = now is not None and self.persons.isAncestorOf(now)
        table = self.persons if in_persons else self.cases
        self._open(table.current())

    def _open(self, row: object) -> None:
        if isinstance(row, CaseRow):
            open_case(row, self._go)
        elif isinstance(row, PersonRow):
            self._model.person(row.id)

    def _on_person(self, sheet: RegisterSheet) -> None:
        book = self._model.counter.book
        person, household = sheet.person, sheet.household
        lines = [
            ("姓名", person.name), ("性别", code_words(book, "sex", person.sex)),
            ("民族", code_words(book, "ethnicity", person.ethnicity)),
            ("身份号码", masked_id(person.citizen_id)),
            ("出生日期", person.birth_date.isoformat()),
        ]
        if household is not None:
            lines += [("户号", f"{household.number} {household.kind.label}"),
                      ("住址", household.address), ("户内人数", str(sheet.count))]
        lines += [
            ("居住", f"{stay.since.isoformat()} 起"
             + (f"，{stay.until.isoformat()} 止" if stay.until else "，现住"))
            for stay in sheet.stays
        ]
        self.person.setFixedWidth(self.fontMetrics().horizontalAdvance("汉") * _CARD_CHARS)
        self.person_facts.show_lines(lines)
        self.person.setVisible(True)
