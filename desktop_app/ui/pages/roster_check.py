"""A roster as checked (预检): lanes with counts, problems, corrections; nothing is written yet."""

from __future__ import annotations

from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from desktop_app.domain.errors import CounterError
from desktop_app.domain.roster import CheckedRow, Lane
from desktop_app.services.ports import RosterLook
from desktop_app.services.roster_sheets import RosterCheck
from desktop_app.ui.dialogs import Ask
from desktop_app.ui.pages.page import Go, Page
from desktop_app.ui.pages.roster_editor import RowEditor
from desktop_app.ui.pages.roster_parts import SMALL_HEIGHT, TABLE_FILES, CountTabs, row_columns
from desktop_app.ui.pages.work_line import WorkLine, way_out
from desktop_app.ui.shortcuts import KeyMap
from desktop_app.ui.viewmodels.roster import RosterModel, detail_words, first_suggestion
from desktop_app.ui.widgets.buttons import Kind
from desktop_app.ui.widgets.case_table import CaseTable
from desktop_app.ui.widgets.entry_line import EntryLine
from desktop_app.ui.widgets.messages import Level
from desktop_app.ui.widgets.plain import PlainLabel
from desktop_app.ui.widgets.record_table import RecordTable

ROSTER, TAKE, COLUMNS = "roster", "roster_take", "roster_columns"
_TABS: tuple[Lane | None, ...] = (None, *Lane)
#: The width of the editor: at least so many pixels, and so many times the height of a line.
_EDITOR, _EDITOR_LINES = 380, 16


