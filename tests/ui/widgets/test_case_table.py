"""Lists: a hundred thousand rows are fetched as they come into sight; keys do everything."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QWidget

from desktop_app.ui.widgets.case_table import CaseTable
from desktop_app.ui.widgets.record_table import PAGE, Column, LevelRole, RecordTable
from desktop_app.ui.widgets.text_edit import TextEdit
from tests.helpers.keys import NoMouse, focused, press
from tests.helpers.samples import ROWS, case_model

Show = Callable[..., QWidget]
COUNT = 100_000


class Source:
    """Numbers by page, and which pages were asked for."""

    def __init__(self) -> None:
        self.asked: list[tuple[int, int]] = []

    def fetch(self, offset: int, limit: int) -> Sequence[int]:
        self.asked.append((offset, limit))
        return range(offset, min(offset + limit, COUNT))


def _numbers() -> RecordTable[int]:
    return RecordTable([
        Column("n", "编号", str, 6, figures=True),
        Column("half", "半数", lambda n: "" if n % 2 else str(n // 2), stretch=True,
               level=lambda n: "warn" if n % 2 else "ok"),
    ])


def test_the_model_keeps_the_rules_of_qt(show: Show) -> None:
    model = case_model()
    tester = QAbstractItemModelTester(
        model, QAbstractItemModelTester.FailureReportingMode.Fatal
    )
    model.set_rows(ROWS * 3)
    model.set_rows(())
    assert tester.model() is model


def test_only_pages_in_sight_are_fetched(show: Show) -> None:
    source = Source()
    model = _numbers()
    table = CaseTable("编号", model, empty="没有")
    show(table)
    model.reset(source.fetch, COUNT)
    table.view.grab()
    assert source.asked == [(0, PAGE)]
    table.select(COUNT - 1)
    table.view.grab()
    assert source.asked[-1][0] >= COUNT - 2 * PAGE
    assert len(source.asked) <= 3
    assert table.current() == COUNT - 1


def test_cells_say_words_figures_and_level() -> None:
    model = _numbers()
    model.reset(Source().fetch, COUNT)
    assert model.data(model.index(7, 0)) == "7"
    assert model.data(model.index(7, 1)) == "--", "no value is never blank"
    assert model.data(model.index(7, 1), LevelRole) == "warn"
    assert model.data(model.index(8, 1), LevelRole) == "ok"
    spoken = model.data(model.index(7, 0), Qt.ItemDataRole.AccessibleTextRole)
    assert spoken == "编号：7"
    right = model.data(model.index(7, 0), Qt.ItemDataRole.TextAlignmentRole)
    assert isinstance(right, int)
    assert right & int(Qt.AlignmentFlag.AlignRight)
    header = Qt.Orientation.Horizontal
    assert [model.headerData(n, header) for n in range(3)] == ["编号", "半数", None]


def test_a_row_that_vanished_shows_dashes() -> None:
    model = _numbers()
    model.reset(lambda offset, limit: (), 3)
    assert model.row(0) is None
    assert model.data(model.index(0, 0)) == "--"
    assert model.row(-1) is None
    assert model.row(3) is None


@pytest.fixture
def table(show: Show) -> CaseTable:
    made = CaseTable("今日受理件", case_model(), empty="还没有受理件。按 F2 新建。")
    show(made, TextEdit("after", "后"))
    made.setFocus()
    return made


def test_enter_opens_the_row_and_tab_leaves_the_table(table: CaseTable, no_mouse: NoMouse) -> None:
    opened: list[object] = []
    table.activated.connect(opened.append)
    press("Down")
    press("Return")
    press("End")
    press("Tab")
    assert opened == [ROWS[1]]
    assert focused().objectName() == "after"


def test_the_current_row_is_told(table: CaseTable) -> None:
    told: list[object] = []
    table.selected.connect(told.append)
    press("Down")
    table.model().set_rows(ROWS[2:])
    assert told[0] == ROWS[1]
    assert told[-1] == ROWS[2]
    assert table.current() == ROWS[2]


def test_an_empty_list_says_why(table: CaseTable) -> None:
    told: list[object] = []
    table.selected.connect(told.append)
    table.model().set_rows(())
    assert table.view.isHidden()
    assert table.empty_text() == "还没有受理件。按 F2 新建。"
    assert table.current() is None
    assert told[-1] is None
    table.set_empty("没有相符的")
    assert table.empty_text() == "没有相符的"
    table.model().set_rows(ROWS)
    assert not table.view.isHidden()


def test_rows_are_as_high_as_the_words_need(table: CaseTable) -> None:
    assert table.view.rowHeight(0) >= table.view.fontMetrics().height() + 8
