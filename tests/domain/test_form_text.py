"""Templates, transforms and the characters no paper can show."""

from __future__ import annotations

import unicodedata
from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.domain.form_text import (
    TRANSFORMS,
    Slot,
    capital_count,
    date_dotted,
    date_plain,
    date_words,
    masked_id,
    moment_words,
    numbered,
    parse_template,
    plain_text,
    semicolon_list,
    spaced,
    tick,
    unfit_character,
    yes_no,
)


def test_template_is_words_and_slots() -> None:
    assert parse_template("于{case.due|date_plain}前，{station.phone?}") == (
        "于",
        Slot("case.due", "date_plain"),
        "前，",
        Slot("station.phone", optional=True),
    )


@pytest.mark.parametrize("text", ["{a.b", "a}", "{a{b}}", "{}}"])
def test_template_with_loose_brace_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="花括号"):
        parse_template(text)


@given(st.dates(min_value=date(1850, 1, 1), max_value=date(2200, 1, 1)))
def test_every_day_is_written_in_full(day: date) -> None:
    assert date_words(day.isoformat()) == f"{day.year:04}年{day.month:02}月{day.day:02}日"
    assert date_plain(day.isoformat()) == f"{day.year:04}年{day.month}月{day.day}日"
    assert date_dotted(plain_text(day)) == f"{day.year:04}.{day.month:02}.{day.day:02}"


@pytest.mark.parametrize("text", ["2017-02-30", "2017-13-01", "2017年6月1日", "昨天", ""])
def test_what_is_no_day_is_refused_in_chinese(text: str) -> None:
    with pytest.raises(ValueError, match="日期"):
        date_words(text)


@pytest.mark.parametrize(
    "text",
    ["2017-06-01 10:23", "2017-06-01T10:23:00", "2017-06-01T10:23:05.120000+08:00"],
)
def test_moment(text: str) -> None:
    assert moment_words(text) == "2017年06月01日10时23分"


def test_moment_outside_the_day_is_refused() -> None:
    with pytest.raises(ValueError, match="时间"):
        moment_words("2017-06-01 25:00")


def test_small_transforms() -> None:
    assert [yes_no("true"), yes_no("否"), tick("true"), tick("false")] == ["是", "否", "√", ""]
    assert masked_id("210281197803150011") == "210281********0011"
    assert spaced("陈示例") == "陈\u3000示\u3000例"
    assert [capital_count(n) for n in ("0", "4", "10")] == ["零", "肆", "拾"]
    assert semicolon_list("甲。\n乙；\n丙") == "甲；乙；丙"
    assert numbered("甲\n乙") == "1. 甲\n2. 乙"
    assert numbered("甲") == "甲"


@pytest.mark.parametrize(
    ("transform", "text"),
    [
        ("yes_no", "也许"),
        ("capital_count", "十"),
        ("capital_count", "11"),
        ("date_year", "x"),
    ],
)
def test_transform_refuses_what_it_cannot_write(transform: str, text: str) -> None:
    with pytest.raises(ValueError):
        TRANSFORMS[transform](text)


def test_plain_text_of_a_records_values() -> None:
    assert plain_text(None) == ""
    assert plain_text(True) == "true"
    assert plain_text(3) == "3"
    assert plain_text(["甲", "乙"]) == "甲\n乙"
    assert plain_text(datetime(2017, 6, 1, 10, 23)) == "2017-06-01 10:23"


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("王\u202e五", (2, "U+202E")),
        ("\x00", (1, "U+0000")),
        ("王五\u200b", (3, "U+200B")),
        ("\ue000", (1, "U+E000")),
        ("a\nb", (2, "U+000A")),
        ("\ud842", (1, "U+D842")),
    ],
)
def test_unseen_characters_are_found(text: str, place: tuple[int, str]) -> None:
    assert unfit_character(text) == place


@pytest.mark.parametrize("text", ["陈示例", "𠮷", "阿卜杜拉·买买提", "王\u3000五", "<b>王</b>", ""])
def test_visible_characters_pass(text: str) -> None:
    assert unfit_character(text) is None


@given(st.text())
def test_what_passes_holds_nothing_unseen(text: str) -> None:
    unseen = {"Cc", "Cf", "Cs", "Co", "Zl", "Zp"}
    expected = any(unicodedata.category(char) in unseen for char in text)
    assert (unfit_character(text) is not None) is expected
