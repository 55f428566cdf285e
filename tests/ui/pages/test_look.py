"""What the eye asks of a screen: nothing broken or cut, one ring, colours of one meaning."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication, QHeaderView, QTableView
from pytestqt.qtbot import QtBot

from desktop_app.ui.pages.check import CheckPage
from desktop_app.ui.pages.outcome import OutcomePage
from desktop_app.ui.pages.workbench import WorkbenchPage
from desktop_app.ui.theme import TOKENS, Scale
from desktop_app.ui.widgets.case_table import CaseTable
from desktop_app.ui.widgets.plain import PlainLabel
from tests.helpers.people import answers_for
from tests.helpers.screens import cut_words, every_screen, is_in_sight, visible
from tests.helpers.screenshots import furnish
from tests.helpers.window_journey import Journey, journey

LONG_NAME = "𪚥吾热孜娜古丽·阿不都热合曼·买买提艾力吐尔逊江"
LONG_ADDRESS = "大连市庄河市城关街道演练路365号演练花园小区二期十二号楼三单元二十八层二八零一室"
SHAPES = [
    ((1366, 690), Scale.STANDARD), ((1366, 690), Scale.LARGE), ((1366, 690), Scale.EXTRA),
    ((1092, 552), Scale.STANDARD), ((910, 460), Scale.STANDARD),
]


def shape(walk: Journey, size: tuple[int, int], scale: Scale) -> None:
    walk.shell.rooms.settings_model.set_text_size(scale.value)
    walk.shell.resize(*size)
    settle()


def settle() -> None:
    for _ in range(8):  # each change of shape may lead to another one, in a later turn
        QApplication.processEvents()


def long_case(walk: Journey) -> str:
    given = answers_for("zero_threshold", 3, applicant__name=LONG_NAME,
                        residence__address=LONG_ADDRESS)
    return walk.world.ready("zero_threshold", given).case.id


def test_a_message_beneath_a_narrow_field_stays_on_one_line(tmp_path: Path, qtbot: QtBot) -> None:
    with journey(tmp_path) as walk:
        given = answers_for("zero_threshold", 2)
        del given["applicant.ethnicity"]
        walk.shell.go.intake(walk.counter.desk.open("zero_threshold", given).case.id)
        walk.press("F8")
        settle()
        editor = walk.shell.rooms.intake.form.editor("applicant.ethnicity")
        assert editor is not None
        line = editor.message_line
        assert line.text() == "填写民族"
        assert line.width() > editor.width(), "it goes on where there is room"
        assert line.height() < 2 * line.fontMetrics().height()
        field_bottom = editor.mapTo(walk.shell, editor.rect().bottomLeft())
        message_top = line.mapTo(walk.shell, line.rect().topLeft())
        assert 0 <= message_top.y() - field_bottom.y() <= 8
        assert abs(message_top.x() - field_bottom.x()) <= 2


def test_a_message_goes_when_its_field_is_hidden(tmp_path: Path, qtbot: QtBot) -> None:
    with journey(tmp_path) as walk:
        walk.shell.go.intake(walk.counter.desk.open("zero_threshold", {}).case.id)
        walk.press("F8")
        grid = walk.shell.rooms.intake.form.grid
        line = grid.editor("applicant.name").message_line
        assert line.isVisible()
        grid.set_field_shown("applicant.name", False)
        assert not line.isVisible()
        grid.set_field_shown("applicant.name", True)
        assert line.isVisible()


@pytest.mark.parametrize(("size", "scale"), SHAPES)
def test_lists_show_every_word_that_matters(
    size: tuple[int, int], scale: Scale, tmp_path: Path, qtbot: QtBot
) -> None:
    """No way to settle and no state is cut to dots; no list scrolls sideways."""
    with journey(tmp_path) as walk:
        furnish(walk.world)
        shape(walk, size, scale)
        for go in (walk.shell.go.workbench, walk.shell.go.approvals, walk.shell.go.search):
            go()
            if walk.where == "search":
                walk.type("2102")
                walk.press("Return")
            settle()
            for table in visible(walk.shell, CaseTable):
                assert isinstance(table, CaseTable)
                if not table.view.isVisible():
                    continue
                bar = table.view.horizontalScrollBar()
                assert bar.maximum() == 0, (walk.where, table.view.accessibleName())
                assert cut_cells(table, {"procedure", "status", "number"}) == [], walk.where


def cut_cells(table: CaseTable, ids: set[str]) -> list[str]:
    """Words of these columns that are wider than their column."""
    view, model = table.view, table.model()
    cut = []
    for number, column in enumerate(model.columns()):
        if column.id in ids and not view.isColumnHidden(number):
            room = view.columnWidth(number) - 26  # padding and Qt's margin, twice
            words = (str(model.index(row, number).data()) for row in range(model.rowCount()))
            cut += [w for w in words if view.fontMetrics().horizontalAdvance(w) > room]
    return cut


def test_a_roomy_list_leaves_nothing_out(tmp_path: Path, qtbot: QtBot) -> None:
    with journey(tmp_path) as walk:
        furnish(walk.world)
        walk.shell.go.workbench()
        settle()
        tables = [v for v in visible(walk.shell, QTableView) if isinstance(v, QTableView)]
        assert tables
        for view in tables:
            header = view.horizontalHeader()
            assert isinstance(header, QHeaderView)
            assert header.hiddenSectionCount() == 0


@pytest.mark.parametrize(("size", "scale"), SHAPES)
def test_the_check_breaks_no_number_and_cuts_no_long_name(
    size: tuple[int, int], scale: Scale, tmp_path: Path, qtbot: QtBot
) -> None:
    with journey(tmp_path) as walk:
        walk.shell.go.intake(long_case(walk))
        shape(walk, size, scale)
        walk.shell.go.check()
        settle()
        page = walk.page
        assert isinstance(page, CheckPage)
        told = {label.text(): label for label in page.answers.findChildren(PlainLabel)}
        number = told["210283 19780315 0030"]
        assert number.height() < 2 * number.fontMetrics().height()
        assert number.fontMetrics().horizontalAdvance(number.text()) <= number.width()
        assert "130 0000 0000" in told
        assert LONG_NAME in told
        assert LONG_ADDRESS in told
        assert cut_words(page) == []
        right = page.answers.mapTo(walk.shell, page.answers.rect().topRight()).x()
        left = page.consent.mapTo(walk.shell, page.consent.rect().topLeft()).x()
        assert right <= left, "the answers do not go on beneath the consent"


@pytest.mark.parametrize(("size", "scale"), SHAPES)
def test_rare_and_long_names_break_no_row(
    size: tuple[int, int], scale: Scale, tmp_path: Path, qtbot: QtBot
) -> None:
    with journey(tmp_path) as walk:
        case_id = long_case(walk)
        shape(walk, size, scale)
        walk.shell.go.search()
        walk.write(LONG_NAME)
        walk.press("Return")
        settle()
        view = walk.shell.rooms.search.cases.view
        assert view.rowHeight(0) < 2 * view.fontMetrics().height()
        for go in (walk.shell.go.case, walk.shell.go.intake):
            go(case_id)
            settle()
            assert cut_words(walk.page) == [], walk.where


def test_the_ring_is_only_where_the_keyboard_is(tmp_path: Path, qtbot: QtBot) -> None:
    with journey(tmp_path) as walk:
        walk.press("F2")
        ways = walk.shell.rooms.guide.ways
        settle()
        assert not any(row.property("current") for row in ways.rows())
        assert ways.rows()[0].property("chosen")
        ways.setFocus()
        settle()
        assert ways.rows()[0].property("current")
        walk.press("Down")
        assert [bool(row.property("current")) for row in ways.rows()][:2] == [False, True]
        assert is_in_sight(ways.rows()[1], walk.shell)


def test_the_selected_row_keeps_the_colour_of_its_state(tmp_path: Path, qtbot: QtBot) -> None:
    """The ink of a level is seen on the current row as on the others."""
    with journey(tmp_path) as walk:
        case = walk.world.desk().open("new_district_open", answers_for("zero_threshold", 6)).case
        walk.world.desk().supplement(case.id)
        walk.shell.go.workbench()
        settle()
        page = walk.page
        assert isinstance(page, WorkbenchPage)
        view = page.drafts.view
        assert view.currentIndex().row() == 0
        image = view.viewport().grab().toImage()
        high = view.rowHeight(0)
        inks = {
            image.pixelColor(x, y).rgb()
            for x in range(image.width()) for y in range(min(high, image.height()))
        }
        assert QColor(TOKENS.warn).rgb() in inks


def test_nothing_red_where_somebody_is_merely_not_eligible(tmp_path: Path, qtbot: QtBot) -> None:
    """An ineligible way is no error: no label and no panel wears the error's colour."""
    with journey(tmp_path) as walk:
        given = answers_for("zero_threshold", 2) | {"applicant.hukou_region": "210102"}
        walk.shell.go.intake(walk.counter.desk.open("zero_threshold", given).case.id)
        walk.press("F7")
        settle()
        page = walk.page
        assert isinstance(page, OutcomePage)
        panels = [w for w in visible(walk.shell, PlainLabel) if w.property("level") == "error"]
        assert panels == []
        assert page.verdict.headline().startswith("不适用")
        assert page.verdict.property("level") == "hint"


