"""Where Enter, Shift+Enter and Tab go, and how fields stand (T4, T5)."""

from __future__ import annotations

import random
from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from desktop_app.ui.shortcuts import KeyMap
from desktop_app.ui.theme import Look, Scale
from desktop_app.ui.widgets.form_grid import FormGrid
from desktop_app.ui.widgets.frames import Scroller
from desktop_app.ui.widgets.messages import Committed, Level, Message
from desktop_app.ui.widgets.number_edit import NumberEdit
from desktop_app.ui.widgets.section import Progress
from desktop_app.ui.widgets.text_edit import TextEdit
from desktop_app.ui.widgets.yes_no import YesNo
from tests.helpers.keys import KeyCounter, NoMouse, focused, press, type_text
from tests.helpers.layouts import Layouts
from tests.helpers.sample_fields import form

Show = Callable[..., QWidget]


def _grid() -> FormGrid:
    grid = FormGrid()
    grid.begin_section("one", "申请人", number="1")
    grid.add(TextEdit("a", "甲"), span=3)
    grid.add(TextEdit("b", "乙"), span=3)
    grid.add(NumberEdit("c", "丙", unit="年"), span=2)
    grid.add(YesNo("d", "丁"), span=4)
    grid.begin_section("two", "迁入", number="2")
    grid.add(TextEdit("e", "戊"), span=6)
    grid.add(TextEdit("f", "己", optional=True), span=6)
    return grid


@pytest.fixture
def grid(show: Show) -> FormGrid:
    made = _grid()
    show(made)
    made.focus_field("a")
    return made


def _at(grid: FormGrid) -> str:
    return next(e.field_id for e in grid.editors() if e.line.hasFocus())


def test_enter_goes_to_the_next_empty_field(grid: FormGrid) -> None:
    grid.set_texts({"b": "有", "c": "3"})
    type_text("x")
    press("Return")
    assert _at(grid) == "d"


def test_enter_skips_hidden_and_locked_fields(grid: FormGrid) -> None:
    grid.set_field_shown("b", False)
    grid.editor("c").set_read_only(True)
    press("Return")
    assert _at(grid) == "d"


def test_after_the_last_empty_field_the_grid_says_finished(grid: FormGrid) -> None:
    said: list[str] = []
    grid.finished.connect(lambda: said.append("finished"))
    grid.focus_field("f")
    press("Return")
    assert said == ["finished"]


def test_shift_enter_goes_to_the_field_before_even_when_it_is_full(grid: FormGrid) -> None:
    grid.set_texts({"a": "有", "b": "有"})
    grid.focus_field("c")
    press("Shift+Return")
    assert _at(grid) == "b"
    press("Shift+Return")
    assert _at(grid) == "a"
    press("Shift+Return")
    assert _at(grid) == "a"


def test_the_whole_form_needs_one_enter_a_field(
    grid: FormGrid, key_counter: KeyCounter, no_mouse: NoMouse
) -> None:
    for words in ("x", "x", "3", "1", "x", "x"):
        type_text(words)
        press("Return")
    assert grid.texts() == {"a": "x", "b": "x", "c": "3", "d": "true", "e": "x", "f": "x"}
    assert key_counter.count == 12


def test_next_section_goes_to_its_first_field(grid: FormGrid) -> None:
    assert grid.next_section()
    assert _at(grid) == "e"
    assert not grid.next_section()
    assert _at(grid) == "e"


def test_tab_walks_all_fields_in_the_order_they_are_read(show: Show, no_mouse: NoMouse) -> None:
    grid = _grid()
    window = show(grid)
    grid.focus_field("a")
    seen: list[QWidget] = []
    for _ in range(40):
        widget = focused()
        if widget in seen:
            break
        seen.append(widget)
        press("Tab")
    places = [widget.mapTo(window, QPoint(0, 0)) for widget in seen]
    assert len(seen) == 6
    assert [widget.objectName() for widget in seen] == list("abcdef")
    rows = [(place.y(), place.x()) for place in places]
    assert rows == sorted(rows)
    for name in reversed("abcdef"):
        press("Shift+Tab")
        assert focused().objectName() == name


def test_fields_at_the_left_stand_in_one_line(show: Show) -> None:
    grid = FormGrid()
    grid.begin_section("one", "一")
    grid.add(TextEdit("a", "公民身份号码"), span=3)
    grid.begin_section("two", "二")
    grid.add(TextEdit("b", "备注"), span=3)
    window = show(grid)
    lefts = {
        grid.editor(name).line.mapTo(window, QPoint(0, 0)).x() for name in ("a", "b")
    }
    assert len(lefts) == 1


def test_a_row_that_is_full_is_followed_by_another(show: Show) -> None:
    grid = _grid()
    window = show(grid)
    tops = [e.line.mapTo(window, QPoint(0, 0)).y() for e in grid.editors()]
    assert tops[0] == tops[1] < tops[2] == tops[3] < tops[4] < tops[5]


def test_what_editors_say_comes_out_of_the_grid(grid: FormGrid) -> None:
    said: list[object] = []
    entered: list[str] = []
    grid.committed.connect(said.append)
    grid.field_entered.connect(entered.append)
    type_text("x")
    press("Return")
    assert said == [Committed("a", "x")]
    assert entered == ["b"]


