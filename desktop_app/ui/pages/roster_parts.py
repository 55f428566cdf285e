"""What the pages of freshers' day share: tabs with counts, lists that can be filtered."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from desktop_app.domain.batch import Outcome, ReconciliationLine
from desktop_app.domain.fields import masked_id
from desktop_app.domain.roster import CheckedRow, Lane
from desktop_app.ui.dialogs import FileKind
from desktop_app.ui.viewmodels.roster import problem_words, suggestion_words
from desktop_app.ui.widgets.buttons import KeyButton, Kind
from desktop_app.ui.widgets.flow_row import FlowRow
from desktop_app.ui.widgets.plain import restyle
from desktop_app.ui.widgets.record_table import Column

ROSTER_FILES = FileKind("名册", ("xlsx", "xls", "csv"))
TABLE_FILES = FileKind("表格", ("xlsx",))
#: Below this height of a page (150 per cent on a small screen) only what is needed stays.
SMALL_HEIGHT, SMALL_WIDTH = 480, 1000
_SMALL_LINES = 21
_NUMBER_DIGITS = 6
_LANE_LEVELS = {
    Lane.READY: "ok", Lane.ASK: "warn", Lane.DUPLICATE: "warn", Lane.REFUSED: "error",
    Lane.NOT_CHOSEN: "hint",
}
_OUTCOME_LEVELS = {
    Outcome.SETTLED: "ok", Outcome.NOT_CHOSEN: "hint", Outcome.REFUSED: "warn",
    Outcome.WAITING: "warn",
}


def is_low(page: QWidget) -> bool:
    """Whether a page is too low for advice and sums, in lines of its text."""
    return page.height() < max(SMALL_HEIGHT, page.fontMetrics().height() * _SMALL_LINES)


class _Tab(KeyButton):
    """One tab; the current one is filled."""

    def __init__(self, place: int, parent: QWidget) -> None:
        super().__init__("", str(place + 1), kind=Kind.PLAIN, parent=parent)
        self.place = place

    def set_current(self, on: bool) -> None:
        self._kind = Kind.PRIMARY if on else Kind.PLAIN
        restyle(self, kind=self._kind.value)


class CountTabs(QWidget):
    """Tabs with counts, one of them current; the digit printed on a tab goes to it.

    ``chosen`` carries the place of a tab, from 0.
    """

    chosen = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tabs: list[_Tab] = []
        self._row = FlowRow(8)
        self._row.setContentsMargins(0, 0, 0, 0)
        self.setLayout(self._row)
        self.current = 0

    def show_counts(self, counts: Sequence[tuple[str, int]]) -> None:
        """Show a tab for each (words, count)."""
        while len(self._tabs) < len(counts):
            tab = _Tab(len(self._tabs), self)
            tab.activated.connect(self._on_tab)
            self._row.addWidget(tab)
            self._tabs.append(tab)
        for tab, (words, count) in zip(self._tabs, counts, strict=True):
            tab.set_words(f"{words} {count:,}")
        self.select(self.current)

    def select(self, place: int) -> None:
        """Mark a tab as current; says nothing."""
        self.current = place
        for tab in self._tabs:
            tab.set_current(tab.place == place)

    def words(self) -> tuple[str, ...]:
        """The words on the tabs."""
        return tuple(tab.words() for tab in self._tabs)

    def take_digit(self, event: QKeyEvent) -> bool:
        """Whether the key was the digit of a tab; the tab is chosen then."""
        place = event.key() - Qt.Key.Key_1
        plain = event.modifiers() in (
            Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier
        )
        if plain and 0 <= place < len(self._tabs):
            self._choose(place)
            return True
        return False

    def _on_tab(self) -> None:
        tab = self.sender()
        if isinstance(tab, _Tab):
            self._choose(tab.place)

    def _choose(self, place: int) -> None:
        self.select(place)
        self.chosen.emit(place)


def masked_number(text: str) -> str:
    """A citizen number with its middle hidden; words that stand in its place as they are."""
    return masked_id(text) if sum(map(str.isdigit, text)) >= _NUMBER_DIGITS else text


def row_columns() -> tuple[Column[CheckedRow], ...]:
    """Columns of a roster that is being checked."""
    return (
        Column("number", "行", lambda r: str(r.row.number), chars=4, figures=True),
        Column("name", "姓名", lambda r: r.row.cells.get("name", ""), chars=7),
        Column("citizen_id", "身份号码",
               lambda r: masked_number(r.row.cells.get("citizen_id", "")), chars=11, spare=2),
        Column("lane", "去向", lambda r: r.lane.label, chars=5,
               level=lambda r: _LANE_LEVELS[r.lane]),
        Column("problem", "问题", problem_words, stretch=True),
        Column("suggestion", "建议", suggestion_words, chars=13, spare=1),
    )


def line_columns(
    words: Callable[[ReconciliationLine], str]
) -> tuple[Column[ReconciliationLine], ...]:
    """Columns of a batch; ``words`` tells why a student is where he is."""
    return (
        Column("number", "行", lambda x: str(x.row.number), chars=4, figures=True),
        Column("student", "学号", lambda x: x.row.student_number, chars=7),
        Column("name", "姓名", lambda x: x.row.name, chars=5),
        Column("citizen_id", "身份号码", lambda x: masked_number(x.row.citizen_id), chars=11),
        Column("class", "院系班级", lambda x: f"{x.row.college} {x.row.class_name}".strip(),
               chars=9),
        Column("outcome", "结果", lambda x: x.outcome.label, chars=6,
               level=lambda x: _OUTCOME_LEVELS[x.outcome]),
        Column("words", "说明", words, stretch=True),
    )


def path_fault(text: str) -> str:
    """What is wrong with a file typed by hand, empty when nothing is."""
    if not text.strip():
        return "填写名册文件，或按 Ctrl+O 选"
    path = path_of(text)
    return "" if path.is_file() else f"没有这个文件：{path.name}。核对文件夹和文件名"


def path_of(text: str) -> Path:
    """A path as people type or paste it."""
    return Path(text.strip().strip('"')).expanduser()
