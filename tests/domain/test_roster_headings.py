"""Headings however they are spelt and wherever they stand."""

from __future__ import annotations

import pytest

from desktop_app.domain.roster import COLUMNS
from desktop_app.domain.roster_headings import (
    heading_row,
    is_heading_row,
    match_headings,
    plain_heading,
)


@pytest.mark.parametrize(
    ("heading", "column"),
    [("姓 名", "name"), ("*姓名", "name"), ("姓名/Name", "name"), ("新生姓名", "name"),
     ("身份证\n号码", "citizen_id"), ("*身份证号码（18位）", "citizen_id"),
     ("證件號碼", "citizen_id"),
     ("院（系、部）", "college"), ("二级学院", "college"), ("专业（方向）", "major"),
     ("行政班级", "class_name"), ("户口所在地详细地址", "origin_address"),
     ("是否将户口迁入学校", "voluntary"), ("自愿落户（是/否）", "voluntary"),
     ("出生年月", "birth_date")],
)
def test_a_heading_as_schools_write_it(heading: str, column: str) -> None:
    assert match_headings([heading]) == {column: 0}


@pytest.mark.parametrize(
    "heading",
    ["监护人姓名", "监护人身份证号", "父亲姓名", "家庭住址", "籍贯", "生源地", "是否已迁户口",
     "是否办理迁移证", "序号", "联系电话", "是否住校", "户口性质", "自愿放弃落户"],
)
def test_what_means_something_else_is_not_taken(heading: str) -> None:
    assert match_headings([heading]) == {}


def test_no_two_columns_share_a_heading() -> None:
    words = [plain_heading(w) for c in COLUMNS for w in (c.label, *c.synonyms)]
    assert len(words) == len(set(words))


def test_of_two_headings_for_one_column_the_better_is_taken() -> None:
    assert match_headings(["班级代码", "班级名称"]) == {"class_name": 1}
    assert match_headings(["身份证号", "公民身份号码"]) == {"citizen_id": 1}
    assert match_headings(["姓名", "姓名"]) == {"name": 0}
    assert match_headings(["证件", "公民身份号码"], {"证件": "citizen_id"}) == {"citizen_id": 0}
    assert match_headings(["备注", "姓名"], {"备注": ""}) == {"name": 1}


UPPER = ("序号", "姓名", "公民身份号码", "户籍", "", "自愿落户")


def test_headings_in_two_rows_whichever_has_what_is_needed() -> None:
    lower = ("", "", "", "原户籍地址", "区划代码", "")
    assert heading_row([("名册",), UPPER, lower, ("1", "试", "2")]) == (
        2, ("序号", "姓名", "公民身份号码", "原户籍地址", "区划代码", "自愿落户"),
    )
    above = ("序号", "基本信息", "", "", "自愿落户")
    below = ("", "姓名", "性别", "公民身份号码", "")
    found = heading_row([("名册",), above, below, ("1", "试", "男", "2", "是")])
    assert found == (2, ("序号", "姓名", "性别", "公民身份号码", "自愿落户"))


def test_a_student_is_never_taken_for_a_second_heading_row() -> None:
    rows = [("姓名", "公民身份号码", "备注"), ("试", "", "学院"), ("", "", "另报")]
    assert heading_row(rows) == (0, rows[0])


def test_a_row_without_name_or_number_is_no_heading_row() -> None:
    assert not is_heading_row(["姓名", "学号"])
    assert heading_row([("通知",), ("姓名", "学号")]) is None