def test_errors_are_listed_in_reading_order(grid: FormGrid) -> None:
    grid.set_message("e", Level.ERROR, "填写戊")
    grid.set_message("a", Level.ERROR, "填写甲")
    grid.set_message("b", Level.WARN, "看一眼乙")
    assert grid.errors() == (("a", "填写甲"), ("e", "填写戊"))
    assert grid.editor("a").message() == Message(Level.ERROR, "填写甲")


def test_an_id_is_taken_once(grid: FormGrid) -> None:
    with pytest.raises(ValueError, match="a"):
        grid.add(TextEdit("a", "又一个"))


def test_a_cleared_grid_starts_anew(grid: FormGrid) -> None:
    grid.clear()
    assert grid.editors() == ()
    grid.add(TextEdit("a", "甲"))
    assert grid.has("a")


def test_a_section_says_how_far_it_is_in_words(grid: FormGrid) -> None:
    section = grid.section("one")
    section.set_progress(Progress.DONE)
    assert any(
        label.text() == "已填齐" for label in section.findChildren(QWidget)
        if hasattr(label, "text") and callable(label.text)
    )


def test_a_random_clerk_never_gets_trapped(show: Show, no_mouse: NoMouse) -> None:
    """T4: 5,000 random keys; after them every field can still be reached by Tab."""
    window = show(form())
    press("Tab", window)
    chance = random.Random(20170509)
    keys = ["Tab", "Shift+Tab", "Return", "Shift+Return", "Up", "Down", "Esc", "Home", "End",
            "Backspace", "Space", "Delete", "PgUp", "PgDown", *"0123456789xzhsaf"]
    for _ in range(5000):
        press(chance.choice(keys))
    reached = set()
    for _ in range(60):
        press("Tab")
        reached.add(focused().objectName())
    assert len(reached) == 11
    assert QApplication.activeModalWidget() is None


def test_a_key_that_became_a_shortcut_is_counted_too(
    grid: FormGrid, key_counter: KeyCounter
) -> None:
    fired: list[str] = []
    KeyMap().bind("review", grid, lambda: fired.append("review"))
    press("F8")
    press("Shift+Tab")
    assert fired == ["review"]
    assert key_counter.keys == ["F8", "Shift+Tab"]


@pytest.mark.parametrize("width", [1366, 1092, 910, 700, 520])
@pytest.mark.parametrize("size", list(Scale))
def test_a_narrow_form_puts_fewer_fields_side_by_side(
    show: Show, look: Look, size: Scale, width: int
) -> None:
    look.apply(size)
    grid = form()
    assert isinstance(grid, FormGrid)
    area = Scroller(grid)
    show(area, size=(width, 690))
    for editor in grid.editors():
        right = editor.mapTo(area, QPoint(editor.width(), 0)).x()
        assert right <= area.viewport().width(), (editor.label, grid.columns_now())
    places = [e.mapTo(grid, QPoint(0, 0)) for e in grid.editors()]
    rows = [(place.y(), place.x()) for place in places]
    assert rows == sorted(rows), "the order of reading stays"
    assert width < 1366 or grid.columns_now() == 6


def test_a_form_that_gets_room_again_spreads_out(show: Show) -> None:
    grid = form()
    assert isinstance(grid, FormGrid)
    window = show(Scroller(grid), size=(500, 690))
    narrow = grid.columns_now()
    window.resize(1366, 690)
    QApplication.processEvents()
    assert narrow < grid.columns_now() == 6


def test_a_hint_that_would_be_cut_is_left_out(show: Show) -> None:
    field = TextEdit("a", "甲", hint="序号或拼音首字母")
    window = show(field, size=(600, 200))
    assert field.line.placeholderText() == "序号或拼音首字母"
    window.resize(110, 200)
    QApplication.processEvents()
    assert field.line.placeholderText() == ""


@pytest.mark.parametrize("width", [1366, 700, 300])
def test_a_form_at_rest_is_not_laid_out_again(show: Show, width: int) -> None:
    grid = _grid()
    show(grid, size=(width, 690))
    for _ in range(30):
        QApplication.processEvents()
    layouts = Layouts()
    grid.installEventFilter(layouts)
    for _ in range(20):
        QApplication.processEvents()
    assert not layouts.seen


def test_a_scroll_bar_and_the_columns_do_not_chase_each_other(qtbot: QtBot) -> None:
    """A bar that comes and goes with the columns, all in one turn, ends with fewer columns."""
    window = QWidget()
    qtbot.addWidget(window)
    grid = FormGrid(columns=6, parent=window)
    grid.begin_section("one", "一")
    for number in range(6):
        grid.add(TextEdit(f"f{number}", "一个栏目"), span=1)
    grid.resize(2000, 400)
    window.show()
    QApplication.processEvents()
    width = next(w for w in range(2000, 0, -1) if columns_at(grid, w) < 6)
    QApplication.processEvents()
    seen = [columns_at(grid, width + step) for step in (5, 0) * 10]
    assert seen[0] == 6 and seen[-2] < 6
    QApplication.processEvents()
    assert columns_at(grid, width + 5) == 6


def columns_at(grid: FormGrid, width: int) -> int:
    grid.resize(width, 400)
    return grid.columns_now()