class RosterCheckPage(Page):
    """Tabs by digit, rows beneath, Enter corrects, Alt+A adopts, F9 goes on to taking."""

    heading = "预检"

    def __init__(
        self, model: RosterModel, ask: Ask, go: Go, keys: KeyMap, parent: QWidget | None = None
    ) -> None:
        super().__init__(keys, parent)
        self._model, self._ask, self._go = model, ask, go
        self._numbers: tuple[int, ...] = ()
        self._file = ("", "")
        self.summary = PlainLabel(role="strong", wrap=True)
        self.tabs = CountTabs()
        self.table = CaseTable("名册各行", RecordTable(row_columns()), empty="没有这样的行")
        self.detail = PlainLabel(role="small", wrap=True)
        self.editor = RowEditor()
        self.progress = WorkLine(model)
        self._lay_out()
        self._connect()
        self.set_acts(
            (
                self.act("submit", "受理", self._take, kind=Kind.PRIMARY),
                self.act("correct", "改此行", self._correct, letter="Enter"),
                self.act("adopt", "采纳", self._adopt),
                self.act("adopt_all", "全部采纳", self._adopt_all),
                self.act("columns", "对应列", model.ask_columns, letter="M"),
                self.act("export_rows", "导出问题", self._export),
                self.act("notes", "提示", self._tell_notes, letter="N"),
            ),
            self.act("back", "返回", way_out(self, model, self._leave), kind=Kind.QUIET),
        )

    def _lay_out(self) -> None:
        self.editor.setVisible(False)
        row = QHBoxLayout()
        row.setSpacing(14)
        row.addWidget(self.table, 1)
        row.addWidget(self.editor)
        self.body.addWidget(self.summary)
        self.body.addWidget(self.tabs)
        self.body.addWidget(self.progress)
        self.body.addLayout(row, 1)
        self.body.addWidget(self.detail)

    def _connect(self) -> None:
        model = self._model
        self.tabs.chosen.connect(self._on_tab)
        self.table.activated.connect(self._on_activated)
        self.table.selected.connect(self._on_selected)
        self.editor.saved.connect(model.correct)
        self.editor.left.connect(self._close_editor)
        model.checked.connect(self._on_checked)
        model.columns_asked.connect(self._on_columns)
        model.exported.connect(self._on_exported)
        model.refused.connect(self._on_refused)
        self.keys.bind("next_block", self.editor, self.editor.save)

    # ---- Page

    def entered(self) -> None:
        """Show the roster in hand."""
        self.say(Level.HINT, "")
        self._close_editor()
        check = self._model.check
        if check is not None:
            if (check.sha256, check.sheet) != self._file:
                self._file = check.sha256, check.sheet
                self.tabs.select(0)
            self._show(check)

    def focus_first(self) -> None:
        """To the rows."""
        self.table.setFocus()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """On a small screen the tabs tell how many rows there are."""
        super().resizeEvent(event)
        self.summary.setVisible(self.height() >= SMALL_HEIGHT)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """A digit goes to its tab while no field has the focus."""
        if not isinstance(self.window().focusWidget(), EntryLine) and self.tabs.take_digit(event):
            return
        super().keyPressEvent(event)

    # ---- showing

    def _show(self, check: RosterCheck) -> None:
        sheet = f"　{check.sheet}" if check.sheet else ""
        self.state_label.setText(
            f"{check.school_name}　{check.file}{sheet}　表头在第 {check.heading_row} 行"
        )
        self.summary.setText(self._model.summary())
        counts = check.counts
        self.tabs.show_counts([
            ("全部", len(check.rows)), *((lane.label, counts[lane]) for lane in Lane)
        ])
        self._say_notes()
        taken = check.accepted
        self.bar.button("submit").set_words(f"受理 {taken:,} 人")
        self.bar.block("submit", () if taken else ("没有可以受理的行",))
        found = self._model.suggestions()
        self.bar.button("adopt_all").set_words(f"全部采纳 {found:,}" if found else "全部采纳")
        self.bar.block("adopt_all", () if found else ("没有建议可采纳",))
        self.bar.block("export_rows", () if check.problems else ("没有问题行",))
        self._fill()

    def _say_notes(self) -> None:
        """The weightiest note; the others are a key away, for rows need the room."""
        notes = self._model.notes()
        more = f"。另有 {len(notes) - 1} 条提示，按 N 看" if len(notes) > 1 else ""
        self.say(Level.HINT, f"{notes[0]}{more}" if notes else "")
        self.bar.set_shown("notes", len(notes) > 1)
        self.bar.button("notes").set_words(f"提示 {len(notes)}")

    def _fill(self) -> None:
        """The rows of the tab, the cursor where it was or on the row after it."""
        before = self._current_number()
        rows = self._model.rows(_TABS[self.tabs.current])
        self.table.model().set_rows(rows)
        self._numbers = tuple(row.row.number for row in rows)
        if rows and before:
            place = next((i for i, number in enumerate(self._numbers) if number >= before),
                         len(rows) - 1)
            self.table.select(place)

    def _current_number(self) -> int:
        place = self.table.view.currentIndex().row()
        return self._numbers[place] if 0 <= place < len(self._numbers) else 0

    def current(self) -> CheckedRow | None:
        """The row under the cursor."""
        row = self.table.current()
        return row if isinstance(row, CheckedRow) else None

    # ---- acts

    def _take(self) -> None:
        if not self._model.is_busy():
            self._go.place(TAKE)

    def _correct(self) -> None:
        self._on_activated(self.current())

    def _adopt(self) -> None:
        row = self.current()
        if row is not None:
            self._model.adopt(row)

    def _adopt_all(self) -> None:
        self._model.adopt_all()

    def _export(self) -> None:
        check = self._model.check
        if check is None or self._model.is_busy():
            return
        name = f"{check.file.rpartition('.')[0] or check.file}-问题行.xlsx"
        path = self._ask.save_file("导出问题行", name, (TABLE_FILES,))
        if path is not None:
            self._model.export_problems(path)

    def _tell_notes(self) -> None:
        notes = self._model.notes()
        if notes:
            numbered = (f"{place}  {note}" for place, note in enumerate(notes, start=1))
            self._ask.warn("这份名册", "\n".join(numbered))

    def _leave(self) -> None:
        if self.editor.isHidden():
            self._go.place(ROSTER)
        else:
            self._close_editor()

    def _close_editor(self) -> None:
        if not self.editor.isHidden():
            self._show_editor(False)
            self._say_notes()
            self.table.setFocus()

    def _show_editor(self, on: bool) -> None:
        """The editor takes the room of the columns that it tells itself."""
        self.editor.setVisible(on)
        self.editor.setFixedWidth(max(_EDITOR, _EDITOR_LINES * self.fontMetrics().height()))
        small = self.height() < SMALL_HEIGHT
        for widget in (self.tabs, self.detail):
            widget.setVisible(not (on and small))
        if on:
            self.say(Level.HINT, "")
        for place, column in enumerate(self.table.model().columns()):
            if column.id in ("citizen_id", "suggestion"):
                self.table.view.setColumnHidden(place, on)

    # ---- what changed

    def _on_tab(self, _: int) -> None:
        self._fill()
        self.table.setFocus()

    def _on_activated(self, row: object) -> None:
        if isinstance(row, CheckedRow) and not self._model.is_busy():
            self._show_editor(True)
            self.editor.show_row(row)

    def _on_selected(self, row: object) -> None:
        can = isinstance(row, CheckedRow) and first_suggestion(row) is not None
        self.bar.block("adopt", () if can else ("这一行没有建议",))
        self.bar.block("correct", () if isinstance(row, CheckedRow) else ("没有选中的行",))
        self.detail.setText(detail_words(row) if isinstance(row, CheckedRow) else "")

    def _on_checked(self, check: RosterCheck) -> None:
        if self.isVisible():
            self._close_editor()
            self._show(check)

    def _on_columns(self, _: RosterLook, __: str) -> None:
        if self.isVisible():
            self._go.place(COLUMNS)

    def _on_exported(self, name: str, count: int) -> None:
        if self.isVisible():
            self.say(Level.OK, f"{count:,} 处问题已导出到 {name}，号码已遮去中段")

    def _on_refused(self, error: CounterError) -> None:
        if self.isVisible():
            self.say(Level.WARN, str(error))
