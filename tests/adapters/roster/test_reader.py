"""What schools send: any sheet, any order, any encoding, and never a guess (R46)."""

from __future__ import annotations

import sys
from datetime import date, datetime
from pathlib import Path
from threading import Event

import pytest
import xlsxwriter

from desktop_app.adapters.roster.limits import READ_ROSTER
from desktop_app.adapters.roster.reader import ChildRosterReader, child_command
from desktop_app.domain.errors import InputError
from desktop_app.domain.roster import RosterRow
from desktop_app.services.ports import RosterFile
from tests.helpers.hostile_rosters import (
    student,
    students,
    table,
    write_csv,
    write_xls,
    write_xlsx,
)
from tests.helpers.synthetic import RARE, name

SYNONYMS = ("学生姓名", "身份证号", "是否自愿落户", "学院名称", "原户口所在地", "宿舍")


def read(path: Path, **options: object) -> RosterFile:
    return ChildRosterReader().read(path, options)


def cells(file: RosterFile, row: int = 0) -> RosterRow:
    return file.rows[row]


@pytest.mark.parametrize("suffix", ["xlsx", "xls", "csv"])
def test_every_kind_of_file_reads_alike(suffix: str, tmp_path: Path) -> None:
    write = {"xlsx": write_xlsx, "xls": write_xls, "csv": write_csv}[suffix]
    rows = students(3)
    file = read(write(tmp_path / f"a.{suffix}", table(rows)))
    assert [row.number for row in file.rows] == [2, 3, 4]
    for row, sent in zip(file.rows, rows, strict=True):
        assert row.cells["name"] == sent["姓名"]
        assert row.cells["citizen_id"] == sent["公民身份号码"]
        assert row.cells["voluntary"] == "是"


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le", "utf-16-be"]
)
def test_the_heading_row_decides_the_encoding(encoding: str, tmp_path: Path) -> None:
    lines = table([student(1, 姓名="陈大文"), student(2)])
    assert cells(read(write_csv(tmp_path / "a.csv", lines, encoding))).cells["name"] == "陈大文"


def test_big5_headings_are_known_and_fit_no_other_encoding(tmp_path: Path) -> None:
    lines = [["姓名", "公民身份號碼", "學號"], ["陳大文", "210102199801010021", "17"]]
    path = write_csv(tmp_path / "a.csv", lines, "big5")
    path.read_bytes().decode("gb18030")
    file = read(path)
    assert cells(file).cells["name"] == "陳大文"
    assert cells(file).cells["student_number"] == "17"


def test_text_that_fits_no_heading_is_never_taken_by_guess(tmp_path: Path) -> None:
    """R46: Big5 decodes as GB 18030 without an error, into other names (E10)."""
    lines = [["學生", "證號"], *(["陳大文", f"{n}"] for n in range(5_000))]
    path = write_csv(tmp_path / "a.csv", lines, "big5")
    path.read_bytes().decode("gb18030")
    with pytest.raises(InputError, match="编码"):
        read(path)
    seen = ChildRosterReader().look(path, {})
    assert seen.encodings["big5"][0] == ("學生", "證號")
    assert seen.encodings["gb18030"][0] != seen.encodings["big5"][0]
    chosen = read(path, encoding="big5", heading_row=1, columns={"name": 0, "citizen_id": 1})
    assert cells(chosen).cells == {"name": "陳大文", "citizen_id": "0"}


@pytest.mark.parametrize("mark", [",", "\t", ";", "，", "|"])
@pytest.mark.parametrize("end", ["\r\n", "\n", "\r"])
def test_separators_and_line_ends(mark: str, end: str, tmp_path: Path) -> None:
    path = write_csv(tmp_path / "a.csv", table(students(2)), mark=mark, end=end)
    assert [row.number for row in read(path).rows] == [2, 3]


def test_headings_in_any_order_by_synonyms_and_the_rest_is_told(tmp_path: Path) -> None:
    rows = [[f"{name(1)}", "210102199801010021", "是", "演练学院", "沈阳", "3号楼"]]
    file = read(write_xlsx(tmp_path / "a.xlsx", [list(SYNONYMS), *rows]))
    assert set(file.columns) == {"name", "citizen_id", "voluntary", "college", "origin_address"}
    assert file.headings == SYNONYMS