def test_empty_places_say_what_to_do_next(tmp_path: Path, qtbot: QtBot) -> None:
    with journey(tmp_path) as walk:
        for go in (walk.shell.go.workbench, walk.shell.go.approvals, walk.shell.go.search):
            go()
            settle()
            tables = [t for t in visible(walk.shell, CaseTable) if isinstance(t, CaseTable)]
            assert tables
            for table in tables:
                words = table.empty_text()
                assert any(key in words for key in ("F2", "F5", "Enter", "录")), words


def test_no_screen_leaves_the_keyboard_on_an_empty_frame(tmp_path: Path, qtbot: QtBot) -> None:
    with journey(tmp_path) as walk:
        walk.shell.go.approvals()
        settle()
        assert walk.focus_words() == "返回，Esc"
        assert walk.page.bar.reason_text() == ""


def test_words_of_the_screens_are_of_one_counter(tmp_path: Path, qtbot: QtBot) -> None:
    """One word for one thing: a receipt is a 回执, an approval a 批准, the installer 信息员."""
    with journey(tmp_path) as walk:
        for screen in every_screen(walk):
            for label in visible(walk.shell, PlainLabel):
                assert isinstance(label, PlainLabel)
                for odd in ("受理单", "管理员", "已已", "待补材料"):
                    assert odd not in label.text(), (screen, label.text())
