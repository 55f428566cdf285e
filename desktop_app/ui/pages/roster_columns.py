"""Which column of a school's table means what (对应列): corrected by hand beside the table."""

from __future__ import annotations

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop_app.domain.fields import masked_id
from desktop_app.domain.roster import COLUMNS
from desktop_app.domain.roster_headings import heading_row, match_headings
from desktop_app.services.ports import RosterLook
from desktop_app.services.roster_sheets import RosterOptions
from desktop_app.ui.pages.page import Go, Page
from desktop_app.ui.pages.work_line import WorkLine, way_out
from desktop_app.ui.shortcuts import KeyMap
from desktop_app.ui.viewmodels.roster import RosterModel
from desktop_app.ui.widgets.buttons import Kind
from desktop_app.ui.widgets.case_table import CaseTable
from desktop_app.ui.widgets.choices import Choice
from desktop_app.ui.widgets.form_grid import FormGrid
from desktop_app.ui.widgets.frames import Scroller
from desktop_app.ui.widgets.messages import Committed, Level
from desktop_app.ui.widgets.number_edit import NumberEdit
from desktop_app.ui.widgets.pick_edit import PickEdit
from desktop_app.ui.widgets.plain import PlainLabel
from desktop_app.ui.widgets.record_table import Column, RecordTable

CHECK = "roster_check"
_ALPHABET = 26
#: A page narrower than so many lines are high has no room for fields and table alike.
_LINES_WIDE = 46
_NARROWEST, _WIDEST = 3, 11
_HEADING = "columns.heading_row"
_SHEET = "columns.sheet"
_ENCODING = "columns.encoding"
#: How the encodings that rosters come in are called at the counter.
ENCODING_WORDS = {
    "utf-8": "UTF-8", "gb18030": "GB 18030 简体", "big5": "Big5 繁体",
    "utf-16-le": "UTF-16", "utf-16-be": "UTF-16 大端",
}


