"""Rows and lanes: what keeps a row out, what is only asked about, and what is suggested."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.domain.citizen_id import check_digit
from desktop_app.domain.roster import COLUMNS, CheckedRow, Lane, Level, RosterRow
from desktop_app.domain.roster_cells import RosterContext
from desktop_app.domain.roster_check import check_rows, recheck
from tests.helpers.hostile_rosters import student
from tests.helpers.synthetic import hostile_texts

IDS = {column.label: column.id for column in COLUMNS}
CONTEXT = RosterContext(
    codes={
        "sex": {"男": "1", "女": "2", "1": "1", "2": "2"},
        "ethnicity": {"汉族": "01", "01": "01", "维吾尔族": "05"},
    },
    regions={"210102", "219001"}, registered=frozenset(),
    undrawable=lambda text: [char for char in text if char == "\U0003fffd"],
    today=date(2017, 9, 1),
)


def row(order: int = 1, at: int = 0, **changes: Any) -> RosterRow:
    cells = {IDS[label]: f"{value}" for label, value in student(order, **changes).items() if value}
    return RosterRow(at or order + 1, cells)


def check(*rows: RosterRow, context: RosterContext = CONTEXT) -> tuple[CheckedRow, ...]:
    return check_rows(rows, context)


def codes(checked: CheckedRow) -> set[str]:
    return {problem.code for problem in checked.problems}


def test_a_clean_row_is_ready_with_the_answers_of_a_case() -> None:
    (found,) = check(row())
    assert (found.lane, found.problems, found.good) == (Lane.READY, (), True)
    assert found.answers["applicant.name"] == student()["姓名"]
    assert found.answers["applicant.citizen_id"] == student()["公民身份号码"]
    assert found.answers["applicant.hukou_region"] == "210102"
    assert found.answers["student.admission_number"] == student()["录取通知书编号"]


NUMBER = f"{student()['公民身份号码']}"
WRONG = NUMBER[:17] + ("0" if NUMBER[17] != "0" else "1")
ERRORS = [
    ({"姓名": ""}, "missing_value", Lane.REFUSED),
    ({"公民身份号码": ""}, "missing_value", Lane.REFUSED),
    ({"民族": ""}, "missing_value", Lane.REFUSED),
    ({"公民身份号码": WRONG}, "bad_check_digit", Lane.REFUSED),
    ({"公民身份号码": NUMBER[:15]}, "bad_check_digit", Lane.REFUSED),
    ({"公民身份号码": "2.10102E+17"}, "bad_check_digit", Lane.REFUSED),
    ({"公民身份号码": "21010219981301001X"}, "bad_date", Lane.REFUSED),
    ({"出生日期": "1998-02-30"}, "bad_date", Lane.REFUSED),
    ({"出生日期": "1999-01-01"}, "birth_mismatch", Lane.REFUSED),
    ({"民族": "火星族"}, "unknown_ethnicity", Lane.REFUSED),
    ({"姓名": "试" * 51}, "too_long", Lane.REFUSED),
    ({"姓名": "试\u202e样"}, "unprintable_character", Lane.REFUSED),
    ({"姓名": "试\u200b样"}, "unprintable_character", Lane.REFUSED),
    ({"姓名": "试\U0003fffd样"}, "unprintable_character", Lane.REFUSED),
    ({"备注": "甲\n乙"}, "unprintable_character", Lane.REFUSED),
    ({"自愿落户": "否"}, "not_voluntary", Lane.NOT_CHOSEN),
    ({"自愿落户": ""}, "not_voluntary", Lane.ASK),
    ({"自愿落户": "再想想"}, "not_voluntary", Lane.ASK),
]


@pytest.mark.parametrize(("changes", "code", "lane"), ERRORS)
def test_what_keeps_a_row_out(changes: dict[str, Any], code: str, lane: Lane) -> None:
    (found,) = check(row(**changes))
    assert code in codes(found)
    assert (found.lane, found.good) == (lane, False)
    assert all(problem.row == 2 and problem.message for problem in found.problems)


@pytest.mark.parametrize(
    ("changes", "code"),
    [({"性别": "女" if student()["性别"] == "男" else "男"}, "sex_mismatch"),
     ({"原户籍地区划代码": "999999"}, "unknown_region")],
)
def test_what_is_only_asked_about(changes: dict[str, Any], code: str) -> None:
    (found,) = check(row(**changes))
    assert [(p.code, p.level) for p in found.problems] == [(code, Level.ALERT)]
    assert (found.lane, found.good) == (Lane.ASK, True)


@pytest.mark.parametrize(
    "changes",
    [{"公民身份号码": NUMBER.translate(str.maketrans("0123456789", "０１２３４５６７８９"))},
     {"出生日期": "35796"}, {"出生日期": "34334"}, {"出生日期": "1998/1/1 00:00:00"},
     {"出生日期": "1998年1月1日"}, {"民族": "汉"}, {"性别": "男性" if student()["性别"] == "男"
                                                          else "女性"},
     {"自愿落户": " Y "}, {"姓名": "买买提•吐尔逊"}],
)
def test_what_schools_write_is_understood(changes: dict[str, Any]) -> None:
    (found,) = check(row(**changes))
    assert found.problems == ()
    assert found.answers["applicant.citizen_id"] == NUMBER


def test_the_small_x_and_the_times_sign() -> None:
    first = next(
        text for order in range(1, 99)
        for text in [f"21010219980101{order:03d}"] if check_digit(text) == "X"
    )
    for last in ("x", "X", "Ｘ", "×"):
        (found,) = check(row(公民身份号码=first + last, 性别=""))
        assert found.answers["applicant.citizen_id"] == first + "X"


def test_a_wrong_last_digit_has_a_suggestion() -> None:
    (found,) = check(row(公民身份号码=WRONG))
    assert [problem.suggestion for problem in found.problems] == [NUMBER]


def test_a_rounded_number_says_so_and_suggests_nothing() -> None:
    (found,) = check(replace(row(), rounded=frozenset({"citizen_id"})))
    assert "数值" in found.problems[0].message
    assert found.problems[0].suggestion == ""


def test_a_number_twice_is_taken_once() -> None:
    first, again = check(row(1, 2), row(1, 9))
    assert first.lane is Lane.READY
    assert (again.lane, codes(again)) == (Lane.DUPLICATE, {"duplicate_in_file"})
    assert "第 2 行" in again.problems[0].message


def test_an_empty_number_is_nobodys() -> None:
    found = check(*(row(order, 公民身份号码="", 学号="", 考生号="") for order in (1, 2, 3)))
    assert [codes(one) for one in found] == [{"missing_value"}] * 3


def test_who_is_registered_is_not_taken_again() -> None:
    context = replace(CONTEXT, registered=frozenset({NUMBER}))
    (found,) = check(row(), context=context)
    assert (found.lane, codes(found)) == (Lane.DUPLICATE, {"already_registered"})


def test_a_child_needs_a_guardian_at_the_counter() -> None:
    number = "21010220040101001"
    number += check_digit(number)
    (found,) = check(row(公民身份号码=number, 出生日期="", 性别=""))
    assert codes(found) == {"not_voluntary"}
    assert "监护人" in found.problems[0].message


def test_a_column_the_school_does_not_have_is_only_asked_about() -> None:
    context = replace(CONTEXT, columns=frozenset(IDS.values()) - {"ethnicity"})
    (found,) = check(row(民族=""), context=context)
    assert (found.lane, found.good) == (Lane.ASK, True)


def test_rechecking_one_row_is_the_same_as_checking_all() -> None:
    rows = [row(1, 2), row(2, 3), row(1, 4), row(3, 5)]
    before = check(*rows)
    for changed in (row(9, 2), row(2, 4), row(1, 5), row(1, 3)):
        expected = check(*(changed if old.number == changed.number else old for old in rows))
        assert recheck(before, changed, CONTEXT) == expected


@given(st.dictionaries(st.sampled_from(sorted(IDS.values())), hostile_texts(), max_size=16))
def test_no_words_break_the_check(cells: dict[str, str]) -> None:
    kept = {column: text.strip() for column, text in cells.items() if text.strip()}
    (found,) = check(RosterRow(2, kept))
    assert found.good is not any(p.level is Level.ERROR for p in found.problems)
    assert found.lane in Lane


def number_born(born: str, order: int = 11) -> str:
    return (first := f"210102{born}{order:03d}") + check_digit(first)


@pytest.mark.parametrize("born", ["20170902", "20300101", "18500101", "18860901"])
def test_nobody_is_born_tomorrow_or_too_long_ago(born: str) -> None:
    (found,) = check(row(公民身份号码=number_born(born), 出生日期="", 性别=""))
    assert [(p.column, p.code, p.suggestion) for p in found.problems] == [
        ("公民身份号码", "bad_date", "")
    ]
    assert (found.lane, "applicant.citizen_id" in found.answers) == (Lane.REFUSED, False)


def test_a_child_of_today_and_the_oldest_are_plausible() -> None:
    for born in ("20170901", "18870901"):
        (found,) = check(row(公民身份号码=number_born(born), 出生日期="", 性别=""))
        assert "bad_date" not in codes(found)


@pytest.mark.parametrize("written", ["2017-09-02", "1886-09-01", "20991231"])
def test_a_birth_date_no_student_has_is_a_bad_date(written: str) -> None:
    (found,) = check(row(出生日期=written))
    assert [(p.column, p.code) for p in found.problems] == [("出生日期", "bad_date")]


def test_no_number_is_suggested_that_nobody_can_have() -> None:
    for first in ("21010220300101011", "01010219980101011", "81000019980101011"):
        wrong = "0" if check_digit(first) != "0" else "1"
        (found,) = check(row(公民身份号码=first + wrong, 出生日期="", 性别=""))
        assert [p.suggestion for p in found.problems] == [""]


@pytest.mark.parametrize(
    ("text", "code", "says"),
    [("无", "missing_value", "“无”"), ("E12345678", "bad_check_digit", "字母 E"),
     ("待补\u202e", "missing_value", "U+202E")],
)
def test_what_is_no_citizen_number_is_told_as_what_it_is(
    text: str, code: str, says: str
) -> None:
    (found,) = check(row(公民身份号码=text))
    assert codes(found) == {code}
    assert says in found.problems[0].message


def test_the_permit_of_a_resident_from_hong_kong_is_no_citizen_number() -> None:
    number = "81000019980101001"
    (found,) = check(row(公民身份号码=number + check_digit(number), 性别=""))
    assert [(p.code, p.level) for p in found.problems] == [("unknown_region", Level.ERROR)]
    assert "居住证" in found.problems[0].message
    assert found.lane is Lane.REFUSED


def test_a_name_set_wide_is_the_name() -> None:
    for text in ("试　样", "试 样", "试\u3000 样"):
        (found,) = check(row(姓名=text))
        assert (found.problems, found.answers["applicant.name"]) == ((), "试样")
    (found,) = check(row(姓名="买买提 吐尔逊"))
    assert [(p.level, p.suggestion) for p in found.problems] == [(Level.ALERT, "买买提·吐尔逊")]


@pytest.mark.parametrize("text", ["试?样", "试？", "试□样", "试*", "■样", "试\ufffd样"])
def test_a_character_lost_on_the_way_is_not_printed(text: str) -> None:
    (found,) = check(row(姓名=text))
    assert [(p.column, p.code) for p in found.problems] == [("姓名", "unprintable_character")]
    assert found.lane is Lane.REFUSED


def test_marks_among_other_letters_are_left_alone() -> None:
    (found,) = check(row(姓名="{{7*7}}?试"))
    assert found.problems == ()


@pytest.mark.parametrize(
    ("changes", "column", "suggestion"),
    [({"备注": "甲\n乙"}, "备注", "甲 乙"), ({"姓名": "试\u200b样"}, "姓名", "试样"),
     ({"原户籍地址": "沈阳市\r\n和平区"}, "原户籍地址", "沈阳市 和平区")],
)
def test_what_nobody_sees_can_be_taken_out_with_a_key(
    changes: dict[str, Any], column: str, suggestion: str
) -> None:
    (found,) = check(row(**changes))
    assert [(p.column, p.suggestion) for p in found.problems] == [(column, suggestion)]
    fixed: dict[str, Any] = {column: suggestion}
    (after,) = check(row(**fixed))
    assert after.problems == ()


def test_a_column_that_is_looked_up_may_hold_any_sign() -> None:
    (found,) = check(row(自愿落户="✔", 公民身份号码=f"\ufeff{NUMBER}\u200b"))
    assert (found.problems, found.lane) == ((), Lane.READY)


def test_a_student_number_of_another_student_is_asked_about() -> None:
    first, second, again = check(row(1, 2), row(2, 3, 学号=student(1)["学号"]), row(1, 4))
    assert first.problems == ()
    assert [(p.column, p.code, p.level) for p in second.problems] == [
        ("学号", "duplicate_in_file", Level.ALERT)
    ]
    assert (second.lane, second.good) == (Lane.ASK, True)
    assert [p.column for p in again.problems] == ["公民身份号码"]


def test_a_number_twice_under_two_names_says_so() -> None:
    _, again = check(row(1, 2), row(1, 3, 姓名="试别样"))
    assert "姓名不同" in again.problems[0].message


@given(st.permutations([
    row(1, 2), row(2, 3, 学号=student(1)["学号"]), row(1, 4),
    row(3, 5, 考生号=student(2)["考生号"]), row(4, 6, 公民身份号码=""),
    row(5, 7, 学号="", 考生号=""),
]), st.integers(0, 5), st.sampled_from([
    {"公民身份号码": NUMBER}, {"学号": student(1)["学号"]}, {"考生号": student(2)["考生号"]},
    {"公民身份号码": ""}, {"学号": ""},
]))
def test_rechecking_any_row_is_the_same_as_checking_all(
    rows: list[RosterRow], place: int, changes: dict[str, Any]
) -> None:
    changed = replace(rows[place], cells={
        **rows[place].cells, **{IDS[label]: f"{value}" for label, value in changes.items()}
    })
    changed = replace(changed, cells={key: text for key, text in changed.cells.items() if text})
    after = [changed if old is rows[place] else old for old in rows]
    assert recheck(check(*rows), changed, CONTEXT) == check(*after)