@pytest.mark.parametrize("above", [0, 1, 7, 19])
def test_the_headings_stand_anywhere_in_twenty_rows(above: int, tmp_path: Path) -> None:
    lines = table(students(2), above=["大连演练大学新生名册"] * above)
    file = read(write_xlsx(tmp_path / "a.xlsx", lines))
    assert file.heading_row == above + 1
    assert [row.number for row in file.rows] == [above + 2, above + 3]
    assert len(file.titles) == above


def test_merged_headings_in_two_rows(tmp_path: Path) -> None:
    book = xlsxwriter.Workbook(tmp_path / "a.xlsx")
    sheet = book.add_worksheet()
    sheet.merge_range("A1:A2", "姓名")
    sheet.merge_range("B1:C1", "证件")
    sheet.write_row("B2", ["公民身份号码", "户口迁移证编号"])
    sheet.write_row("A3", [name(1), "210102199801010021", "00000001"])
    book.close()
    file = read(tmp_path / "a.xlsx")
    assert (file.heading_row, cells(file).number) == (2, 3)
    assert cells(file).cells["certificate"] == "00000001"


def test_headings_in_two_rows_keep_what_only_one_of_them_has(tmp_path: Path) -> None:
    lines: list[list[object]] = [
        ["大连演练大学新生名册"], ["序号", "基本信息", "", "自愿落户"],
        ["", "姓名", "公民身份号码", ""], [1, name(1), "210102199801010021", "是"],
    ]
    file = read(write_xlsx(tmp_path / "a.xlsx", lines))
    assert (file.heading_row, [row.number for row in file.rows]) == (3, [4])
    assert cells(file).cells["voluntary"] == "是"


def test_the_words_of_a_merged_group_stand_for_all_its_rows(tmp_path: Path) -> None:
    book = xlsxwriter.Workbook(tmp_path / "a.xlsx")
    sheet = book.add_worksheet()
    sheet.write_row(0, 0, ["姓名", "公民身份号码", "班级", "自愿落户"])
    for row in range(1, 7):
        sheet.write_row(row, 0, [name(row), f"21010219980101{row:04d}"])
    sheet.merge_range("C2:C4", "甲班")
    sheet.merge_range("C5:C6", "乙班")
    sheet.merge_range("D2:D7", "是")
    sheet.write("C7", "丙班")
    book.close()
    file = read(tmp_path / "a.xlsx")
    assert [row.cells["class_name"] for row in file.rows] == ["甲班"] * 3 + ["乙班"] * 2 + ["丙班"]
    assert [row.cells.get("voluntary", "") for row in file.rows] == ["是"] + [""] * 5


def test_rows_that_are_no_students_are_set_aside(tmp_path: Path) -> None:
    lines = table(students(4))
    lines.insert(3, list(lines[0]))
    lines += [["合计", "", "4"], [], ["填表人：试甲样", "", "", "校长签字："]]
    for path in (write_xlsx(tmp_path / "a.xlsx", lines), write_csv(tmp_path / "a.csv", lines)):
        file = read(path)
        assert [row.number for row in file.rows] == [2, 3, 5, 6]
        assert [aside.number for aside in file.asides] == [4, 7, 9]


def test_another_sheet_that_looks_like_a_roster_is_named(tmp_path: Path) -> None:
    book = xlsxwriter.Workbook(tmp_path / "a.xlsx")
    for title, count in (("说明", 0), ("甲学院", 2), ("乙学院", 3), ("附表", 0)):
        sheet = book.add_worksheet(title)
        for row, line in enumerate(table(students(count)) if count else [["说明"]]):
            sheet.write_row(row, 0, line)
    book.close()
    file = read(tmp_path / "a.xlsx")
    assert (file.sheet, len(file.rows), file.others) == ("甲学院", 2, ("乙学院",))
    other = read(tmp_path / "a.xlsx", sheet="乙学院")
    assert (len(other.rows), other.others) == (3, ())
    with pytest.raises(InputError, match="没有工作表“丙学院”"):
        read(tmp_path / "a.xlsx", sheet="丙学院")