class RosterColumnsPage(Page):
    """Our columns at the left, the first rows of the file at the right; F9 reads by them."""

    heading = "对应列"

    def __init__(
        self, model: RosterModel, go: Go, keys: KeyMap, parent: QWidget | None = None
    ) -> None:
        super().__init__(keys, parent)
        self._model, self._go = model, go
        self.form = FormGrid(columns=2)
        self.sheet = PickEdit(_SHEET, "工作表")
        self.encoding = PickEdit(_ENCODING, "编码")
        self.heading_at = NumberEdit(_HEADING, "表头在第几行")
        self.picks = {
            column.id: PickEdit(
                f"columns.{column.id}", column.label,
                hint="必须有" if column.required else "没有这一列",
            )
            for column in COLUMNS
        }
        self.table: CaseTable | None = None
        self._right = QVBoxLayout()
        self._lay_out()
        self._connect()
        self.set_acts(
            (self.act("submit", "按此读取", self._read, kind=Kind.PRIMARY),),
            self.act("back", "返回", way_out(self, model, go.back), kind=Kind.QUIET),
        )

    def _lay_out(self) -> None:
        self.form.begin_section("columns", "各列在表中的位置")
        self.form.add(self.sheet, span=1)
        self.form.add(self.encoding, span=1, new_row=True)
        self.form.add(self.heading_at, span=1, new_row=True)
        for place, pick in enumerate(self.picks.values()):
            self.form.add(pick, span=1, new_row=place == 0)
        self._right.setSpacing(8)
        self._right.addWidget(PlainLabel("表的开头", role="heading"))
        row = self._row = QHBoxLayout()
        row.setSpacing(14)
        row.addWidget(Scroller(self.form), 5)
        row.addLayout(self._right, 4)
        self.body.addLayout(row, 1)
        self.body.addWidget(WorkLine(self._model))

    def _connect(self) -> None:
        model = self._model
        self.heading_at.committed.connect(self._on_heading)
        self.sheet.committed.connect(self._on_sheet)
        self.encoding.committed.connect(self._on_encoding)
        self.form.finished.connect(self._to_bar)
        model.columns_asked.connect(self._on_asked)
        model.checked.connect(self._on_checked)
        model.refused.connect(self._on_refused)

    # ---- Page

    def entered(self) -> None:
        """Show the file in hand."""
        if self._model.look is not None:
            self._show(self._model.look, self._model.look_words)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """On a small screen the fields need the room more than the table does."""
        super().resizeEvent(event)
        narrow = self.width() < _LINES_WIDE * self.fontMetrics().height()
        self._row.setStretch(0, 7 if narrow else 5)
        self._row.setStretch(1, 3 if narrow else 4)

    def focus_first(self) -> None:
        """To the encoding where no words are readable, else to the first column still needed."""
        if self._is_garbled():
            self.encoding.focus_line()
            return
        needed = (self.picks[column.id] for column in COLUMNS if column.required)
        due = next((pick for pick in needed if pick.is_empty()), None)
        (due or self.picks["name"]).focus_line()

    def _is_garbled(self) -> bool:
        """Whether nobody chose between several encodings, none of which shows headings."""
        look = self._model.look
        if look is None or len(look.encodings) < 2 or self._model.options.encoding:
            return False
        return heading_row(self._rows(look)) is None

    # ---- showing

    def _show(self, look: RosterLook, words: str) -> None:
        self.say(Level.WARN, words)
        self.sheet.set_choices([Choice(name, name) for name in look.sheets])
        self.sheet.set_text(look.sheet)
        self.form.set_field_shown(_SHEET, len(look.sheets) > 1)
        self.encoding.set_choices([
            Choice(name, ENCODING_WORDS.get(name, name)) for name in look.encodings
        ])
        self.encoding.set_text(self._encoding(look))
        self.form.set_field_shown(_ENCODING, len(look.encodings) > 1)
        self.state_label.setText(
            f"隐藏的工作表没有读：{'、'.join(look.hidden)}" if look.hidden else
            "选好后记住，这所学校下次的名册照此读"
        )
        rows = self._rows(look)
        found = heading_row(rows)
        fixed = self._model.options.heading_row
        at = fixed or (found[0] + 1 if found else 1)
        self.heading_at.set_text(str(at))
        self._show_rows(rows)
        self._offer(rows, at)

    def _encoding(self, look: RosterLook) -> str:
        """The encoding that was chosen, one that shows headings, or the first that reads."""
        if self._model.options.encoding in look.encodings:
            return self._model.options.encoding
        telling = (name for name, rows in look.encodings.items() if heading_row(rows))
        return next(telling, next(iter(look.encodings), ""))

    def _rows(self, look: RosterLook) -> tuple[tuple[str, ...], ...]:
        return look.rows or look.encodings.get(self._encoding(look), ())

    def _show_rows(self, rows: tuple[tuple[str, ...], ...]) -> None:
        if self.table is not None:
            self._right.removeWidget(self.table)
            self.table.hide()  # it goes only when the loop comes round
            self.table.deleteLater()
        width = max((len(row) for row in rows), default=0)
        numbered = tuple(enumerate(rows, start=1))
        columns = [Column[tuple[int, tuple[str, ...]]](
            "number", "行", lambda r: str(r[0]), chars=3, figures=True
        )]
        columns += [_column(place, _width(rows, place)) for place in range(width)]
        model: RecordTable[tuple[int, tuple[str, ...]]] = RecordTable(columns)
        self.table = CaseTable("表的开头", model, empty="这张表是空的。换一张工作表")
        self._right.addWidget(self.table, 1)
        model.set_rows(numbered)

    def _offer(self, rows: tuple[tuple[str, ...], ...], at: int) -> None:
        """Offer the headings of a row, and put those we know where they belong."""
        headings = _headings(rows, at)
        choices = [
            Choice(str(place), f"{letters(place)} {heading}".strip(), code=letters(place).lower())
            for place, heading in enumerate(headings)
        ]
        given = self._model.options.columns
        known = dict(given) if given is not None else match_headings(headings)
        check = self._model.check_in_hand()
        if check is not None and given is None:
            known = dict(check.columns)
        for column, pick in self.picks.items():
            pick.set_choices(choices)
            place = known.get(column, len(headings))
            pick.set_text(str(place) if place < len(headings) else "")

    # ---- acts

    def _on_heading(self, committed: Committed) -> None:
        look = self._model.look
        if look is not None and committed.text.isdigit():
            rows = self._rows(look)
            at = min(max(int(committed.text), 1), len(rows))
            self._offer_anew(rows, at, _headings(rows, at))

    def _offer_anew(
        self, rows: tuple[tuple[str, ...], ...], at: int, headings: tuple[str, ...]
    ) -> None:
        self._offer(rows, at)
        for column, pick in self.picks.items():
            place = match_headings(headings).get(column)
            pick.set_text("" if place is None else str(place))

    def _on_sheet(self, committed: Committed) -> None:
        look = self._model.look
        if look is not None and committed.text in look.sheets and committed.text != look.sheet:
            self._model.options = RosterOptions(sheet=committed.text)
            self._model.ask_columns()

    def _on_encoding(self, committed: Committed) -> None:
        look = self._model.look
        if look is None or committed.text not in look.encodings:
            return
        if committed.text != self._encoding(look):
            self._model.options = RosterOptions(encoding=committed.text)
            self._show(look, "")
            self.focus_first()

    def _on_asked(self, look: RosterLook, words: str) -> None:
        if self.isVisible():
            self._show(look, words)

    def _to_bar(self) -> None:
        self.bar.button("submit").setFocus()

    def _read(self) -> None:
        path = self._model.path
        columns = {
            name: int(pick.text()) for name, pick in self.picks.items() if pick.text().isdigit()
        }
        lacking = [c.label for c in COLUMNS if c.required and c.id not in columns]
        if lacking or path is None:
            self.say(Level.WARN, f"还没有对上：{'、'.join(lacking)}")
            self.focus_first()
            return
        at = self.heading_at.text()
        self._model.read(path, RosterOptions(
            encoding=self.encoding.text(), sheet=self.sheet.text(),
            heading_row=int(at) if at.isdigit() else 0, columns=columns,
        ))

    def _on_checked(self, _: object) -> None:
        if self.isVisible():
            self._go.place(CHECK)

    def _on_refused(self, error: object) -> None:
        if self.isVisible():
            self.say(Level.WARN, str(error))


