"""Files as schools send them, from reading to the report: nobody lost, nothing asked twice."""

from __future__ import annotations

from pathlib import Path

import pytest
import xlsxwriter

from desktop_app.domain.batch import Outcome
from desktop_app.domain.errors import InputError
from desktop_app.domain.roster import Lane
from desktop_app.services.roster_sheets import RosterOptions
from tests.helpers.hostile_rosters import student, students, table, write_csv
from tests.helpers.roster_office import RosterOffice
from tests.helpers.world import SCHOOL, World

KEYS = {"file", "sheet", "rows", "accepted", "refused", "alerts", "problems"}


@pytest.fixture
def office(world: World, tmp_path: Path) -> RosterOffice:
    return RosterOffice(world, tmp_path)


def without(*labels: str) -> tuple[str, ...]:
    return tuple(label for label in student() if label not in labels)


def test_a_file_without_the_free_choice_says_so_once(office: RosterOffice) -> None:
    lines = table(students(30), without("自愿落户"))
    path = write_csv(office.folder / "a.csv", [["大连演练大学新生名册"], *lines])
    checked = office.rosters().check(path, SCHOOL.code)
    report = checked.report()
    assert {key: report[key] for key in KEYS - {"problems", "file"}} == {
        "sheet": "", "rows": 30, "accepted": 0, "refused": 30, "alerts": 0,
    }
    (problem,) = checked.problems
    assert (problem.row, problem.column, problem.code) == (2, "自愿落户", "not_voluntary")
    assert len(checked.in_lane(Lane.ASK)) == 30
    assert office.world.wrote_nothing(lambda: office.rosters().take(checked), InputError)
    told = office.rosters().reconcile_check(checked)
    assert (told.counts[Outcome.WAITING], told.balanced) == (30, True)
    asked = office.rosters().correct(checked, 3, {"voluntary": "是"})
    assert (asked.accepted, len(asked.problems)) == (1, 1)
    office.rosters().take(asked)
    declined = office.rosters().correct(checked, 4, {"voluntary": "否"})
    assert [p.row for p in declined.problems] == [2, 4]


def test_what_no_column_tells_is_asked_once(office: RosterOffice) -> None:
    lines = table(students(20), without("民族", "原户籍地址", "原户籍地区划代码"))
    checked = office.rosters().check(write_csv(office.folder / "a.csv", lines), SCHOOL.code)
    assert [(p.row, p.column, p.code) for p in checked.problems] == [
        (1, "民族", "missing_value"), (1, "原户籍地址", "missing_value"),
    ]
    assert (checked.accepted, checked.alerts) == (20, 2)


def test_the_foot_of_a_roster_is_told_and_nobody_is_lost(office: RosterOffice) -> None:
    lines = table(students(5))
    lines.insert(3, ["小计", "", "2"])
    lines += [["合计", "", "6"], ["填表人：试甲样", "", "", "校长签字："], ["试乙样"]]
    path = write_csv(office.folder / "a.csv", lines)
    checked = office.rosters().check(path, SCHOOL.code)
    assert [row.row.number for row in checked.rows] == [2, 3, 5, 6, 7, 10]
    assert [row.row.number for row in checked.in_lane(Lane.REFUSED)] == [10]
    (note,) = checked.notes
    assert "第 4、8、9 行" in note
    told = office.rosters().reconcile(office.rosters().take(checked).batch.id)
    assert (told.sent, len(told.lines), told.balanced) == (6, 6, True)
    short = write_csv(office.folder / "b.csv", [*table(students(5)), ["合计", "", "6"]])
    missing, _ = office.rosters().check(short, SCHOOL.code).notes
    assert "6 人" in missing


def test_traditional_words_in_big5_are_the_same_datum(office: RosterOffice) -> None:
    headings = ("姓名", "性別", "身份證號碼", "民族", "是否自願落戶", "戶籍地址")
    lines: list[list[object]] = [list(headings)]
    for order, group in enumerate(("漢族", "滿族", "蒙古族", "達斡爾族"), start=1):
        one = student(order)
        lines.append(["陳大文", one["性别"], one["公民身份号码"], group, "自願", "大連市"])
    path = write_csv(office.folder / "a.csv", lines, "big5")
    checked = office.rosters().check(path, SCHOOL.code)
    assert (checked.accepted, checked.problems) == (4, ())
    assert [row.answers["applicant.ethnicity"] for row in checked.rows] == ["01", "11", "02", "31"]


def test_corrections_of_one_sheet_are_not_those_of_another(office: RosterOffice) -> None:
    book = xlsxwriter.Workbook(office.folder / "a.xlsx")
    for place, title in enumerate(("甲学院", "乙学院")):
        sheet = book.add_worksheet(title)
        for row, line in enumerate(table(students(2, first=1 + place * 2))):
            sheet.write_row(row, 0, line)
    book.close()
    rosters, path = office.rosters(), office.folder / "a.xlsx"
    first = rosters.check(path, SCHOOL.code)
    assert any("乙学院" in note for note in first.notes)
    rosters.correct(first, 2, {"name": "试改样"})
    rosters.take(first)
    other = rosters.check(path, SCHOOL.code, RosterOptions(sheet="乙学院"))
    assert [row.row.cells["name"] for row in other.rows] == [
        student(3)["姓名"], student(4)["姓名"]
    ]
    assert other.accepted == 2
    batch = rosters.take(other).batch
    assert rosters.batch_of(batch.file_sha256, "乙学院") == batch
    assert rosters.check(path, SCHOOL.code).rows[0].row.cells["name"] == "试改样"