@pytest.mark.parametrize(
    ("content", "words"), [(b"<html><table>", "网页"), ("姓名\t身份证号".encode(), "文本")]
)
def test_a_page_or_a_text_under_the_name_of_a_workbook(
    content: bytes, words: str, tmp_path: Path
) -> None:
    (tmp_path / "a.xls").write_bytes(content)
    with pytest.raises(InputError, match=f"内容却是{words}"):
        read(tmp_path / "a.xls")


def test_hidden_sheets_are_passed_over_and_told(tmp_path: Path) -> None:
    book = xlsxwriter.Workbook(tmp_path / "a.xlsx")
    for title in ("旧名册", "新名册"):
        sheet = book.add_worksheet(title)
        for row, line in enumerate(table(students(1 if title == "新名册" else 5))):
            sheet.write_row(row, 0, line)
    sheet.activate()
    book.get_worksheet_by_name("旧名册").hide()
    book.close()
    file = read(tmp_path / "a.xlsx")
    assert (file.sheet, file.hidden, len(file.rows)) == ("新名册", ("旧名册",), 1)


def test_a_number_kept_as_a_number_is_known_to_be_rounded(tmp_path: Path) -> None:
    number = int("210102199801010021"[:17] + "1")
    rows = [student(1, 公民身份号码=number), student(2)]
    for write, path in ((write_xlsx, "a.xlsx"), (write_xls, "a.xls")):
        file = read(write(tmp_path / path, table(rows)))
        assert [row.rounded for row in file.rows] == [{"citizen_id"}, frozenset()]


@pytest.mark.parametrize("epoch", [{}, {"date_1904": True}])
def test_days_as_days(epoch: dict[str, object], tmp_path: Path) -> None:
    rows = [student(1, 出生日期=date(1998, 1, 1)), student(2, 出生日期=datetime(1998, 1, 1, 8))]
    file = read(write_xlsx(tmp_path / "a.xlsx", table(rows), options=epoch))
    assert {row.cells["birth_date"] for row in file.rows} == {"1998-01-01"}


def test_names_come_as_they_were_written(tmp_path: Path) -> None:
    names = [f"试{char}样" for char in RARE] + ["买买提·吐尔逊", "'试样", "=1+1", "试 样"]
    rows = [student(order, 姓名=text) for order, text in enumerate(names, start=1)]
    file = read(write_xlsx(tmp_path / "a.xlsx", table(rows)))
    assert [row.cells["name"] for row in file.rows] == [n.removeprefix("'") for n in names]


def test_blank_rows_are_passed_over_and_numbers_stay_those_of_the_sheet(tmp_path: Path) -> None:
    lines = table(students(2))
    lines.insert(2, [])
    for path in (write_xlsx(tmp_path / "a.xlsx", lines), write_csv(tmp_path / "a.csv", lines)):
        assert [row.number for row in read(path).rows] == [2, 4]


def test_reading_can_be_cancelled(tmp_path: Path) -> None:
    stop = Event()
    stop.set()
    path = write_xlsx(tmp_path / "a.xlsx", table(students(2)))
    with pytest.raises(InputError, match="取消"):
        ChildRosterReader().read(path, {}, cancelled=stop)


def test_progress_tells_the_rows(tmp_path: Path) -> None:
    told: list[int] = []
    path = write_csv(tmp_path / "a.csv", table(students(1_200)))
    ChildRosterReader().read(path, {}, progress=told.append)
    assert told[-1] == 1_200
    assert told == sorted(told)


@pytest.mark.parametrize("module", ["desktop_app", "desktop_app.admin"])
def test_the_installed_programs_are_their_own_reader(module: str, tmp_path: Path) -> None:
    path = write_csv(tmp_path / "a.csv", table(students(2)))
    root = str(Path(__file__).resolve().parents[3])
    code = f"import sys; sys.path[:0] = [{root!r}]; import runpy; runpy.run_module({module!r}, " \
           "run_name=\'__main__\')"
    reader = ChildRosterReader((sys.executable, "-c", code, READ_ROSTER))
    assert len(reader.read(path, {}).rows) == 2


def test_a_frozen_program_starts_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    assert child_command() == (sys.executable, READ_ROSTER)
