"""Rows that name no student are passed over and told; a student never is."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.domain.roster_asides import Aside, aside_words, told
from tests.helpers.hostile_rosters import student
from tests.helpers.synthetic import hostile_texts

HEADINGS = ("序号", "姓名", "公民身份号码", "学号", "院系", "备注")
COLUMNS = {"name": 1, "citizen_id": 2, "student_number": 3, "college": 4, "note": 5}
NUMBER = f"{student()['公民身份号码']}"


def words(*cells: str) -> str:
    return aside_words(cells, COLUMNS, HEADINGS)


FOOTS: list[tuple[str, ...]] = [
    ("合计", "12人"), ("合計：12人",), ("", "合计"), ("总计", "", "12"), ("小 计", "3"),
    ("共计12人，男6人，女6人",), ("共 12 人",), ("本页小计", "", "", "20"),
    ("填表人：试甲样", "", "", "审核人：试乙样"), ("填表人", "试甲样"), ("校长签字：",),
    ("", "制表日期：2017-09-05"), ("", "", "", "制表日期：2017年9月5日"), ("2017年9月5日",),
    ("大连演练大学（章）",), ("学校盖章：", "", "", "经办人："), ("联系电话：0411-00000000",),
    ("注：1.本表一式两份。2.号码用文本格式。",), ("", "", "", "", "以下空白"), ("第 1 页 共 3 页",),
    HEADINGS, ("", "姓 名", "公民身份号码（18位）"), ("1", "2", "3", "4", "5", "6"),
    ("必填", "必填", "必填", "选填"), ("班级：演练1班",), ("", "演练17级1班（30人）"),
    ("", "", "", "", "专业：演练专业"),
]


@pytest.mark.parametrize("cells", FOOTS)
def test_what_is_no_student_is_passed_over(cells: tuple[str, ...]) -> None:
    assert words(*cells)


STUDENTS: list[tuple[str, ...]] = [
    ("1", "试甲样", NUMBER, "1", "演练学院", ""), ("", "合计", NUMBER), ("合计", "12人", NUMBER),
    ("1", "试甲样"), ("", "试甲样"), ("", "合样"), ("", "总样"), ("", "注样"), ("", "校样"),
    ("", "", "", "2017000001"), ("", "合计", "", "2017000001"), ("", "", "", "", "演练学院"),
    ("2017年9月5日", "试甲样", "", "", "演练学院"), ("1", "试甲样", "待补", "", "", "注：号码另报"),
    ("注：", "试甲样", "", "2017000001"), ("1", "合计样", "无"),
    ("学校", "试甲样", "", "2017000001"),
    ("单位", "试甲样", NUMBER[:15]), ("1", "试甲样", NUMBER[:6]), ("1", "12", "345"),
    ("", "试甲样", "", "", "演练1班"), ("", "试班"), ("", "试级"),
]


@pytest.mark.parametrize("cells", STUDENTS)
def test_whoever_may_be_a_student_stays_one(cells: tuple[str, ...]) -> None:
    assert words(*cells) == ""


@given(st.lists(hostile_texts(), min_size=6, max_size=6))
def test_a_row_with_a_number_is_never_passed_over(cells: Sequence[str]) -> None:
    assert words(*cells[:2], NUMBER, *cells[3:]) == ""


def test_what_was_passed_over_is_told_with_its_rows() -> None:
    (note,) = told([Aside(8, "合计 4人"), Aside(9, "填表人：试甲样")], 4)
    assert "第 8、9 行" in note
    assert "填表人：试甲样" in note
    assert told((), 4) == ()
    assert "等 5 行" in told([Aside(n, "注") for n in range(5)], 4)[0]


def test_a_sum_that_is_not_the_rows_is_told() -> None:
    assert len(told([Aside(8, "合计 ４ 人")], 4)) == 1
    note, _ = told([Aside(5, "小计 2"), Aside(8, "合计 5 人")], 4)
    assert "5 人" in note
    assert "4 行" in note
    assert len(told([Aside(8, "合计 男 6 人 女 6 人")], 4)) == 1
