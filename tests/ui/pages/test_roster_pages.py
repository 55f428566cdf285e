"""The pages of freshers' day one by one: what they ask, refuse and say."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop_app.domain.case import Status
from desktop_app.domain.roster import Lane
from desktop_app.domain.station import School
from desktop_app.services.ports import RosterLook
from desktop_app.services.roster_sheets import Received
from desktop_app.ui.pages.roster import RosterPage
from desktop_app.ui.pages.roster_check import RosterCheckPage
from desktop_app.ui.pages.roster_columns import RosterColumnsPage, letters
from desktop_app.ui.pages.roster_papers import RosterPapersPage
from desktop_app.ui.pages.roster_parts import masked_number
from desktop_app.ui.widgets.messages import Committed
from desktop_app.ui.widgets.reauth_dialog import ReAuthDialog
from tests.helpers.counter_window import counter_for
from tests.helpers.hostile_rosters import student, students, table, write_csv, write_xlsx
from tests.helpers.keys import press
from tests.helpers.roster_office import RosterOffice
from tests.helpers.rosters import HEADINGS, faulty, fresher, write_roster
from tests.helpers.window_journey import journey
from tests.helpers.world import (
    CLERK,
    PASSWORD,
    SCHOOL,
    STATION,
    SUPERVISOR,
    World,
    open_world,
)

OTHER = School("19998", "大连演练学院")


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    opened = open_world(tmp_path, replace(STATION, training=False))
    yield opened
    opened.store.close()


def taken(world: World, folder: Path, count: int = 3) -> str:
    """A batch that a clerk took."""
    rosters = counter_for(world, CLERK).students.rosters
    path = write_roster(folder / "a.xlsx", [fresher(n) for n in range(count)])
    return rosters.take(rosters.check(path, SCHOOL.code), Received()).batch.id


def answer_password(*words: str) -> None:
    """Type passwords into the dialog that is about to come up."""
    def give() -> None:
        dialog = QApplication.activeModalWidget()
        if dialog is None:  # the key that opens it is still on its way
            QTimer.singleShot(0, give)
            return
        assert isinstance(dialog, ReAuthDialog)
        for text in words:
            dialog.field().line.insert(text)
            press("Return", dialog.field().line)
        if dialog.isVisible():
            press("Esc", dialog)
    QTimer.singleShot(0, give)


def test_a_supervisor_decides_on_what_a_clerk_took_with_the_password(
    world: World, tmp_path: Path, qtbot: QtBot
) -> None:
    batch_id = taken(world, tmp_path)
    with journey(tmp_path, SUPERVISOR, world=world) as walk:
        walk.press("Alt+4", "B")
        answer_password("不对的口令", PASSWORD)
        walk.press("A")
        assert walk.shell.rooms.students.batch.count(Status.APPROVED) == 3
        assert "已批准 3 人" in walk.said()
    assert counter_for(world).students.rosters.batch(batch_id).counts[Status.APPROVED] == 3


def test_without_the_password_nothing_is_decided(
    world: World, tmp_path: Path, qtbot: QtBot
) -> None:
    taken(world, tmp_path)
    with journey(tmp_path, SUPERVISOR, world=world) as walk:
        walk.press("Alt+4", "B")
        answer_password("不对的口令")
        walk.press("A")
        assert walk.shell.rooms.students.batch.count(Status.ACCEPTED) == 3


def test_the_clerk_who_took_a_batch_is_told_who_decides(
    world: World, tmp_path: Path, qtbot: QtBot
) -> None:
    taken(world, tmp_path)
    with journey(tmp_path, CLERK, world=world) as walk:
        walk.press("Alt+4", "B", "A")
        assert walk.page.bar.reason_text()
        assert walk.shell.rooms.students.batch.count(Status.ACCEPTED) == 3


def test_a_school_is_chosen_first_where_there_are_several(
    world: World, tmp_path: Path, qtbot: QtBot
) -> None:
    world.station = replace(world.station, schools=(SCHOOL, OTHER))
    path = write_roster(tmp_path / "a.xlsx", [fresher(1)])
    with journey(tmp_path, CLERK, world=world) as walk:
        walk.press("Alt+4")
        assert walk.field == "roster.school"
        walk.press("Ctrl+O")
        assert walk.where == "roster"
        walk.type("2")
        walk.press("Return")
        assert walk.shell.rooms.students.roster.school == OTHER.code
        assert walk.field == "roster.file"
        walk.type(str(path))
        walk.press("Return")
        assert walk.where == "roster_check", walk.said()


def test_a_file_that_is_not_there_is_said_at_the_field(
    world: World, tmp_path: Path, qtbot: QtBot
) -> None:
    with journey(tmp_path, CLERK, world=world) as walk:
        walk.press("Alt+4")
        page = walk.page
        assert isinstance(page, RosterPage)
        page.file.focus_line()
        walk.type("nowhere.xlsx")
        walk.press("Return")
        message = page.file.message()
        assert message is not None
        assert "没有这个文件" in message.text


def test_a_station_without_schools_says_so(world: World, tmp_path: Path, qtbot: QtBot) -> None:
    world.station = replace(world.station, schools=())
    with journey(tmp_path, CLERK, world=world) as walk:
        walk.press("Alt+4", "Ctrl+O")
        assert "没有负责的学校" in walk.page.bar.reason_text()


def test_tabs_show_one_lane_and_the_cursor_stays_near(
    world: World, tmp_path: Path, qtbot: QtBot
) -> None:
    path = write_roster(tmp_path / "a.xlsx", faulty(80))
    with journey(tmp_path, CLERK, world=world) as walk:
        walk.ask.answers.append(path)
        walk.press("Alt+4", "Return", "6")
        page = walk.page
        assert isinstance(page, RosterCheckPage)
        assert page.table.model().rowCount() == 2
        walk.press("1", "Down", "Down", "Down", "Alt+A")
        row = page.current()
        assert row is not None
        assert row.row.number == 6
        assert row.lane is Lane.READY


def test_the_clerk_learns_what_was_exported(
    world: World, tmp_path: Path, qtbot: QtBot
) -> None:
    path = write_roster(tmp_path / "a.xlsx", faulty(40))
    with journey(tmp_path, CLERK, world=world) as walk:
        walk.ask.answers.extend([path, tmp_path / "b.xlsx"])
        walk.press("Alt+4", "Return", "Ctrl+E")
        assert (tmp_path / "b.xlsx").is_file()
        assert "b.xlsx" in walk.said()


def test_the_choice_of_columns_shows_no_whole_number(
    world: World, tmp_path: Path, qtbot: QtBot
) -> None:
    path = write_roster(tmp_path / "a.xlsx", [fresher(1)], ("A", "B", "C", *HEADINGS[3:]))
    with journey(tmp_path, CLERK, world=world) as walk:
        walk.ask.answers.append(path)
        walk.press("Alt+4", "Return")
        page = walk.page
        assert isinstance(page, RosterColumnsPage)
        assert page.table is not None
        model = page.table.model()
        cells = [
            str(model.data(model.index(row, column)))
            for row in range(model.rowCount()) for column in range(model.columnCount())
        ]
        assert fresher(1)[2] not in cells
        assert any("********" in cell for cell in cells)


def as_sent(folder: Path) -> Path:
    """A file as schools send them: no free choice, a title, a foot, columns of their own."""
    headings = [label for label in student() if label != "自愿落户"] + ["宿舍"]
    lines = table(students(12), headings, above=["新生名册"])
    lines[4][headings.index("公民身份号码")] = "无"
    return write_xlsx(folder / "a.xlsx", [*lines, ["合计", "", "13"], ["填表人：试甲样"]])


def test_one_note_is_in_sight_and_the_others_a_key_away(
    world: World, tmp_path: Path, qtbot: QtBot
) -> None:
    with journey(tmp_path, CLERK, world=world) as walk:
        walk.ask.answers.append(as_sent(tmp_path))
        walk.press("Alt+4", "Return")
        page = walk.page
        assert isinstance(page, RosterCheckPage)
        assert "没有“自愿落户”一列" in page.banner.text()
        assert "按 N 看" in page.banner.text()
        walk.press("N")
        kind, _, text = walk.ask.asked[-1]
        assert kind == "warn"
        for words in ("13 人", "合计", "填表人", "宿舍"):
            assert words in text


def test_what_stands_in_place_of_a_number_is_shown(
    world: World, tmp_path: Path, qtbot: QtBot
) -> None:
    with journey(tmp_path, CLERK, world=world) as walk:
        walk.ask.answers.append(as_sent(tmp_path))
        walk.press("Alt+4", "Return", "5")
        page = walk.page
        assert isinstance(page, RosterCheckPage)
        model = page.table.model()
        shown = [str(model.data(model.index(0, column))) for column in range(4)]
        assert "无" in shown
        assert masked_number(f"{student()['公民身份号码']}").startswith("210102****")


def test_another_file_begins_with_all_its_rows(
    world: World, tmp_path: Path, qtbot: QtBot
) -> None:
    first = write_roster(tmp_path / "a.xlsx", faulty(40))
    second = write_roster(tmp_path / "b.xlsx", [fresher(90), fresher(91)])
    with journey(tmp_path, CLERK, world=world) as walk:
        walk.ask.answers.extend([first, second])
        walk.press("Alt+4", "Return", "5", "Escape", "Ctrl+O")
        page = walk.page
        assert isinstance(page, RosterCheckPage)
        assert page.table.model().rowCount() == 2


def test_the_encoding_is_chosen_where_no_heading_tells_it(
    world: World, tmp_path: Path, qtbot: QtBot
) -> None:
    number = f"{student()['公民身份号码']}"
    lines: list[list[object]] = [["學生", "證號", "願"], ["陳大文", number, "是"]]
    with journey(tmp_path, CLERK, world=world) as walk:
        walk.ask.answers.extend([
            write_roster(tmp_path / "a.xlsx", faulty(40)),
            write_csv(tmp_path / "a.csv", lines, "big5"),
        ])
        walk.press("Alt+4", "Return", "Escape", "Ctrl+O")
        page = walk.page
        assert isinstance(page, RosterColumnsPage)
        assert all(pick.text() in ("", "0", "1", "2") for pick in page.picks.values())
        assert page.encoding.hasFocus() or page.encoding.line.hasFocus()
        page.encoding.set_text("big5")
        page._on_encoding(Committed("columns.encoding", "big5"))
        assert page._rows(walk_look(page))[0] == ("學生", "證號", "願")
        for column, place in (("name", "0"), ("citizen_id", "1"), ("voluntary", "2")):
            page.picks[column].set_text(place)
        walk.press("F9")
        checked = walk.page
        assert isinstance(checked, RosterCheckPage)
        row = checked.current()
        assert row is not None
        assert row.row.cells["name"] == "陳大文"


def test_headings_of_two_rows_are_offered_together(
    world: World, tmp_path: Path, qtbot: QtBot
) -> None:
    number = f"{student()['公民身份号码']}"
    path = write_xlsx(tmp_path / "a.xlsx", [
        ["新生名册"], ["序号", "基本信息", "", "自愿落户", "班级"],
        ["", "姓名", "公民身份号码", "", ""], [1, "试甲样", number, "是", "一班"],
    ])
    with journey(tmp_path, CLERK, world=world) as walk:
        walk.ask.answers.append(path)
        walk.press("Alt+4", "Return", "M")
        page = walk.page
        assert isinstance(page, RosterColumnsPage)
        assert page.heading_at.text() == "3"
        assert (page.picks["voluntary"].text(), page.picks["class_name"].text()) == ("3", "4")
        walk.press("F9")
        checked = walk.page
        assert isinstance(checked, RosterCheckPage)
        row = checked.current()
        assert row is not None
        assert row.row.cells["class_name"] == "一班"
        assert checked._model.check is not None
        assert checked._model.check.accepted == 1


def walk_look(page: RosterColumnsPage) -> RosterLook:
    """The beginning of the file in hand."""
    look = page._model.look
    assert look is not None
    return look


def test_leafing_goes_on_past_the_pages_at_hand(
    world: World, tmp_path: Path, qtbot: QtBot
) -> None:
    batch = taken(world, tmp_path, 5)
    RosterOffice(world, tmp_path).rosters(SUPERVISOR).decide(batch, PASSWORD)
    with journey(tmp_path, CLERK, world=world) as walk:
        walk.press("Alt+4", "B", "E", "Ctrl+P", "Ctrl+P")
        page = walk.page
        assert isinstance(page, RosterPapersPage)
        preview, paper = page.panel.preview, page.current()
        assert paper is not None
        seen = []
        for _ in range(paper.pages + 2):
            seen.append(preview.page())
            walk.press("PgDown")
        assert seen[: paper.pages] == list(range(1, paper.pages + 1))
        assert seen[-1] == paper.pages
        preview.setFocus()
        walk.press("Home")
        assert preview.page() == 1
        walk.press("End", "PgUp")
        assert preview.page() == paper.pages - 1


def test_columns_are_named_as_spreadsheets_do() -> None:
    assert [letters(place) for place in (0, 25, 26, 51, 52, 701, 702)] == [
        "A", "Z", "AA", "AZ", "BA", "ZZ", "AAA"
    ]