def _headings(rows: tuple[tuple[str, ...], ...], at: int) -> tuple[str, ...]:
    """The headings of row ``at`` (from 1), with those above it when two rows make them up."""
    found = heading_row(rows)
    if found is not None and found[0] == at - 1:
        return found[1]
    return rows[at - 1] if 0 < at <= len(rows) else ()


def letters(place: int) -> str:
    """The name of a spreadsheet's column, from 0: A … Z, AA …"""
    name = ""
    place += 1
    while place:
        place, rest = divmod(place - 1, _ALPHABET)
        name = chr(ord("A") + rest) + name
    return name


def _column(place: int, chars: int) -> Column[tuple[int, tuple[str, ...]]]:
    return Column(letters(place), letters(place), lambda row: _cell(row[1], place), chars=chars)


def _cell(row: tuple[str, ...], place: int) -> str:
    text = row[place] if place < len(row) else ""
    return masked_id(text) if text[:17].isdigit() else text


def _width(rows: tuple[tuple[str, ...], ...], place: int) -> int:
    """Room for the longest word of a column, in characters of full width."""
    longest = max((len(c) - sum(map(str.isascii, c)) / 2
                   for c in (_cell(row, place) for row in rows)), default=0)
    return min(max(int(longest) + 1, _NARROWEST), _WIDEST)
